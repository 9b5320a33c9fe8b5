import { Children, type ReactNode } from "react";

interface JourneyGroupProps {
  title: string;
  /** Said where there is no such part. */
  none: string;
  children: ReactNode;
}

/** Parts of one kind beside each other, one below the other on a phone. */
export function JourneyGroup({ title, none, children }: JourneyGroupProps) {
  return (
    <section className="space-y-gap">
      <h3 className="text-sm text-ink-soft">{title}</h3>
      {Children.count(children) === 0 ? (
        <p className="text-ink-soft">{none}</p>
      ) : (
        <div className="grid items-start gap-gap-m xl:grid-cols-2">{children}</div>
      )}
    </section>
  );
}
