"use client";

import { useId } from "react";
import type { ReactNode } from "react";
import { useRefusal } from "@/components/ui/form-context";

interface CheckboxProps {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  value?: string;
  required?: boolean;
  defaultChecked?: boolean;
}

/** One box with its sentence; `value` is what the form sends when it is ticked. */
export function Checkbox({ name, label, hint, value = "on", required, defaultChecked }: CheckboxProps) {
  const id = useId();
  const { errors, values, hasValues } = useRefusal();
  const problem = errors[name];
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
  const { errors, values } = useRefusal();
  const problem = errors[name];
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
      {options.map((option) => (
        <label key={option.value} className="choice">
          <input
            type="radio"
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
