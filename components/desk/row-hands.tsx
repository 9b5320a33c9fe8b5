"use client";

import { useEffect, useRef, useState } from "react";
import type { ReactNode } from "react";
import { useKeys } from "@/components/ui/keys";

interface RowHandsProps {
  /** Names the region: what it holds and how it is walked. */
  label: string;
  /** The bar with the acts for chosen rows; shown while some are chosen. */
  bar: ReactNode;
  children: ReactNode;
}

/** The table in a reader's hands: keys walk its rows from anywhere, choose them, and take them. Stands inside a form. */
export function RowHands({ label, bar, children }: RowHandsProps) {
  const box = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState(0);
  const count = () => setChosen(countIn(box.current));

  // A form that was answered empties its boxes without telling anybody else.
  useEffect(() => {
    const form = box.current?.closest("form");
    const recount = () => setTimeout(() => setChosen(countIn(box.current)));
    form?.addEventListener("reset", recount);
    return () => form?.removeEventListener("reset", recount);
  }, []);

  const walk = (by: number) => {
    const links = linksOf(box.current);
    const at = links.findIndex((link) => link.closest("[data-row]")?.contains(document.activeElement));
    const next = at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + by));
    links[next]?.focus();
  };
  const arrow = (by: number) => (event: KeyboardEvent) => {
    // A link or button elsewhere keeps the page's own scrolling.
    const at = document.activeElement;
    if (at === document.body || at === null || box.current?.contains(at)) walk(by);
    else window.scrollBy({ top: by * 40 });
    event.preventDefault();
  };
  const choose = () => {
    const row = document.activeElement?.closest("[data-row]");
    row?.querySelector<HTMLInputElement>('input[type="checkbox"]')?.click();
  };
  const take = () => {
    if (chosen === 0) choose();
    if (countIn(box.current) > 0)
      box.current?.querySelector<HTMLButtonElement>('button[value="take"]')?.click();
  };
  const search = () =>
    document.querySelector<HTMLInputElement>('[role="search"] input[type="search"]')?.focus();
  useKeys({
    j: () => walk(1),
    k: () => walk(-1),
    ArrowDown: arrow(1),
    ArrowUp: arrow(-1),
    x: choose,
    t: take,
    "/": search,
  });

  return (
    <div ref={box} role="group" aria-label={label} onChange={count}>
      {children}
      <div
        hidden={chosen === 0}
        className="sticky bottom-0 z-10 mt-gap rounded-md border border-edge bg-card p-2 shadow-float"
      >
        {bar}
      </div>
    </div>
  );
}

function countIn(box: HTMLElement | null): number {
  return box?.querySelectorAll('[data-row] input[type="checkbox"]:checked').length ?? 0;
}

function linksOf(box: HTMLElement | null): HTMLAnchorElement[] {
  return [...(box?.querySelectorAll<HTMLAnchorElement>('[role="rowheader"] a') ?? [])];
}
