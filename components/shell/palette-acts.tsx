"use client";

import { useEffect, useSyncExternalStore } from "react";
import type { FormAction } from "@/components/ui/form-state";

export interface PaletteAct {
  id: string;
  label: string;
  /** Where it is done; or else what is sent. */
  href?: string;
  send?: { action: FormAction; fields?: Readonly<Record<string, string>> };
}

interface AtHand {
  /** What the acts are about: "V-2026-000123". */
  heading: string;
  acts: readonly PaletteAct[];
}

let atHand: AtHand | null = null;
const watchers = new Set<() => void>();

function put(next: AtHand | null): void {
  atHand = next;
  for (const look of watchers) look();
}

/** Lays what this page can do into the command palette, as long as the page is open. Draws nothing. */
export function PaletteActs({ heading, acts }: AtHand) {
  useEffect(() => {
    put({ heading, acts });
    return () => put(null);
  }, [heading, acts]);
  return null;
}

function watch(look: () => void): () => void {
  watchers.add(look);
  return () => watchers.delete(look);
}

/** What the page at hand has laid into the palette; null when nothing. */
export function usePaletteActs(): AtHand | null {
  return useSyncExternalStore(
    watch,
    () => atHand,
    () => null,
  );
}
