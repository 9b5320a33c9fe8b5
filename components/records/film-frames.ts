"use client";

import { useCallback, useEffect, useRef, useState } from "react";

/** How many frames ahead are fetched while somebody steps; while a film plays, all of them. */
const AHEAD = 3;

export interface FilmFrames {
  /** Address of a frame that is here, by its number from 1. */
  here: ReadonlyMap<number, string>;
  failed: ReadonlySet<number>;
  /** A frame that was here could not be shown. */
  fail: (frame: number) => void;
  /** Asks for what did not come once more. */
  again: () => void;
}

/**
 * Fetches frames one after the other, the one looked at first, and keeps them in the page's memory: every frame is
 * drawn on the server for this reader and no cache may hold it.
 */
export function useFilmFrames(sources: readonly string[], frame: number, isPlaying: boolean): FilmFrames {
  // The first frame stands in the page itself, so that it shows before this code has come.
  const [here, setHere] = useState<ReadonlyMap<number, string>>(
    () => new Map([[frame, sources[frame - 1] ?? ""]]),
  );
  const [failed, setFailed] = useState<ReadonlySet<number>>(new Set());
  const made = useRef<string[]>([]);
  const wanted = nextWanted(sources.length, frame, isPlaying, here, failed);
  const source = wanted === null ? undefined : sources[wanted - 1];

  useEffect(() => {
    if (wanted === null || source === undefined) return;
    const stop = new AbortController();
    void fetchPicture(source, stop.signal).then((address) => {
      if (stop.signal.aborted) return;
      if (address === null) return setFailed((before) => new Set([...before, wanted]));
      made.current.push(address);
      setHere((before) => new Map([...before, [wanted, address]]));
    });
    return () => stop.abort();
  }, [wanted, source]);

  useEffect(() => {
    const all = made.current;
    return () => all.splice(0).forEach((address) => URL.revokeObjectURL(address));
  }, []);

  const fail = useCallback((one: number) => {
    setHere((before) => new Map([...before].filter(([kept]) => kept !== one)));
    setFailed((before) => new Set([...before, one]));
  }, []);
  const again = useCallback(() => setFailed(new Set()), []);
  return { here, failed, fail, again };
}

/** The next frame to fetch, or null when all that may be needed soon is here. */
export function nextWanted(
  frames: number,
  frame: number,
  isPlaying: boolean,
  here: ReadonlyMap<number, unknown>,
  failed: ReadonlySet<number>,
): number | null {
  const count = Math.min(frames, isPlaying ? frames : AHEAD);
  for (let ahead = 0; ahead < count; ahead += 1) {
    const one = ((frame - 1 + ahead) % frames) + 1;
    if (!here.has(one) && !failed.has(one)) return one;
  }
  return null;
}

async function fetchPicture(source: string, signal: AbortSignal): Promise<string | null> {
  try {
    const answer = await fetch(source, { signal });
    return answer.ok ? URL.createObjectURL(await answer.blob()) : null;
  } catch {
    // No connection, or no longer wanted: the room says that the picture did not come.
    return null;
  }
}
