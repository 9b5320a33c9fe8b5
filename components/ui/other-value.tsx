"use client";

import { useEffect, useSyncExternalStore } from "react";

interface OtherValueProps {
  /** The control's id. */
  id: string;
  /** What somebody else saved meanwhile; with the words of a button where this person typed something else. */
  other: { value: string; take?: string };
}

const never = () => () => {};

/** Puts what a colleague saved into a field nobody typed in, and offers it where somebody did. */
export function OtherValue({ id, other }: OtherValueProps) {
  const isScripted = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  useEffect(() => {
    if (other.take === undefined) put(id, other.value);
  }, [id, other]);
  if (other.take === undefined || !isScripted) return null;
  return (
    <button
      type="button"
      aria-describedby={`${id}-error`}
      className="link min-h-6"
      onClick={() => put(id, other.value)?.focus()}
    >
      {other.take}
    </button>
  );
}

function put(id: string, value: string): HTMLElement | null {
  const control = document.getElementById(id);
  if (control === null || !("value" in control)) return null;
  control.value = value;
  control.dispatchEvent(new Event("input", { bubbles: true }));
  return control;
}
