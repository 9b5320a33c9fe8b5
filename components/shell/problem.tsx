"use client";

import { lazy, Suspense, useSyncExternalStore } from "react";
import type { ProblemWords } from "@/components/shell/state-words";

interface ProblemProps {
  /** `digest` is the number under which the server logged it. */
  error: unknown;
  retry: () => void;
}

const never = () => () => {};
const waiting = (): string | undefined => document.body.dataset.problem;
const nothing = (): undefined => undefined;

// Every page carries this file and hardly any shows it. Where the rest cannot be fetched, the page that needs nothing stands in.
const ProblemView = lazy(async () => {
  const { ProblemView: view } = await import("@/components/shell/problem-view");
  return { default: view };
});

/** An unexpected failure inside a page, in the frame that still stands. */
export function Problem({ error, retry }: ProblemProps) {
  const text = useSyncExternalStore(never, waiting, nothing);
  if (text === undefined) return null;
  // Written by our own document; a surprise in it is one for the page that needs no words of it.
  const told = JSON.parse(text) as ProblemWords;
  return (
    <Suspense fallback={null}>
      <ProblemView told={told} error={error} retry={retry} />
    </Suspense>
  );
}
