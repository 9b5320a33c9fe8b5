"use client";

import { useContext, useEffect, useRef, useState } from "react";
import type { RefObject } from "react";
import { FormContext } from "@/components/ui/form-context";

interface BillFileProps {
  /** Where the bytes go. */
  address: string;
  label: string;
  hint: string;
  words: { sending: string; kept: string; failed: string; lost: string };
}

type Sending =
  | { state: "none" | "sending" }
  | { state: "kept"; id: string; name: string }
  | { state: "failed"; reason: string };

/**
 * Sends the original at once, so that its verdict is known before the lines are typed, and names it in the form. A form that is
 * sent in the meantime goes once the file is kept.
 */
export function BillFile({ address, label, hint, words }: BillFileProps) {
  const [sending, setSending] = useState<Sending>({ state: "none" });
  // A form that was answered is empty again, and the file it named belongs to what was entered.
  const answer = useContext(FormContext);
  const [answered, setAnswered] = useState(answer);
  if (answered !== answer) {
    setAnswered(answer);
    if (answer.status === "done") setSending({ state: "none" });
  }
  const field = useRef<HTMLInputElement>(null);
  useHeldForm(field, sending.state);
  const send = async (file: File | undefined) => {
    if (!file) return setSending({ state: "none" });
    setSending({ state: "sending" });
    setSending(await sent(address, file).catch(() => ({ state: "failed" as const, reason: words.lost })));
  };
  return (
    <div className="space-y-1.5">
      <label className="block">
        <span className="field-label">{label}</span>
        <span className="field-hint block">{hint}</span>
        <input
          type="file"
          accept=".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"
          className="control"
          onChange={(event) => void send(event.currentTarget.files?.[0])}
        />
      </label>
      <p role="status" className={sending.state === "failed" ? "field-error" : "text-sm text-ink-soft"}>
        {sending.state === "sending" ? words.sending : null}
        {sending.state === "kept" ? words.kept.replace("{name}", sending.name) : null}
        {sending.state === "failed" ? words.failed.replace("{reason}", sending.reason) : null}
      </p>
      <input
        ref={field}
        type="hidden"
        name="fileId"
        value={sending.state === "kept" ? sending.id : ""}
        readOnly
      />
    </div>
  );
}

/** Holds the form of a field back while its file is on its way; one that was sent meanwhile goes on once it is kept. */
function useHeldForm(field: RefObject<HTMLInputElement | null>, state: Sending["state"]): void {
  const held = useRef<{ button: HTMLElement | null } | null>(null);
  useEffect(() => {
    const form = field.current?.form;
    if (!form) return;
    if (state !== "sending") {
      const { button } = held.current ?? {};
      if (held.current && state === "kept") form.requestSubmit(button?.isConnected ? button : null);
      held.current = null;
      return;
    }
    const hold = (event: SubmitEvent) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      held.current = { button: event.submitter };
    };
    form.addEventListener("submit", hold, { capture: true });
    return () => form.removeEventListener("submit", hold, { capture: true });
  }, [field, state]);
}

async function sent(address: string, file: File): Promise<Sending> {
  const answer = await fetch(`${address}?filename=${encodeURIComponent(file.name)}`, {
    method: "POST",
    body: file,
  });
  const told = (await answer.json()) as { id?: string; detail?: string };
  return answer.ok && told.id
    ? { state: "kept", id: told.id, name: file.name }
    : { state: "failed", reason: told.detail ?? String(answer.status) };
}
