"use client";

import { type RefObject, useEffect, useEffectEvent } from "react";

/**
 * The room is what its page is for: its keys work wherever the focus is, but never take a letter from a field, the
 * space bar from a button, or the ends of the page from somebody who reads on.
 */
export function useRoomKeys(
  room: RefObject<HTMLElement | null>,
  press: (event: KeyboardEvent, isInside: boolean) => void,
) {
  const onPress = useEffectEvent(press);
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const at = event.target instanceof Element ? event.target : null;
      const isInside = at !== null && room.current?.contains(at) === true;
      const isField = at?.matches("input, select, textarea, [contenteditable]");
      if (isField && !(isInside && /^[a-z+=?-]$/i.test(event.key))) return;
      if (event.key === " " && at?.matches("button, a, summary")) return;
      if ((event.key === "Home" || event.key === "End" || event.key === "Backspace") && !isInside) return;
      onPress(event, isInside);
    };
    window.addEventListener("keydown", hear);
    return () => window.removeEventListener("keydown", hear);
  }, [room]);
}
