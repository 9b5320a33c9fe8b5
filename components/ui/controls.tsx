"use client";

import type { ComponentProps, ReactNode } from "react";
import { useField } from "@/components/ui/form-context";

// The name, id and descriptions come from the Field around; all other native attributes pass through.

function useWiring(defaultValue: ComponentProps<"input">["defaultValue"]) {
  const { id, name, describedBy, invalid, typed } = useField();
  return {
    id,
    name,
    "aria-describedby": describedBy,
    "aria-invalid": invalid || undefined,
    defaultValue: typed ?? defaultValue,
  };
}

export function TextInput({ className = "", defaultValue, ...rest }: ComponentProps<"input">) {
  return <input type="text" className={`control ${className}`} {...rest} {...useWiring(defaultValue)} />;
}

export function TextArea({ className = "", defaultValue, rows = 4, ...rest }: ComponentProps<"textarea">) {
  const wiring = useWiring(defaultValue);
  return <textarea rows={rows} dir="auto" className={`control ${className}`} {...rest} {...wiring} />;
}

export interface Option {
  value: string;
  label: string;
}

type SelectProps = ComponentProps<"select"> & { options: readonly Option[]; empty?: ReactNode };

/** `empty` is the first, valueless choice ("Choose a country"). */
export function Select({ options, empty, className = "", defaultValue, ...rest }: SelectProps) {
  const wiring = useWiring(defaultValue);
  // A select keeps its first choice once mounted; a new key lets a refused form show what was chosen.
  return (
    <select key={String(wiring.defaultValue)} className={`control ${className}`} {...rest} {...wiring}>
      {empty === undefined ? null : <option value="">{empty}</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
