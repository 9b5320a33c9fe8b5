"use client";

import type { KeyboardEvent, ReactNode } from "react";

const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => Math.min(last, at + 1),
  ArrowUp: (at) => Math.max(0, at - 1),
  Home: () => 0,
  End: (_at, last) => last,
};

/** Arrow keys go from row to row once one of them has the focus; Enter opens it like every link. */
export function RowKeys({ label, children }: { label: string; children: ReactNode }) {
  const go = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = STEPS[event.key];
    const links = [...event.currentTarget.querySelectorAll<HTMLAnchorElement>('[role="rowheader"] a')];
    const at = links.findIndex((link) => link === document.activeElement);
    if (step === undefined || at < 0) return;
    event.preventDefault();
    links[step(at, links.length - 1)]?.focus();
  };
  return (
    <div role="group" aria-label={label}>
      <div role="presentation" onKeyDown={go}>
        {children}
      </div>
    </div>
  );
}
