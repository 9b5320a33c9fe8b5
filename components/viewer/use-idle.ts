"use client";

import { type RefObject, useCallback, useEffect, useRef, useState } from "react";

const IDLE_MS = 3_000;

/** Whether nobody has moved in the room for a while, and a way to say that somebody has. */
export function useIdle(room: RefObject<HTMLElement | null>): [boolean, () => void] {
  const [isIdle, setIdle] = useState(false);
  const timer = useRef<number>(undefined);
  const wake = useCallback(() => {
    setIdle(false);
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setIdle(true), IDLE_MS);
  }, []);
  useEffect(() => {
    const stop = new AbortController();
    room.current?.addEventListener("pointermove", wake, { signal: stop.signal });
    room.current?.addEventListener("pointerdown", wake, { signal: stop.signal });
    return () => {
      stop.abort();
      window.clearTimeout(timer.current);
    };
  }, [room, wake]);
  return [isIdle, wake];
}
