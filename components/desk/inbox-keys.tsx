"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useKeys } from "@/components/ui/keys";

/** Keys of the inbox: walk the threads, open the next one that waits, write, and send. `next` is its address. */
export function InboxKeys({ next }: { next: string | null }) {
  const router = useRouter();
  const walk = (by: number) => {
    const links = [...document.querySelectorAll<HTMLElement>("[data-thread] a")].filter((link) =>
      link.checkVisibility(),
    );
    const at = links.findIndex((link) => link === document.activeElement);
    // From an open thread that rests already the walk begins on top again: there somebody waits.
    const from = at >= 0 ? at : links.findIndex((link) => link.matches("[data-waiting] [aria-current]"));
    links[Math.min(links.length - 1, Math.max(0, from + by))]?.focus();
  };
  useKeys({
    j: () => walk(1),
    k: () => walk(-1),
    ArrowDown: () => walk(1),
    ArrowUp: () => walk(-1),
    n: () => {
      if (next !== null) router.push(next);
    },
    r: () => document.querySelector<HTMLElement>("[data-answer] textarea")?.focus(),
  });
  useEffect(() => {
    const send = (event: KeyboardEvent) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      const form = event.target instanceof HTMLTextAreaElement ? event.target.form : null;
      if (form?.closest("[data-answer]")) form.requestSubmit();
    };
    document.addEventListener("keydown", send);
    return () => document.removeEventListener("keydown", send);
  }, []);
  return null;
}
