"use client";

import { useCallback, useEffect, useRef, useState } from "react";

/** How many pages ahead are fetched. */
const AHEAD = 3;

export interface PagePictures {
  /** Address of a page that is here, by its number from 1. */
  here: ReadonlyMap<number, string>;
  failed: ReadonlySet<number>;
  /** Asks for what did not come once more. */
  again: () => void;
}

/**
 * Fetches pages one after the other, the one looked at first, and keeps them in the page's memory: each is drawn on the
 * server for this reader and no cache may hold it.
 */
export function usePagePictures(sources: readonly string[], page: number): PagePictures {
  const [here, setHere] = useState<ReadonlyMap<number, string>>(new Map());
  const [failed, setFailed] = useState<ReadonlySet<number>>(new Set());
  const made = useRef<string[]>([]);
  const wanted = nextWanted(sources.length, page, here, failed);
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

  const again = useCallback(() => setFailed(new Set()), []);
  return { here, failed, again };
}

/** The next page to fetch, or null when all that may be needed soon is here. */
export function nextWanted(
  pages: number,
  page: number,
  here: ReadonlyMap<number, unknown>,
  failed: ReadonlySet<number>,
): number | null {
  for (let ahead = 0; ahead < Math.min(pages, AHEAD); ahead += 1) {
    const one = ((page - 1 + ahead) % pages) + 1;
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
