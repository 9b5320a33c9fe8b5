import type { ReactNode } from "react";

/** A sign of thin lines on a ground of 16 by 16; what it means stands in words beside it. */
export function LineSign({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 16 16"
      width="16"
      height="16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      aria-hidden
      className={className}
    >
      {children}
    </svg>
  );
}
