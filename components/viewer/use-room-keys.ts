"use client";

import { type RefObject, useEffect, useEffectEvent } from "react";
import { areKeysOn, keyOf } from "@/components/ui/keys";

export interface PressedKey {
  /** As the cap says it in Latin letters, small. */
  key: string;
  shiftKey: boolean;
  /** Keeps the key from the page. */
  take: () => void;
}

/**
 * The room is what its page is for: its keys work wherever the focus is, but never take a letter from a field, the
 * space bar from a button, or the ends of the page from somebody who reads on. Single letters can be switched off.
 */
export function useRoomKeys(
  room: RefObject<HTMLElement | null>,
  press: (pressed: PressedKey, isInside: boolean) => void,
) {
  const onPress = useEffectEvent(press);
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const at = event.target instanceof Element ? event.target : null;
      const isInside = at !== null && room.current?.contains(at) === true;
      const cap = keyOf(event);
      const key = cap.length === 1 ? cap.toLowerCase() : cap;
      if (/^[a-z]$/.test(key) && !isInside && !areKeysOn()) return;
      if (isOthers(at, key, isInside)) return;
      onPress({ key, shiftKey: event.shiftKey, take: () => event.preventDefault() }, isInside);
    };
    window.addEventListener("keydown", hear);
    return () => window.removeEventListener("keydown", hear);
  }, [room]);
}

/** Whether a key belongs to what has the focus, or to the page. */
function isOthers(at: Element | null, key: string, isInside: boolean): boolean {
  const isField = at?.matches("input, select, textarea, [contenteditable]") ?? false;
  const isChoice = at?.matches("select") ?? false;
  if (isField && (isChoice || !isInside || !/^[a-z+=-]$/.test(key))) return true;
  if (key === " " && at?.matches("button, a, summary, [role=button]")) return true;
  return ["Home", "End", "Backspace"].includes(key) && !isInside;
}
