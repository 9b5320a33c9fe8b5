"use client";

import { useSyncExternalStore } from "react";
import { buttonClass } from "@/components/ui/button-look";
import { ValveMark } from "@/components/ui/valve-mark";

interface ProblemProps {
  /** The number under which the server logged it. */
  digest?: string;
  retry: () => void;
}

const NO_WORDS: DOMStringMap = {};
const never = () => () => {};
const wordsOfBody = (): DOMStringMap => document.body.dataset;
const noWords = (): DOMStringMap => NO_WORDS;

/** An unexpected failure. Its words wait on `<body>`, so that no page carries a catalogue for a rare case. */
export function Problem({ digest, retry }: ProblemProps) {
  const words = useSyncExternalStore(never, wordsOfBody, noWords);
  return (
    <div role="alert" className="flex flex-col items-center gap-gap px-4 py-gap-xl text-center">
      <span className="text-danger">
        <ValveMark size={72} />
      </span>
      <h1 className="text-xl">{words.problemTitle}</h1>
      <p className="max-w-prose text-ink-soft">{words.problemBody}</p>
      <button type="button" className={buttonClass("primary")} onClick={retry}>
        {words.problemRetry}
      </button>
      {digest === undefined ? null : (
        <p className="text-sm text-ink-soft">
          {words.problemReference}: <bdi>{digest}</bdi>
        </p>
      )}
    </div>
  );
}
