"use client";

import { OwnTitle } from "@/components/shell/own-title";
import type { ProblemWords } from "@/components/shell/state-words";
import { buttonClass } from "@/components/ui/button-look";
import { StatePage } from "@/components/ui/state-page";

interface ProblemViewProps {
  told: ProblemWords;
  error: unknown;
  retry: () => void;
}

export function ProblemView({ told, error, retry }: ProblemViewProps) {
  const { words, reference } = told;
  const digest = digestOf(error);
  return (
    <>
      <OwnTitle title={`${words.title} · Valvia`} />
      <StatePage
        kind="error"
        live
        words={words}
        acts={
          <button type="button" className={buttonClass("primary")} onClick={retry}>
            {told.retry}
          </button>
        }
        note={
          digest === undefined ? undefined : (
            <>
              {reference}: <bdi>{digest}</bdi>
            </>
          )
        }
      />
    </>
  );
}

function digestOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("digest" in error)) return undefined;
  return typeof error.digest === "string" ? error.digest : undefined;
}
