"use client";

import { useId, useState } from "react";
import type { ReactNode } from "react";

export interface EmergencyEntry {
  country: string;
  name: string;
  /** The usual number first. */
  ambulance: readonly string[];
}

interface EmergencyFinderProps {
  label: string;
  hint: string;
  choose: string;
  /** "Call {number}" with the literal {number} left in. */
  call: string;
  /** For a country whose number we do not know. */
  elsewhere: { choice: string; text: string };
  entries: readonly EmergencyEntry[];
}

const ELSEWHERE = "elsewhere";

/** The number of the country a person says they are in. Nothing is guessed from language or address. */
export function EmergencyFinder({ label, hint, choose, call, elsewhere, entries }: EmergencyFinderProps) {
  const id = useId();
  const [country, setCountry] = useState("");
  const found = entries.find((entry) => entry.country === country);
  return (
    <div className="space-y-gap">
      <label htmlFor={id} className="field-label">
        {label}
      </label>
      <p id={`${id}-hint`} className="field-hint">
        {hint}
      </p>
      <select
        id={id}
        aria-describedby={`${id}-hint`}
        className="control"
        value={country}
        onChange={(event) => setCountry(event.target.value)}
      >
        <option value="">{choose}</option>
        {entries.map((entry) => (
          <option key={entry.country} value={entry.country}>
            {entry.name}
          </option>
        ))}
        <option value={ELSEWHERE}>{elsewhere.choice}</option>
      </select>
      <div aria-live="polite" className="flex flex-wrap gap-gap">
        {found?.ambulance.map((number) => (
          <CallLink key={number} number={number} call={call} />
        ))}
        {country === ELSEWHERE ? <p>{elsewhere.text}</p> : null}
        {country === ELSEWHERE ? <CallLink number="112" call={call} /> : null}
      </div>
    </div>
  );
}

function CallLink({ number, call }: { number: string; call: string }): ReactNode {
  return (
    <a
      href={`tel:${number}`}
      className="inline-flex min-h-14 items-center rounded-md bg-danger px-6 text-xl font-semibold text-paper"
    >
      {call.replace("{number}", number)}
    </a>
  );
}
