"use client";

import { Button } from "@/components/ui/button";
import { type Option, Select, TextInput } from "@/components/ui/controls";
import { Checkbox } from "@/components/ui/choices";
import { Field } from "@/components/ui/field";
import type { TypedLine } from "@/lib/desk/first-lines";

export interface RowWords {
  line: string;
  remove: string;
  contract: string;
  kind: string;
  label: string;
  quantity: string;
  unit: string;
  low: string;
  expected: string;
  high: string;
  cause: string;
  optional: string;
  device: string;
  mode: string;
  none: string;
}

export interface RowChoices {
  contracts: readonly Option[];
  kinds: readonly Option[];
  devices: readonly Option[];
  modes: readonly Option[];
}

interface EstimateBuilderRowProps {
  /** Where the line stands in the form's names; never reused while the form lives. */
  place: number;
  /** The number a person reads. */
  shown: number;
  line: TypedLine;
  words: RowWords;
  choices: RowChoices;
  remove: (() => void) | null;
}

/** One line of an estimate as it is typed. */
export function EstimateBuilderRow({ place, shown, line, words, choices, remove }: EstimateBuilderRowProps) {
  const name = (field: string) => `lines.${place}.${field}`;
  const sum = (field: "low" | "expected" | "high") => (
    <Field name={name(field)} label={words[field]}>
      <TextInput
        inputMode="decimal"
        dir="ltr"
        className="text-end"
        required={field === "expected"}
        defaultValue={line[field]}
      />
    </Field>
  );
  return (
    <fieldset className="group/line space-y-gap py-gap">
      <legend className="float-start me-3 text-sm font-semibold text-ink-soft">{`${words.line} ${shown}`}</legend>
      <div className="grid clear-both gap-gap sm:grid-cols-2 lg:grid-cols-[6rem_1.4fr_1.4fr_5rem_6rem]">
        <Field name={name("contract")} label={words.contract}>
          <Select options={choices.contracts} defaultValue={line.contract} />
        </Field>
        <Field name={name("kind")} label={words.kind}>
          <Select options={withOwn(choices.kinds, line.kind)} defaultValue={line.kind} />
        </Field>
        <Field name={name("label")} label={words.label}>
          <TextInput maxLength={200} defaultValue={line.label} />
        </Field>
        <Field name={name("quantity")} label={words.quantity}>
          <TextInput inputMode="decimal" dir="ltr" defaultValue={line.quantity} />
        </Field>
        <Field name={name("unit")} label={words.unit}>
          <TextInput maxLength={40} defaultValue={line.unit} />
        </Field>
      </div>
      <div className="grid grid-cols-3 gap-gap max-sm:*:nth-[n+4]:col-span-3 lg:grid-cols-[1fr_1fr_1fr_2.2fr_1.2fr]">
        {sum("low")}
        {sum("expected")}
        {sum("high")}
        <Field name={name("cause")} label={words.cause}>
          <TextInput required maxLength={500} defaultValue={line.cause} />
        </Field>
        <Field name={name("device")} label={words.device}>
          <Select options={choices.devices} empty={words.none} defaultValue={line.device} />
        </Field>
      </div>
      <div className="group-not-has-[option[value^=medicine]:checked]/line:hidden">
        <Field name={name("mode")} label={words.mode}>
          <Select options={choices.modes} empty={words.none} defaultValue={line.mode ?? ""} />
        </Field>
      </div>
      <div className="flex flex-wrap items-center justify-between gap-gap">
        {line.unasked ? <input type="hidden" name={name("unasked")} value={line.unasked} /> : null}
        <Checkbox name={name("optional")} label={words.optional} defaultChecked={line.optional} />
        {remove ? <Button onClick={remove}>{`${words.remove} ${shown}`}</Button> : null}
      </div>
    </fieldset>
  );
}

/** A kind only this line has stays its kind: without it the first of the list would stand there. */
function withOwn(kinds: readonly Option[], own: string): readonly Option[] {
  return kinds.some(({ value }) => value === own) ? kinds : [...kinds, { value: own, label: own }];
}
