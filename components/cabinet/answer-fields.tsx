import { useTranslations } from "next-intl";
import { Select, TextArea, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";

interface EntryProps {
  name: string;
  label: string;
  hint?: string;
}

/** A line of words. */
export function Line({ name, label, hint, lengthMax = 300 }: EntryProps & { lengthMax?: number }) {
  return (
    <Field name={name} label={label} {...(hint ? { hint } : {})}>
      <TextInput dir="auto" maxLength={lengthMax} />
    </Field>
  );
}

/** A few sentences. */
export function Long({ name, label, hint }: EntryProps) {
  return (
    <Field name={name} label={label} {...(hint ? { hint } : {})}>
      <TextArea rows={3} />
    </Field>
  );
}

/** A number: as wide as it may become. */
export function Figure({ name, label, hint }: EntryProps) {
  return (
    <Field name={name} label={label} {...(hint ? { hint } : {})}>
      <TextInput inputMode="decimal" dir="ltr" maxLength={9} className="max-w-28" />
    </Field>
  );
}

/** Numbers that are read together, side by side; their boxes stand on one line whatever their labels need. */
export function Figures({ entries }: { entries: readonly EntryProps[] }) {
  return (
    <div className="grid grid-cols-2 items-end gap-gap sm:grid-cols-4">
      {entries.map((entry) => (
        <Figure key={entry.name} {...entry} />
      ))}
    </div>
  );
}

interface PickProps extends EntryProps {
  options: readonly { value: string; label: string }[];
}

export function Pick({ name, label, hint, options }: PickProps) {
  const t = useTranslations("cabinet.decide");
  return (
    <Field name={name} label={label} {...(hint ? { hint } : {})}>
      <Select options={options} empty={t("choose")} />
    </Field>
  );
}
