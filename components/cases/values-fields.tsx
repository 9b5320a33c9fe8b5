import { useTranslations } from "next-intl";
import { Select, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import {
  feelingOf,
  type ReportValue,
  unitsOf,
  unitWord,
  VALUE_CODES,
  type ValueCode,
} from "@/lib/cases/feeling";

/** What stands in the last report, each with the unit it is printed in. */
export function ValuesFields({ draft }: { draft: { symptoms: unknown; values: unknown } }) {
  const { values } = feelingOf(draft);
  return VALUE_CODES.map((code) => <Measured key={code} code={code} given={values[code]} />);
}

function Measured({ code, given }: { code: ValueCode; given: ReportValue | undefined }) {
  const t = useTranslations("intake.feeling");
  const units = unitsOf(code).map((value) => ({ value, label: unitWord(value) }));
  const [only] = units;
  const value = t(`value.${code}`);
  return (
    <Field name={`values.${code}`} label={value}>
      <div className="flex flex-wrap items-end gap-gap [&>input]:flex-1 [&>input]:basis-28">
        <TextInput inputMode="decimal" maxLength={12} autoComplete="off" defaultValue={given?.value ?? ""} />
        {units.length === 1 ? (
          <bdi dir="ltr" className="flex min-h-control items-center">
            {only?.label}
          </bdi>
        ) : (
          <Field name={`unit.${code}`} label={<span className="sr-only">{t("unit", { value })}</span>}>
            <Select options={units} defaultValue={given?.unit ?? only?.value} />
          </Field>
        )}
      </div>
    </Field>
  );
}
