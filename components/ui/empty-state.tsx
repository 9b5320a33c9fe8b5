import type { ReactNode } from "react";
import { ValveMark } from "@/components/ui/valve-mark";

interface EmptyStateProps {
  title: ReactNode;
  /** Why nothing is here and what to do. */
  children?: ReactNode;
  act?: ReactNode;
  opening?: number;
}

export function EmptyState({ title, children, act, opening = 0.45 }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-gap px-4 py-gap-xl text-center">
      <span className="text-primary">
        <ValveMark size={96} opening={opening} />
      </span>
      <p className="text-lg font-semibold">{title}</p>
      {children === undefined ? null : <div className="max-w-prose text-ink-soft">{children}</div>}
      {act}
    </div>
  );
}
