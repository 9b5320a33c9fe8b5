"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { FormEvent } from "react";
import { isAskedNow, isSomebodyElse, onAsked, onSettled, tellNeed } from "@/components/ui/presence";

export type Hindrance = "signed_out" | "offline";

/** Areas whose forms are refused without a sign-in; elsewhere a form may be sent by anyone. */
const OWN_AREAS = new Set(["my", "desk", "cabinet", "account"]);

/**
 * Asks before a form is sent whether it can arrive at all. Sent without a session it would be answered with the
 * sign-in page, sent without a line with an error page; either takes what was typed with it.
 */
export function useSendGuard() {
  const [hindrance, setHindrance] = useState<{ kind: Hindrance } | null>(null);
  const isAsking = useRef(false);
  const isCleared = useRef(false);
  const [, , area = ""] = usePathname().split("/");
  useEffect(() => onSettled(() => setHindrance(null)), []);

  const guard = async (event: FormEvent<HTMLFormElement>) => {
    if (isCleared.current || !OWN_AREAS.has(area)) {
      isCleared.current = false;
      return;
    }
    event.preventDefault();
    if (isAsking.current) return;
    isAsking.current = true;
    const form = event.currentTarget;
    const { submitter } = event.nativeEvent as SubmitEvent;
    const found = await whatHinders();
    isAsking.current = false;
    setHindrance(found === null ? null : { kind: found });
    if (found !== null) return;
    isCleared.current = true;
    // The button may have gone with a newer state of the page; the form is still meant.
    const button = submitter instanceof HTMLButtonElement && submitter.form === form ? submitter : null;
    form.requestSubmit(button);
  };
  const isAsked = useIsAsked();
  // What can be mended in the question over the page is not said behind it, too.
  return { hindrance: isAsked && hindrance?.kind === "signed_out" ? null : hindrance, guard };
}

/** Whether the person is asked over this page to sign in, or for their second step. */
export function useIsAsked(): boolean {
  return useSyncExternalStore(onAsked, isAskedNow, () => false);
}

/** What keeps a form from arriving just now; null when nothing does. */
export async function whatHinders(): Promise<Hindrance | null> {
  let answer: Response;
  try {
    answer = await fetch("/api/session", { cache: "no-store" });
  } catch {
    // fetch rejects only when no answer came at all: that is the finding, and it is shown.
    return "offline";
  }
  if (!answer.ok) return "offline";
  const personId = personIn(await answer.json());
  if (personId !== null && !isSomebodyElse(personId)) return null;
  tellNeed({ kind: personId === null ? "signed_out" : "somebody_else" });
  return "signed_out";
}

function personIn(told: unknown): string | null {
  if (typeof told !== "object" || told === null || !("personId" in told)) return null;
  return typeof told.personId === "string" ? told.personId : null;
}
