"use client";

import { useContext, useId } from "react";
import type { ReactNode } from "react";
import { FormPlace, refusedId, useRefusal } from "@/components/ui/form-context";

/** What a box sends that stands alone under its name; boxes that share one cannot share an id. */
const ALONE = "on";

interface CheckboxProps {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  value?: string;
  required?: boolean;
  defaultChecked?: boolean;
}

/** One box with its sentence; `value` is what the form sends when it is ticked. */
export function Checkbox({ name, label, hint, value = ALONE, required, defaultChecked }: CheckboxProps) {
  const own = useId();
  const place = useContext(FormPlace);
  const { errors, values, hasValues } = useRefusal();
  const problem = errors[name];
  const id = place !== null && problem !== undefined && value === ALONE ? refusedId(place, name) : own;
  const ticked = values[name]?.split("\n").includes(value) ?? false;
  return (
    <div>
      <label className="choice">
        <input
          type="checkbox"
          id={id}
          name={name}
          value={value}
          required={required}
          defaultChecked={hasValues ? ticked : defaultChecked}
          aria-invalid={problem === undefined ? undefined : true}
          aria-describedby={problem === undefined ? undefined : `${id}-error`}
        />
        <span>
          {label}
          {hint === undefined ? null : <span className="field-hint block">{hint}</span>}
        </span>
      </label>
      {problem === undefined ? null : (
        <p id={`${id}-error`} className="field-error">
          {problem}
        </p>
      )}
    </div>
  );
}

export interface Choice {
  value: string;
  label: ReactNode;
  hint?: ReactNode;
}

interface RadioGroupProps {
  name: string;
  legend: ReactNode;
  options: readonly Choice[];
  hint?: ReactNode;
  defaultValue?: string;
  required?: boolean;
}

/** One choice of a few; for more than seven use a Select. */
export function RadioGroup({ name, legend, options, hint, defaultValue, required }: RadioGroupProps) {
  const id = useId();
  const place = useContext(FormPlace);
  const { errors, values } = useRefusal();
  const problem = errors[name];
  // Where the summary of a refused form leads without scripts: the first answer a hand can reach.
  const refused = place !== null && problem !== undefined ? refusedId(place, name) : undefined;
  const chosen = values[name] ?? defaultValue;
  const told = [hint === undefined ? "" : `${id}-hint`, problem === undefined ? "" : `${id}-error`];
  return (
    <fieldset aria-describedby={told.filter(Boolean).join(" ") || undefined}>
      <legend className="field-label">{legend}</legend>
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
      {options.map((option, index) => (
        <label key={option.value} className="choice">
          <input
            type="radio"
            id={index === 0 ? refused : undefined}
            name={name}
            value={option.value}
            required={required}
            defaultChecked={option.value === chosen}
          />
          <span>
            {option.label}
            {option.hint === undefined ? null : <span className="field-hint block">{option.hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
