"use client";

import { useEffect, useId, useReducer } from "react";
import { imageAt, imagesIn, type Stack } from "@/lib/records/stack";
import { type Fetched, keyOf } from "./frame-store";
import { type FrameStore, openFrameStore } from "./frame-store";
import { comingFrames } from "./view-geometry";

const AT_ONCE = 4;
/** How far ahead and back one looks in a stack that is gone through by hand. */
const AHEAD = 10;
const BACK = 3;
const MEGABYTE = 1024 ** 2;

let store: FrameStore | null = null;
const wantedByPane = new Map<string, Set<string>>();

/** One for all pages of this tab: going to the next series keeps what is decoded. */
export function frameStore(): FrameStore {
  const memory = "deviceMemory" in navigator ? Number(navigator.deviceMemory) : 4;
  const lanes = (navigator.hardwareConcurrency || 2) > 3 ? 2 : 1;
  const bytesMax = (memory >= 8 ? 512 : memory >= 4 ? 288 : 128) * MEGABYTE;
  store ??= openFrameStore(
    () => new Worker(new URL("./file-worker.ts", import.meta.url), { type: "module" }),
    lanes,
    bytesMax,
  );
  return store;
}

export interface StackFrames {
  /** The frame looked at; null while it is on its way. */
  now: Fetched | null;
  /** Whether an image of the stack (from 0) is here. */
  isHere: (index: number) => boolean;
  again: () => void;
}

/** Brings the image of a stack one looks at, and then those one will look at next. `index` counts from 0. */
export function useFrames(stack: Stack, index: number, playMs: number | null): StackFrames {
  const pane = useId();
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const isReady = typeof navigator !== "undefined" && stack.kind === "frames";
  const now = isReady ? peekAt(stack, index) : null;
  const wanted = isReady ? (now ? wantedNext(stack, index, playMs) : [index]) : [];
  const list = wanted.join(",");

  useEffect(() => {
    if (list === "") return;
    let isOver = false;
    const wantedNow = list.split(",").map(Number);
    wantedByPane.set(pane, new Set([index, ...wantedNow].flatMap((one) => keyAt(stack, one))));
    frameStore().dropAllBut(new Set([...wantedByPane.values()].flatMap((keys) => [...keys])));
    for (const one of wantedNow) {
      void fetchAt(stack, one).then(() => {
        if (!isOver) redraw();
      });
    }
    return () => {
      isOver = true;
    };
  }, [stack, index, list, pane]);

  useEffect(
    () => () => {
      wantedByPane.delete(pane);
    },
    [pane],
  );

  const again = () => {
    frameStore().retry();
    redraw();
  };
  return { now, isHere: (one) => isReady && (peekAt(stack, one)?.ok ?? false), again };
}

function peekAt(stack: Stack, index: number): Fetched | null {
  const found = imageAt(stack, index);
  return found && frameStore().peek(found.file, found.at);
}

function keyAt(stack: Stack, index: number): string[] {
  const found = imageAt(stack, index);
  return found ? [keyOf(found.file, found.at)] : [];
}

async function fetchAt(stack: Stack, index: number): Promise<void> {
  const found = imageAt(stack, index);
  if (found) await frameStore().frame(found.file, found.at);
}

/** A film is fetched as its clock runs, and to its end while it stands; a stack of slices around where one is. */
function wantedNext(stack: Stack, index: number, playMs: number | null): number[] {
  const all = imagesIn(stack);
  const missing = (list: number[]) => list.filter((one) => peekAt(stack, one) === null).slice(0, AT_ONCE);
  if (playMs !== null) {
    const soon = missing(comingFrames(index, all, { ...frameStore().pace(), frameMs: playMs }, AT_ONCE * 2));
    if (soon.length > 0) return soon;
  }
  const reach = stack.frameMs === null ? Math.min(all - 1, AHEAD) : all - 1;
  const ahead = Array.from({ length: reach }, (_, one) => (index + 1 + one) % all);
  const back = Array.from({ length: Math.min(BACK, all - 1) }, (_, one) => (index + all - 1 - one) % all);
  return missing(stack.frameMs === null ? [...ahead, ...back] : ahead);
}
