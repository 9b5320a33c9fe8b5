"use client";

import { useId, useState } from "react";
import { formatDay } from "@/components/ui/format";
import { addDays } from "@/lib/kernel/day";

interface DaySliderProps {
  name: string;
  label: string;
  today: string;
  /** In how many days, and at most. */
  after: number;
  left: number;
  locale: string;
}

/** A day between today and the treatment, told as it is moved; without a script it is told after sending. */
export function DaySlider({ name, label, today, after, left, locale }: DaySliderProps) {
  const id = useId();
  const [chosen, choose] = useState(after);
  const told = formatDay(addDays(today, chosen), locale);
  return (
    <div className="space-y-1">
      <span className="flex flex-wrap justify-between gap-x-gap">
        <label htmlFor={id}>{label}</label>
        <bdi className="font-semibold tabular">{told}</bdi>
      </span>
      <input
        id={id}
        type="range"
        className="min-h-control w-full accent-primary"
        name={name}
        min={0}
        max={left}
        defaultValue={after}
        aria-valuetext={told}
        onChange={(event) => choose(Number(event.target.value))}
      />
    </div>
  );
}
