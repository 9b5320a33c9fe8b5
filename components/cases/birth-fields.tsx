import { useTranslations } from "next-intl";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { GroupError } from "@/components/ui/group-error";
import { typedDayOf } from "@/lib/cases/birth-day";

const PARTS = [
  { name: "birthDay", word: "day", width: "w-20" },
  { name: "birthMonth", word: "month", width: "w-20" },
  { name: "birthYear", word: "year", width: "w-28" },
] as const;

/** Three short fields: nobody has to turn a calendar back by seventy years. */
export function BirthFields({ birthOn }: { birthOn: string | null }) {
  const t = useTranslations("intake.born");
  const typed = typedDayOf(birthOn);
  return (
    <fieldset id="birthOn" tabIndex={-1}>
      <legend className="sr-only">{t("title")}</legend>
      <p className="field-hint mb-2">{t("hint")}</p>
      <GroupError name="birthOn" />
      <div className="flex flex-wrap items-end gap-gap">
        {PARTS.map(({ name, word, width }) => (
          <Field key={name} name={name} label={t(word)} group="birthOn">
            <TextInput
              inputMode="numeric"
              maxLength={word === "year" ? 4 : 2}
              autoComplete={`bday-${word}`}
              defaultValue={typed[word]}
              className={width}
            />
          </Field>
        ))}
      </div>
    </fieldset>
  );
}
