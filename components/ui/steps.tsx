import type { ReactNode } from "react";

export interface Step {
  key: string;
  title: ReactNode;
  state: "done" | "now" | "later";
  /** The word for the state, for those who do not see the dot: "done", "now", "later". */
  stateLabel: string;
  /** Who acts next and by when: "Your coordinator, by 4 May, 10:00 CEST". */
  who?: ReactNode;
  children?: ReactNode;
}

const DOTS: Readonly<Record<Step["state"], string>> = {
  done: "border-primary bg-primary forced-color-adjust-none",
  now: "border-primary bg-card ring-4 ring-primary-tint",
  later: "border-edge bg-card",
};

/** The case path: stages down a line, with who acts next and by when. */
export function Steps({ label, steps }: { label: string; steps: readonly Step[] }) {
  return (
    <ol aria-label={label}>
      {steps.map((step) => (
        <li
          key={step.key}
          aria-current={step.state === "now" ? "step" : undefined}
          className="relative flex gap-4 pb-gap-m before:absolute before:start-[0.5625rem] before:top-6 before:-bottom-1 before:w-px before:bg-line last:pb-0 last:before:hidden"
        >
          <span
            aria-hidden
            className={`mt-[calc((1lh-1.1875rem)/2)] size-[1.1875rem] flex-none rounded-full border-2 ${DOTS[step.state]}`}
          />
          <div className="min-w-0 space-y-1">
            <p className={step.state === "later" ? "text-ink-soft" : "font-semibold"}>
              {step.title} <span className="sr-only">({step.stateLabel})</span>
            </p>
            {step.who === undefined ? null : <p className="text-sm text-ink-soft">{step.who}</p>}
            {step.children}
          </div>
        </li>
      ))}
    </ol>
  );
}
