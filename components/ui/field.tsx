"use client";

import { useContext, useId } from "react";
import type { ReactNode } from "react";
import { FieldContext, FormPlace, refusedId, useRefusal } from "@/components/ui/form-context";
import { OtherValue } from "@/components/ui/other-value";

interface FieldProps {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  /** A refusal known without an ActionForm around. */
  error?: string;
  /** The name of the group whose error marks this field too; its sentence stands once, in a GroupError above. */
  group?: string;
  /** The word "optional" in the reader's language; required fields carry no star. */
  optional?: string;
  children: ReactNode;
}

/** Label, hint and error around one control (TextInput, TextArea, Select), wired for screen readers. */
export function Field({ name, label, hint, error, group, optional, children }: FieldProps) {
  const own = useId();
  const form = useContext(FormPlace);
  const refusal = useRefusal();
  const id = form !== null && refusal.errors[name] !== undefined ? refusedId(form, name) : own;
  const problem = error ?? refusal.errors[name];
  const isOneOfWrong = group !== undefined && refusal.errors[group] !== undefined;
  const told = [
    isOneOfWrong ? `${group}-error` : "",
    hint === undefined ? "" : `${id}-hint`,
    problem === undefined ? "" : `${id}-error`,
  ]
    .filter(Boolean)
    .join(" ");
  const wiring = {
    id,
    name,
    describedBy: told === "" ? undefined : told,
    invalid: problem !== undefined || isOneOfWrong,
    typed: refusal.values[name],
  };
  return (
    <div className="space-y-1.5">
      <label className="field-label" htmlFor={id}>
        {label}
        {optional === undefined ? null : <span className="font-normal text-ink-soft"> ({optional})</span>}
      </label>
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="field-hint">
          {hint}
        </p>
      )}
      {problem === undefined ? null : (
        <p id={`${id}-error`} className="field-error">
          {problem}
        </p>
      )}
      {refusal.others[name] === undefined ? null : <OtherValue id={id} other={refusal.others[name]} />}
      <FieldContext value={wiring}>{children}</FieldContext>
    </div>
  );
}
