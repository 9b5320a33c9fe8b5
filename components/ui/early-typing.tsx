"use client";

import { useEffect } from "react";
import { type Early, earlyOf, isFresh, restore, wake } from "@/components/ui/early-values";

/**
 * What somebody typed, ticked or chose while the scripts of the page were still on their way was heard by none of them:
 * it is told once more. Stands last in the document, so that everybody listens by then.
 */
export function EarlyTyping() {
  useEffect(() => {
    wake();
    void tellAll(isFresh() ? earlyOf(document) : []);
  }, []);
  return null;
}

/** Each in a turn of its own, as hands would: who hears the second one knows the first. Then the page says that it is awake. */
async function tellAll(found: readonly Early[]): Promise<void> {
  const heard = new Set<EventTarget | null>();
  const hear = (event: Event) => event.isTrusted && heard.add(event.target);
  document.addEventListener("input", hear, true);
  for (const early of found) {
    await new Promise((resolve) => setTimeout(resolve));
    if (early.one.isConnected && !heard.has(early.one)) tell(early);
  }
  document.removeEventListener("input", hear, true);
  document.documentElement.dataset.awake = "";
}

function tell(early: Early): void {
  if (early.kind === "box") {
    early.one.checked = !early.isTicked;
    early.one.click();
    return;
  }
  restore(early);
  early.one.dispatchEvent(new Event("input", { bubbles: true }));
  early.one.dispatchEvent(new Event("change", { bubbles: true }));
}
