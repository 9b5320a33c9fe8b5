import type { ReactNode } from "react";
import { ValveMark } from "@/components/ui/valve-mark";

export interface PathStep {
  key: string;
  title: ReactNode;
  body: ReactNode;
  clock?: ReactNode;
  picture?: ReactNode;
}

/** The way as a line on which the valve opens step by step. */
export function ValvePath({ steps }: { steps: readonly PathStep[] }) {
  return (
    <ol>
      {steps.map((step, index) => (
        <li
          key={step.key}
          className="relative flex gap-4 pb-gap-l before:absolute before:start-[1.4375rem] before:top-14 before:bottom-2 before:w-px before:bg-line last:pb-0 last:before:hidden md:gap-6"
        >
          <span className="flex-none text-primary">
            <ValveMark size={46} opening={steps.length === 1 ? 1 : index / (steps.length - 1)} />
          </span>
          <div className="grid min-w-0 flex-1 gap-x-gap-l gap-y-gap pt-1.5 sm:grid-cols-[minmax(0,42rem)_9rem]">
            <div className="min-w-0 max-w-prose space-y-2">
              <h3 className="text-lg">
                <span className="text-ink-soft">{index + 1}. </span>
                {step.title}
              </h3>
              <div className="prose">{step.body}</div>
              {step.clock}
            </div>
            {step.picture === undefined ? null : (
              <div className="order-first w-36 sm:order-none">{step.picture}</div>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
