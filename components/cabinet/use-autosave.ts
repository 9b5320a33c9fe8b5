"use client";

import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type { KeepListing, KeptListing, KeptProblem } from "@/components/cabinet/kept-listing";
import { forgetTyping, keepTyping, partOf } from "@/components/cabinet/kept-typing";
import { whatHinders } from "@/components/ui/send-guard";
import type { SeenDraft } from "@/lib/clinics/listing";

export type Saving =
  | { kind: "idle" | "typing" | "saving" | "offline" | "signed_out" }
  | { kind: "saved"; message: string; problems: readonly KeptProblem[] }
  | { kind: "refused"; message: string; problems: readonly KeptProblem[] }
  | { kind: "overtaken"; message: string; seen: SeenDraft };

const QUIET_MS = 1_200;
const AGAIN_MS = 8_000;

/** Other windows, such as a preview beside the form, hear here that the draft was saved. */
export const SAVED_CHANNEL = "valvia-listing";

interface Wish {
  form: RefObject<HTMLFormElement | null>;
  /** Where the browser keeps what has not arrived. */
  storeKey: string;
  seen: SeenDraft;
  keep: KeepListing;
}

/** Saves a form a moment after the last key, one sending after the other. What does not arrive stays and is sent again. */
export function useAutosave({ form, storeKey, seen: first, keep }: Wish) {
  const [saving, setSaving] = useState<Saving>({ kind: "idle" });
  const seen = useRef(first);
  const dirty = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isBusy = useRef(false);
  const sendLater = useRef((_ms: number): void => undefined);

  const send = useCallback(async () => {
    const parts = [...dirty.current];
    if (form.current === null || parts.length === 0 || isBusy.current) return;
    isBusy.current = true;
    setSaving({ kind: "saving" });
    const entries = new FormData(form.current);
    dirty.current.clear();
    const told = await tell(keep, seen.current, parts, entries);
    isBusy.current = false;
    const problems = "problems" in told ? told.problems : [];
    const isKept = told.kind === "saved";
    const unsaved = isKept
      ? parts.filter((part) => problems.some(({ field }) => partOf(field) === part))
      : parts;
    const isTyping = dirty.current.size > 0;
    for (const part of unsaved) dirty.current.add(part);
    if (isKept) {
      seen.current = told.seen;
      new BroadcastChannel(SAVED_CHANNEL).postMessage("saved");
    }
    if (dirty.current.size === 0) forgetTyping(storeKey);
    setSaving(told);
    if (told.kind === "offline" || told.kind === "signed_out") sendLater.current(AGAIN_MS);
    else if (isTyping && told.kind !== "overtaken") sendLater.current(QUIET_MS);
  }, [form, keep, storeKey]);

  useEffect(() => {
    sendLater.current = (ms) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void send(), ms);
    };
    return () => clearTimeout(timer.current);
  }, [send]);

  const noteTyping = useCallback(
    (parts: readonly string[]) => {
      for (const part of parts) dirty.current.add(part);
      if (form.current) keepTyping(storeKey, form.current, [...dirty.current]);
      setSaving((now) => (now.kind === "overtaken" ? now : { kind: "typing" }));
      sendLater.current(QUIET_MS);
    },
    [form, storeKey],
  );

  const sendNow = useCallback(() => sendLater.current(0), []);
  const takeOver = useCallback((newer: SeenDraft) => {
    seen.current = newer;
    setSaving({ kind: "saving" });
    sendLater.current(0);
  }, []);
  const drop = useCallback(() => {
    dirty.current.clear();
    forgetTyping(storeKey);
  }, [storeKey]);
  const hasUnsaved = useCallback(() => dirty.current.size > 0 || isBusy.current, []);
  return { saving, noteTyping, sendNow, takeOver, drop, hasUnsaved };
}

/** Asks whether it can arrive before sending: without a session the answer would be the sign-in page. */
async function tell(
  keep: KeepListing,
  seen: SeenDraft,
  parts: string[],
  entries: FormData,
): Promise<KeptListing | { kind: "offline" | "signed_out" }> {
  const hindrance = await whatHinders();
  if (hindrance !== null) return { kind: hindrance };
  try {
    return await keep(seen, parts, entries);
  } catch {
    // The line broke while it was under way: that is the finding. It is shown, kept here and sent again.
    return { kind: "offline" };
  }
}
