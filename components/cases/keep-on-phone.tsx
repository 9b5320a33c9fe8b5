"use client";

import { useEffect, useState } from "react";
import { forgetPages, isKept, type KeepablePage, keepPages } from "@/components/cases/kept-pages";
import { buttonClass } from "@/components/ui/button-look";
import { Notice } from "@/components/ui/notice";

interface KeepOnPhoneProps {
  personId: string;
  /** The first one is the page this stands on. */
  pages: readonly KeepablePage[];
  words: Record<"title" | "lead" | "keep" | "again" | "kept" | "forget" | "failed", string>;
}

type State = "unknown" | "never" | "open" | "busy" | "kept" | "failed";

/** Puts the papers of a journey on this phone, to be read without a line; only when asked to, and gone at sign-out. */
export function KeepOnPhone({ personId, pages, words }: KeepOnPhoneProps) {
  const [state, setState] = useState<State>("unknown");
  const [first] = pages;
  useEffect(() => {
    // A browser that lets nobody near its store keeps nothing either.
    stateOf(personId, first).then(setState, () => setState("never"));
  }, [personId, first]);
  // Without a script, or in a browser that keeps nothing, there is nothing to offer.
  if (state === "never") return null;
  const keep = () => {
    setState("busy");
    keepPages(personId, pages, new Date()).then(
      () => setState("kept"),
      () => setState("failed"),
    );
  };
  const forget = () => void forgetPages(null).then(() => setState("open"));
  return (
    <section
      aria-label={words.title}
      // Its place is kept until it is known: what stands below would jump away from under a finger.
      className={`no-print space-y-gap rounded-md border border-line bg-card p-gap-m max-sm:px-[5vw] ${state === "unknown" ? "invisible noscript:hidden" : ""}`}
    >
      <h2 className="text-lg">{words.title}</h2>
      <p className="text-base text-ink-soft">{words.lead}</p>
      <div role="status">
        {state === "kept" ? <Notice tone="good">{words.kept}</Notice> : null}
        {state === "failed" ? <Notice tone="attention">{words.failed}</Notice> : null}
      </div>
      <div className="flex flex-wrap gap-gap max-sm:[&>.button]:w-full">
        <button
          type="button"
          aria-disabled={state === "busy" || undefined}
          onClick={state === "busy" ? undefined : keep}
          className={buttonClass(state === "kept" ? "quiet" : "primary")}
        >
          {state === "kept" ? words.again : words.keep}
        </button>
        {state === "kept" ? (
          <button type="button" onClick={forget} className={buttonClass("quiet")}>
            {words.forget}
          </button>
        ) : null}
      </div>
    </section>
  );
}

async function stateOf(personId: string, first: KeepablePage | undefined): Promise<State> {
  if (!("caches" in window) || !first) return "never";
  return (await isKept(personId, first.path)) ? "kept" : "open";
}
