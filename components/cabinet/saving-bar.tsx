"use client";

import type { KeptProblem } from "@/components/cabinet/kept-listing";
import type { Saving } from "@/components/cabinet/use-autosave";
import { Button } from "@/components/ui/button";
import { Sign } from "@/components/ui/notice";
import type { NoticeTone } from "@/components/ui/notice";
import type { SeenDraft } from "@/lib/clinics/listing";

export interface SavingWords {
  idle: string;
  typing: string;
  saving: string;
  offline: string;
  signed_out: string;
  /** Before the fields that could not be saved. */
  problems: string;
  again: string;
  keepMine: string;
  showTheirs: string;
  save: string;
  signIn: { href: string; label: string };
}

const TONES: Readonly<Record<Saving["kind"], NoticeTone | null>> = {
  idle: null,
  typing: null,
  saving: null,
  saved: "good",
  refused: "danger",
  offline: "attention",
  signed_out: "attention",
  overtaken: "attention",
};

interface SavingBarProps {
  saving: Saving;
  words: SavingWords;
  sendNow: () => void;
  takeOver: (newer: SeenDraft) => void;
  /** Forgets what is kept here; the page is then read again. */
  showTheirs: () => void;
}

/** Where the draft stands: being typed, saved at an hour, waiting for a line, or overtaken by a colleague. */
export function SavingBar({ saving, words, sendNow, takeOver, showTheirs }: SavingBarProps) {
  const tone = TONES[saving.kind];
  const reload = () => {
    showTheirs();
    location.reload();
  };
  return (
    <div className="flex flex-wrap items-center gap-x-gap gap-y-2">
      <div role="status" className="flex min-w-0 flex-1 basis-40 gap-2">
        {tone === null ? null : <Sign tone={tone} />}
        <div className="min-w-0 space-y-1">
          <p>{"message" in saving ? saving.message : words[saving.kind]}</p>
          {"problems" in saving ? <Problems problems={saving.problems} lead={words.problems} /> : null}
        </div>
      </div>
      {saving.kind === "overtaken" ? (
        <>
          <Button onClick={() => takeOver(saving.seen)}>{words.keepMine}</Button>
          <Button onClick={reload}>{words.showTheirs}</Button>
        </>
      ) : null}
      {saving.kind === "offline" ? <Button onClick={sendNow}>{words.again}</Button> : null}
      {saving.kind === "signed_out" ? (
        <a className="button button-quiet" href={words.signIn.href} target="_blank" rel="noopener">
          {words.signIn.label}
        </a>
      ) : null}
      {["idle", "typing", "saving", "saved", "refused"].includes(saving.kind) ? (
        <button type="submit" className="button button-quiet">
          {words.save}
        </button>
      ) : null}
    </div>
  );
}

function Problems({ problems, lead }: { problems: readonly KeptProblem[]; lead: string }) {
  if (problems.length === 0) return null;
  const goTo = (field: string) => {
    const control = [
      ...document.getElementsByName(field),
      ...document.querySelectorAll<HTMLElement>(`[name^="${CSS.escape(field)}."]`),
    ][0];
    control?.focus();
  };
  return (
    <>
      <p className="text-sm text-ink-soft">{lead}</p>
      <ul className="list-disc ps-5 text-sm">
        {problems.map(({ field, sentence }) => (
          <li key={field}>
            <button type="button" className="link text-start" onClick={() => goTo(field)}>
              {sentence}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
