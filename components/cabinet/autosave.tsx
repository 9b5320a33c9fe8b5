"use client";

import { useEffect, useRef, useState } from "react";
import type { KeepListing } from "@/components/cabinet/kept-listing";
import {
  forgetTyping,
  isNews,
  type KeptTyping,
  partOf,
  restoreTyping,
  typingKept,
} from "@/components/cabinet/kept-typing";
import { SavingBar, type SavingWords } from "@/components/cabinet/saving-bar";
import { useAutosave } from "@/components/cabinet/use-autosave";
import { Button } from "@/components/ui/button";
import type { SeenDraft } from "@/lib/clinics/listing";

export interface AutosaveWords extends SavingWords {
  found: string;
  restore: string;
  discard: string;
}

interface AutosaveProps {
  storeKey: string;
  seen: SeenDraft;
  keep: KeepListing;
  words: AutosaveWords;
}

/** Stands inside a form and saves it while somebody types. Without JavaScript the form's own button saves it. */
export function Autosave({ storeKey, seen, keep, words }: AutosaveProps) {
  const anchor = useRef<HTMLDivElement>(null);
  const form = useRef<HTMLFormElement | null>(null);
  const [found, setFound] = useState<KeptTyping | null>(null);
  const { saving, noteTyping, sendNow, takeOver, drop, hasUnsaved } = useAutosave({
    form,
    storeKey,
    seen,
    keep,
  });

  useEffect(() => {
    form.current = anchor.current?.closest("form") ?? null;
    const own = form.current;
    if (own === null) return;
    const kept = typingKept(storeKey);
    const look = requestAnimationFrame(() => setFound(kept !== null && isNews(own, kept) ? kept : null));
    const note = ({ target }: Event) => {
      if (target instanceof Element && "name" in target && typeof target.name === "string")
        noteTyping([partOf(target.name)]);
    };
    // The form's own button saves at once instead of leaving the page.
    const save = (event: Event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      sendNow();
    };
    own.addEventListener("input", note);
    own.addEventListener("submit", save, true);
    window.addEventListener("online", sendNow);
    window.addEventListener("focus", sendNow);
    return () => {
      cancelAnimationFrame(look);
      own.removeEventListener("input", note);
      own.removeEventListener("submit", save, true);
      window.removeEventListener("online", sendNow);
      window.removeEventListener("focus", sendNow);
    };
  }, [noteTyping, sendNow, storeKey]);

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (hasUnsaved()) event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [hasUnsaved]);

  const restore = (kept: KeptTyping) => {
    if (form.current === null) return;
    restoreTyping(form.current, kept);
    setFound(null);
    noteTyping(kept.parts);
  };
  const discard = () => {
    forgetTyping(storeKey);
    setFound(null);
  };

  return (
    <div ref={anchor} className="sticky bottom-0 z-10 -mx-1 border-t border-line bg-paper px-1 py-2">
      {found === null ? null : (
        <div role="status" className="mb-2 flex flex-wrap items-center gap-gap border-b border-line pb-2">
          <p className="min-w-0 flex-1 basis-64">{words.found}</p>
          <Button onClick={() => restore(found)}>{words.restore}</Button>
          <Button onClick={discard}>{words.discard}</Button>
        </div>
      )}
      <SavingBar saving={saving} words={words} sendNow={sendNow} takeOver={takeOver} showTheirs={drop} />
    </div>
  );
}
