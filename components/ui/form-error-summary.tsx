"use client";

import { useContext, useEffect, useRef, useState } from "react";
import type { MouseEvent, ReactNode } from "react";
import { FormPlace, refusedId } from "@/components/ui/form-context";

interface FormErrorSummaryProps {
  /** Heading over sentences about single fields; a refusal of the whole form is its own heading. */
  title: string;
  /** `errors` maps a field's name to its sentence; each becomes a link to the field, named by `labels` or its own label. */
  refusal: {
    message: string;
    errors?: Readonly<Record<string, string>>;
    labels?: Readonly<Record<string, string>>;
  };
  /** What can be done about it elsewhere. */
  children?: ReactNode;
}

/** Stands first in a refused form and takes the focus, so that nobody misses it. */
export function FormErrorSummary({ title, refusal, children }: FormErrorSummaryProps) {
  const box = useRef<HTMLDivElement>(null);
  const place = useContext(FormPlace);
  const [labels, setLabels] = useState<Readonly<Record<string, string>>>({});
  useEffect(() => {
    if (refusal.message) box.current?.focus();
    const form = box.current?.closest("form");
    if (form) setLabels(labelsIn(form, Object.keys(refusal.errors ?? {})));
  }, [refusal]);

  const goTo = (event: MouseEvent, name: string) => {
    const form = box.current?.closest("form");
    const control = form && controlOf(form, name);
    if (!control) return;
    event.preventDefault();
    control.focus();
  };

  const entries = Object.entries(refusal.errors ?? {});
  const isSaid =
    refusal.message.startsWith(title) || entries.some(([, sentence]) => sentence === refusal.message);
  return (
    <div
      ref={box}
      tabIndex={-1}
      role="alert"
      className="rounded-md border border-danger border-s-4 bg-danger-tint p-4"
    >
      <p className="font-semibold text-danger">{entries.length > 0 ? title : refusal.message}</p>
      {entries.length > 0 && !isSaid ? <p>{refusal.message}</p> : null}
      {entries.length === 0 ? null : (
        <ul className="mt-2 list-disc ps-5">
          {entries.map(([name, sentence]) => (
            <li key={name} className="py-1">
              <a
                className="link"
                href={`#${encodeURIComponent(place === null ? name : refusedId(place, name))}`}
                onClick={(event) => goTo(event, name)}
              >
                {nameBefore(refusal.labels?.[name] ?? labels[name], sentence)}
                {sentence}
              </a>
            </li>
          ))}
        </ul>
      )}
      {children}
    </div>
  );
}

/** "Please fill this in." stands beside its field; in a list it needs the name of the field. */
function nameBefore(label: string | undefined, sentence: string): string {
  if (label === undefined || label === "" || sentence.toLowerCase().includes(label.toLowerCase())) return "";
  return /[?؟.!]$/.test(label) ? `${label} ` : `${label}: `;
}

/** The control of this name; where a whole list is meant, the first one of it that a hand can reach. */
function controlOf(form: HTMLFormElement, name: string): HTMLElement | null {
  const reached = ":not([type=hidden])";
  return (
    form.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]${reached}`) ??
    form.querySelector<HTMLElement>(`[name^="${CSS.escape(`${name}.`)}"]${reached}`)
  );
}

function labelsIn(form: HTMLFormElement, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, labelOf(form, name)]));
}

/** Of a question with several answers its own words, of a field its label; of a box nothing, its words are a sentence. */
function labelOf(form: HTMLFormElement, name: string): string {
  const control = form.querySelector<HTMLInputElement>(`[name="${CSS.escape(name)}"]`);
  if (control === null || control.type === "checkbox") return "";
  const words =
    control.type === "radio" ? control.closest("fieldset")?.querySelector("legend") : control.labels?.[0];
  return (words?.textContent ?? "").trim().replace(/[:：]$/, "");
}
