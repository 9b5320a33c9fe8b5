"use client";

import { useEffect, useRef } from "react";
import { type CapacityCellView, CapacityRow, type CapacityWords } from "@/components/cabinet/capacity-row";
import type { FormAction } from "@/components/ui/form-state";

export interface CapacityWeekView {
  /** The Monday. */
  id: string;
  title: string;
  /** The seven days: "Mon", "23". */
  days: readonly { name: string; brief: string; number: string }[];
  rows: readonly { treatment: string; name: string; cells: readonly CapacityCellView[] }[];
}

interface CapacityGridProps {
  weeks: readonly CapacityWeekView[];
  treatmentLabel: string;
  words: CapacityWords;
  action: FormAction;
}

/** Weeks one below the other, treatments down, days across. The arrow keys go from number to number, across weeks too. */
export function CapacityGrid({ weeks, treatmentLabel, words, action }: CapacityGridProps) {
  const rows = weeks[0]?.rows.length ?? 0;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const own = box.current;
    own?.addEventListener("keydown", moveByArrow);
    return () => own?.removeEventListener("keydown", moveByArrow);
  }, []);
  return (
    <div ref={box} className="space-y-gap-xl">
      {weeks.map((week, index) => (
        <section key={week.id} aria-labelledby={`week-${week.id}`}>
          <h2 id={`week-${week.id}`} className="mb-2 text-md">
            {week.title}
          </h2>
          <table
            role="table"
            aria-labelledby={`week-${week.id}`}
            className="w-full table-fixed border-collapse max-sm:block"
          >
            <thead role="rowgroup" className="max-sm:block">
              <tr role="row" className="border-b border-edge max-sm:grid max-sm:grid-cols-7 max-sm:gap-1">
                <th
                  role="columnheader"
                  scope="col"
                  className="w-44 pb-1 text-start text-sm font-semibold text-ink-soft max-sm:sr-only lg:w-64"
                >
                  {treatmentLabel}
                </th>
                {week.days.map(({ name, brief, number }) => (
                  <th
                    role="columnheader"
                    scope="col"
                    key={name}
                    className="pb-1 text-center text-sm font-semibold text-ink-soft"
                  >
                    <span className="max-sm:sr-only">{name}</span>
                    <span aria-hidden className="block sm:hidden">
                      {brief}
                    </span>{" "}
                    {number}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody role="rowgroup" className="max-sm:block">
              {week.rows.map((row, line) => (
                <CapacityRow
                  key={row.treatment}
                  name={row.name}
                  cells={row.cells}
                  place={index * rows + line}
                  action={action}
                  words={words}
                />
              ))}
            </tbody>
          </table>
        </section>
      ))}
    </div>
  );
}

const STEPS: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  Enter: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** To the next number in the direction of the key that can be typed into; to the left is onward where lines run so. */
function moveByArrow(event: KeyboardEvent): void {
  const step = STEPS[event.key];
  const { target, currentTarget: grid } = event;
  if (step === undefined || !(target instanceof HTMLInputElement) || !(grid instanceof HTMLElement)) return;
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const [row = 0, column = 0] = (target.dataset.place ?? "").split(" ").map(Number);
  const onward = getComputedStyle(grid).direction === "rtl" ? -1 : 1;
  for (let far = 1; far < 100; far += 1) {
    const place = `${row + step[0] * far} ${column + step[1] * far * onward}`;
    const next = grid.querySelector<HTMLInputElement>(`[data-place="${place}"]`);
    if (next === null) return;
    if (next.disabled) continue;
    next.focus();
    next.select();
    return;
  }
}
