"use client";

import { useRefusal } from "@/components/ui/form-context";

interface CapacityCellProps {
  name: string;
  label: string;
  /** The number that stands there now; empty where nothing is offered. */
  shown: string;
  /** How many are taken, in words. */
  note: string;
}

/** One number of the capacity table, sent with what was shown beside it. */
export function CapacityCell({ name, label, shown, note }: CapacityCellProps) {
  const { errors, values } = useRefusal();
  return (
    <span className="flex items-center gap-2">
      <input type="hidden" name={`${name}/shown`} value={shown} />
      <input
        type="number"
        name={name}
        aria-label={label}
        min={0}
        max={500}
        inputMode="numeric"
        defaultValue={values[name] ?? shown}
        key={shown}
        aria-invalid={errors[name] === undefined ? undefined : true}
        className="control w-20 text-end"
      />
      {note === "" ? null : <span className="text-sm whitespace-nowrap text-ink-soft">{note}</span>}
    </span>
  );
}
