"use client";

import { useEffect, useState } from "react";

export interface PaletteEntry {
  id: string;
  label: string;
  hint?: string;
  href: string;
}

const PAUSE_MS = 150;

interface Found {
  words: string;
  items: readonly PaletteEntry[];
  isLost: boolean;
}

const NOTHING: Found = { words: "", items: [], isLost: false };

/**
 * Asks the address for what these words mean, once the typing pauses; an answer that comes late is thrown away.
 * Without an address nothing is asked. `isLost` when no answer came.
 */
export function usePaletteSearch(address: string | undefined, words: string, isOpen: boolean): Found {
  const [found, setFound] = useState<Found>(NOTHING);
  useEffect(() => {
    if (address === undefined || !isOpen) return;
    const asking = new AbortController();
    const timer = setTimeout(
      () => {
        void ask(address, words, asking.signal).then((items) => {
          if (!asking.signal.aborted) setFound({ words, items: items ?? [], isLost: items === null });
        });
      },
      words === "" ? 0 : PAUSE_MS,
    );
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [address, words, isOpen]);
  return found;
}

async function ask(address: string, words: string, signal: AbortSignal): Promise<PaletteEntry[] | null> {
  const query = words === "" ? "" : `?${new URLSearchParams({ q: words })}`;
  try {
    const answer = await fetch(`${address}${query}`, { cache: "no-store", signal });
    const told: unknown = answer.ok ? await answer.json() : null;
    return itemsOf(told);
  } catch {
    // fetch rejects when no answer came, or when newer words took its place; the first is shown, the second ignored.
    return null;
  }
}

function itemsOf(told: unknown): PaletteEntry[] | null {
  if (typeof told !== "object" || told === null || !("items" in told) || !Array.isArray(told.items))
    return null;
  return told.items.filter(isEntry);
}

function isEntry(one: unknown): one is PaletteEntry {
  return (
    typeof one === "object" &&
    one !== null &&
    ["id", "label", "href"].every((name) => typeof (one as Record<string, unknown>)[name] === "string")
  );
}

/** Small letters without accents and vowel signs, so that "cafe" finds "Café" and Arabic words are found either way. */
export function plainWords(text: string): string {
  return text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
}

/** Whether every word that was typed stands somewhere in the text. */
export function holdsWords(text: string, words: string): boolean {
  const plain = plainWords(text);
  return plainWords(words)
    .split(/\s+/)
    .every((word) => plain.includes(word));
}
