"use client";

import { useEffect } from "react";
import { type Control, firstValueOf, isBox, isEarly, wake } from "@/components/ui/early-values";

/**
 * What somebody typed, ticked or chose while the scripts of the page were still on their way was heard by none of them:
 * it is told once more. Stands last in the document, so that everybody listens by then.
 */
export function EarlyTyping() {
  useEffect(() => {
    wake();
    if (!isFresh()) return;
    for (const one of document.querySelectorAll<Control>("input, textarea, select"))
      if (isEarly(one)) tell(one);
  }, []);
  return null;
}

/** Into a page that is loaded again or come back to the browser itself may have put old words: nobody typed those now. */
function isFresh(): boolean {
  const [way] = performance.getEntriesByType("navigation");
  return way instanceof PerformanceNavigationTiming && way.type === "navigate";
}

function tell(one: Control): void {
  if (isBox(one)) {
    // A radio button that gave way to another one is told by the other one.
    if (one.type === "radio" && !one.checked) return;
    one.checked = !one.checked;
    one.click();
    return;
  }
  // Where somebody is still typing nothing is touched: the next key tells the rest.
  if (one !== document.activeElement) writeAnew(one);
  one.dispatchEvent(new Event("input", { bubbles: true }));
  one.dispatchEvent(new Event("change", { bubbles: true }));
}

/** As a key writes it, past React, which takes for news only what differs from what it last saw. */
function writeAnew(one: Control): void {
  if (one instanceof HTMLSelectElement || one.type === "file") return;
  const typed = one.value;
  one.value = firstValueOf(one);
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(one), "value")?.set?.call(one, typed);
}
