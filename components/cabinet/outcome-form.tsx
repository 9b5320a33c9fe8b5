import { useTranslations } from "next-intl";
import { SeenLine } from "@/components/cabinet/seen-line";
import { ActionForm } from "@/components/ui/action-form";
import { Select, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { OUTCOME_UNITS, type OutcomeLine } from "@/lib/clinics/forms/listing";
import { OUTCOME_METRICS } from "@/lib/clinics/outcome";
import { outcomeLine } from "@/lib/desk/forms/listing-lines";
import { TREATMENTS } from "@/lib/guides/treatment";

interface OutcomeFormProps {
  /** What names it stays as it is; left out for a new one. */
  line?: OutcomeLine;
  action: FormAction;
}

/** A result with the patients behind it, its year and its source. */
export function OutcomeForm({ line, action }: OutcomeFormProps) {
  const t = useTranslations("cabinet.results");
  const units = OUTCOME_UNITS.map((value) => ({ value, label: t(`units.${value}`) }));
  return (
    <ActionForm action={action} className="max-w-3xl space-y-gap">
      {line ? <SeenLine line={outcomeLine(line)} /> : null}
      {line ? <Named line={line} /> : <Naming />}
      <div className="grid grid-cols-2 gap-gap sm:grid-cols-3">
        <Field name="value" label={t("value")}>
          <TextInput required inputMode="decimal" dir="ltr" maxLength={12} defaultValue={line?.value} />
        </Field>
        <Field name="unit" label={t("unit")}>
          <Select required options={units} defaultValue={line?.unit ?? "percent"} />
        </Field>
        <Field name="n" label={t("n")}>
          <TextInput required type="number" min={1} max={1000000} defaultValue={line?.n} />
        </Field>
      </div>
      <Field name="source" label={t("source")} hint={t("sourceHint")}>
        <TextInput required maxLength={300} defaultValue={line?.source} />
      </Field>
      <SubmitButton look={line ? "quiet" : "primary"}>{line ? t("save") : t("addDo")}</SubmitButton>
    </ActionForm>
  );
}

function Named({ line }: { line: OutcomeLine }) {
  return (
    <>
      <input type="hidden" name="treatment" value={line.treatment} />
      <input type="hidden" name="metric" value={line.metric} />
      <input type="hidden" name="year" value={line.year} />
    </>
  );
}

function Naming() {
  const t = useTranslations("cabinet.results");
  const treatments = useTranslations("treatments");
  const metrics = useTranslations("clinics.metric");
  return (
    <div className="grid gap-gap sm:grid-cols-[1fr_1fr_7rem]">
      <Field name="treatment" label={t("treatment")}>
        <Select
          required
          empty={t("choose")}
          options={TREATMENTS.map((value) => ({ value, label: treatments(value) }))}
        />
      </Field>
      <Field name="metric" label={t("metric")}>
        <Select
          required
          empty={t("choose")}
          options={OUTCOME_METRICS.map((value) => ({ value, label: metrics(value) }))}
        />
      </Field>
      <Field name="year" label={t("year")}>
        <TextInput required type="number" min={1990} max={2100} />
      </Field>
    </div>
  );
}
