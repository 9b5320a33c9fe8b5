"use client";

import { useEffect, useEffectEvent, useState } from "react";

interface Cine {
  isPlaying: boolean;
  /** From 0. */
  index: number;
  frames: number;
  frameMs: number;
  isHere: (index: number) => boolean;
  show: (index: number) => void;
}

const LOOK_MS = 1_000;
/** Below this share of its own rate a film says how fast it really runs. */
const FALLS_BELOW = 0.9;

/**
 * Plays by the clock: a frame that has not come is left out, the film does not slow down. Gives the rate that was
 * reached, in frames a second, when it fell behind; otherwise null.
 */
export function useCine({ isPlaying, index, frames, frameMs, isHere, show }: Cine): number | null {
  const [rate, setRate] = useState<number | null>(null);
  const showLatest = useEffectEvent((want: number, shown: number) => {
    const best = latestHere(shown, want, frames, isHere);
    if (best !== null) show(best);
    return best;
  });
  const begin = useEffectEvent(() => index);

  useEffect(() => {
    if (!isPlaying || frames < 2) return;
    const from = begin();
    let [startedAt, shown, count, lookedAt, request] = [0, from, 0, 0, 0];
    const tick = (now: number) => {
      if (startedAt === 0) [startedAt, lookedAt] = [now, now];
      const want = (from + Math.floor((now - startedAt) / frameMs)) % frames;
      if (want !== shown) {
        const best = showLatest(want, shown);
        if (best !== null) [shown, count] = [best, count + 1];
      }
      if (now - lookedAt >= LOOK_MS) {
        const reached = (count * 1_000) / (now - lookedAt);
        setRate(reached < (1_000 / frameMs) * FALLS_BELOW ? reached : null);
        [count, lookedAt] = [0, now];
      }
      request = requestAnimationFrame(tick);
    };
    request = requestAnimationFrame(tick);
    return () => {
      cancelAnimationFrame(request);
      setRate(null);
    };
  }, [isPlaying, frames, frameMs]);
  return rate;
}

/** The newest image that is here, of those the clock has reached since the one shown; null when none of them is. */
export function latestHere(
  shown: number,
  want: number,
  frames: number,
  isHere: (index: number) => boolean,
): number | null {
  const passed = (want - shown + frames) % frames;
  for (let back = 0; back < passed; back += 1) {
    const one = (want - back + frames) % frames;
    if (isHere(one)) return one;
  }
  return null;
}
