import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Select, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { KEY_SETS, type KeySet } from "@/lib/records/key-set";
import { measureNamed, printedUnit, unitsOf } from "@/lib/records/measure";

interface MeasurementFormProps {
  /** Files the numbers may have been read in. */
  files: readonly { id: string; filename: string }[];
  /** The set that stands open. */
  first: KeySet;
  action: FormAction;
  /** Today, the last day that can be chosen: YYYY-MM-DD. */
  today: string;
  /** Whose unsaved words are kept. */
  keep: string;
}

/** The numbers of one examination, set by set, each with the unit its report prints. */
export function MeasurementForm({ files, first, action, today, keep }: MeasurementFormProps) {
  const t = useTranslations("measures");
  const sets = Object.keys(KEY_SETS) as KeySet[];
  return (
    <ActionForm action={action} className="space-y-gap-m" keep={keep}>
      <div className="grid gap-gap sm:grid-cols-2">
        <Field name="measuredOn" label={t("form.day")}>
          <TextInput type="date" required max={today} />
        </Field>
        <Field
          name="method"
          label={t("form.method")}
          hint={t("form.methodHint")}
          optional={t("form.optional")}
        >
          <TextInput maxLength={120} dir="auto" />
        </Field>
        {files.length === 0 ? null : (
          <Field name="recordId" label={t("form.file")}>
            <Select
              empty={t("form.noFile")}
              options={files.map(({ id, filename }) => ({ value: id, label: filename }))}
            />
          </Field>
        )}
      </div>
      <div className="divide-y divide-line border-y border-line">
        {sets
          .toSorted((one, other) => Number(other === first) - Number(one === first))
          .map((set) => (
            <details key={set} open={set === first}>
              <summary className="link inline-flex min-h-control items-center py-1">
                {t(`sets.${set}`)}
              </summary>
              <div className="grid gap-x-gap-m gap-y-gap pb-gap-m sm:grid-cols-2 xl:grid-cols-3">
                {KEY_SETS[set].map((field) => (
                  <MeasureField key={field} field={field} />
                ))}
              </div>
            </details>
          ))}
      </div>
      <SubmitButton>{t("form.submit")}</SubmitButton>
    </ActionForm>
  );
}

function MeasureField({ field }: { field: (typeof KEY_SETS)[KeySet][number] }) {
  const t = useTranslations("measures");
  const measure = measureNamed(field);
  if (measure === null) return null;
  const name = t(`names.${field}`);
  const units = unitsOf(measure);
  const [only] = units;
  return (
    <Field name={`values.${field}.value`} label={<bdi>{name}</bdi>}>
      <div className="flex items-center gap-2">
        <TextInput inputMode="decimal" maxLength={12} autoComplete="off" dir="ltr" className="max-w-28" />
        {units.length === 1 ? (
          <>
            <input type="hidden" name={`values.${field}.unit`} value={only} />
            <bdi dir="ltr" className="text-ink-soft">
              {printedUnit(measure.unit)}
            </bdi>
          </>
        ) : (
          <Field
            name={`values.${field}.unit`}
            label={<span className="sr-only">{t("form.unit", { name })}</span>}
          >
            <Select
              className="w-auto"
              options={units.map((unit) => ({ value: unit, label: printedUnit(unit) }))}
              defaultValue={measure.unit}
            />
          </Field>
        )}
      </div>
    </Field>
  );
}
