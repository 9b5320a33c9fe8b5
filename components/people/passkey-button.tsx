"use client";

import { useState, useSyncExternalStore } from "react";
import { knowsPasskeys, signWithPasskey } from "@/components/people/passkey-browser";
import { postJson, sendToSession } from "@/components/people/send-to-session";
import type { SessionAnswer } from "@/components/people/session-answer";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

export interface PasskeyWords {
  submit: string;
  /** No passkey was chosen, or no answer came. */
  failed: string;
}

interface PasskeyButtonProps {
  /** The name passkeys are bound to here. */
  relyingParty: string;
  /** Both steps at once, the second after a password, or the second once more. */
  purpose: "sign_in" | "second" | "confirm";
  words: PasskeyWords;
  /** Told who is signed in now, and where they wanted to go. */
  settle: (told: { personId: string; to?: string }) => void;
  next?: string;
}

const never = () => () => {};

/** Asks the device for a passkey. Not there at all where the browser or the address knows none. */
export function PasskeyButton({ relyingParty, purpose, words, settle, next }: PasskeyButtonProps) {
  const canUse = useSyncExternalStore<boolean | null>(
    never,
    () => knowsPasskeys(relyingParty),
    () => null,
  );
  const [message, setMessage] = useState<string | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  if (canUse === false) return null;
  const use = async () => {
    setIsAsking(true);
    setMessage(null);
    const answer = await proven(purpose, next);
    setIsAsking(false);
    if (answer?.state === "in") settle(answer);
    else setMessage(answer !== null && "message" in answer ? answer.message : words.failed);
  };
  return (
    // Its place is kept until it is known: what stands below would jump away from under a finger.
    <div className={`space-y-gap ${canUse === null ? "invisible noscript:hidden" : ""}`}>
      {message === null ? null : (
        <Notice tone="attention" live>
          {message}
        </Notice>
      )}
      <Button aria-disabled={isAsking || undefined} onClick={() => void (isAsking ? null : use())}>
        {words.submit}
      </Button>
    </div>
  );
}

async function proven(purpose: string, next: string | undefined) {
  const options = await postJson("/api/session/passkey", { purpose });
  if (options === null) return null;
  // Our own route answers in this shape when nothing may be asked just now.
  if (typeof options === "object" && "state" in options) return options as SessionAnswer;
  // Our own route answers what the browser's method reads.
  const response = await signWithPasskey(options as Parameters<typeof signWithPasskey>[0]);
  return response && sendToSession("/api/session/passkey", { purpose, response, ...(next ? { next } : {}) });
}
