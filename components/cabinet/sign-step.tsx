"use client";

import { useContext, useEffect, useRef, useState } from "react";
import { type SummaryPart, summaryOf } from "@/components/cabinet/answer-summary";
import { Button } from "@/components/ui/button";
import { FormContext } from "@/components/ui/form-context";
import type { FormState } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";

export interface SignWords {
  check: string;
  checkLead: string;
  summary: string;
  change: string;
  back: string;
  sign: string;
  signLead: string;
}

/**
 * Shows what was filled in before it is signed. A browser without JavaScript signs at once, below all questions; one that
 * has it is never given that button, also not while the page is still waking up.
 */
export function SignStep({ words }: { words: SignWords }) {
  const answer = useContext(FormContext);
  const [shown, setShown] = useState<{ parts: readonly SummaryPart[]; before: FormState } | null>(null);
  const anchor = useRef<HTMLDivElement>(null);
  // A refusal that came after the summary was shown leads back to its fields.
  const parts = shown !== null && (shown.before === answer || !namesFields(answer)) ? shown.parts : null;

  const show = (next: readonly SummaryPart[] | null) => {
    const form = anchor.current?.closest("form");
    if (form) form.dataset.step = next === null ? "fill" : "check";
    setShown(next && { parts: next, before: answer });
  };

  useEffect(() => {
    const form = anchor.current?.closest("form");
    if (!form || !namesFields(answer)) return;
    form.dataset.step = "fill";
    for (const wrong of form.querySelectorAll("[aria-invalid]")) {
      for (let fold = wrong.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null)
        fold.open = true;
    }
  }, [answer]);

  const check = () => {
    const form = anchor.current?.closest("form");
    if (!form) return;
    // What must be there and is not is refused by the server, as it is without scripts: nothing can be signed by this.
    if (form.querySelector(":required:invalid")) form.requestSubmit();
    else show(summaryOf(form));
  };
  const goTo = (id: string) => {
    show(null);
    const place =
      id === "" ? anchor.current?.closest("form")?.querySelector("input[type=radio]:checked") : null;
    const heading = place ?? document.getElementById(`${id}-title`);
    if (heading instanceof HTMLElement) requestAnimationFrame(() => heading.focus());
  };

  return (
    <div ref={anchor} className="space-y-gap-m">
      {parts === null ? null : <Summary parts={parts} words={words} goTo={goTo} />}
      <div className="space-y-gap border-t border-line pt-gap-m">
        {parts === null ? (
          <>
            <div className="space-y-gap noscript:hidden">
              <p className="text-ink-soft">{words.checkLead}</p>
              <Button look="primary" onClick={check}>
                {words.check}
              </Button>
            </div>
            <noscript>
              <p className="pb-gap text-ink-soft">{words.signLead}</p>
              <SubmitButton>{words.sign}</SubmitButton>
            </noscript>
          </>
        ) : (
          <>
            <p className="text-ink-soft">{words.signLead}</p>
            <div className="flex flex-wrap gap-gap">
              <SubmitButton>{words.sign}</SubmitButton>
              <Button onClick={() => goTo("")}>{words.back}</Button>
            </div>
          </>
        )}
      </div>
    </div>
  );
}

function namesFields(answer: FormState): boolean {
  return answer.status === "refused" && Object.keys(answer.errors ?? {}).length > 0;
}

interface SummaryProps {
  parts: readonly SummaryPart[];
  words: SignWords;
  goTo: (id: string) => void;
}

function Summary({ parts, words, goTo }: SummaryProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section aria-labelledby="summary-title" className="space-y-gap-m">
      <h2 ref={heading} id="summary-title" tabIndex={-1} className="text-lg">
        {words.summary}
      </h2>
      {parts.map((part) => (
        <div key={part.id} className="border-t border-line pt-gap">
          <div className="flex items-baseline justify-between gap-gap">
            <h3 className="font-semibold">{part.title}</h3>
            <button type="button" className="link min-h-control" onClick={() => goTo(part.id)}>
              {words.change} <span className="sr-only">{part.title}</span>
            </button>
          </div>
          <dl className="space-y-1">
            {part.lines.map(({ label, value }, index) => (
              <div key={index} className="grid gap-x-gap sm:grid-cols-[14rem_minmax(0,1fr)]">
                <dt className={label === "" ? "sr-only" : "text-ink-soft"}>{label || part.title}</dt>
                <dd
                  dir="auto"
                  className={`whitespace-pre-line wrap-anywhere ${label === "" ? "sm:col-span-2" : ""}`}
                >
                  {value}
                </dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
    </section>
  );
}
