"use client";

import { useEffect, useRef } from "react";
import type { MouseEvent, ReactNode } from "react";

interface FormErrorSummaryProps {
  /** Heading over sentences about single fields; a refusal of the whole form is its own heading. */
  title: string;
  /** `errors` maps a field's name to its sentence; each becomes a link to the field. */
  refusal: { message: string; errors?: Readonly<Record<string, string>> };
  /** What can be done about it elsewhere. */
  children?: ReactNode;
}

/** Stands first in a refused form and takes the focus, so that nobody misses it. */
export function FormErrorSummary({ title, refusal, children }: FormErrorSummaryProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (refusal.message) box.current?.focus();
  }, [refusal]);

  const goTo = (event: MouseEvent, name: string) => {
    const control = box.current?.closest("form")?.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]`);
    if (control === null || control === undefined) return;
    event.preventDefault();
    control.focus();
  };

  const entries = Object.entries(refusal.errors ?? {});
  return (
    <div
      ref={box}
      tabIndex={-1}
      role="alert"
      className="rounded-md border border-danger border-s-4 bg-danger-tint p-4"
    >
      <p className="font-semibold text-danger">{entries.length > 0 ? title : refusal.message}</p>
      {entries.length > 0 && !refusal.message.startsWith(title) ? <p>{refusal.message}</p> : null}
      {entries.length === 0 ? null : (
        <ul className="mt-2 list-disc ps-5">
          {entries.map(([name, sentence]) => (
            <li key={name} className="py-1">
              <a className="link" href={`#${name}`} onClick={(event) => goTo(event, name)}>
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
