import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { RadioGroup } from "@/components/ui/choices";
import { Select, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import {
  feelingOf,
  type ReportValue,
  SYMPTOM_ANSWERS,
  SYMPTOM_CODES,
  type SymptomCode,
  unitsOf,
  unitWord,
  VALUE_CODES,
  type ValueCode,
} from "@/lib/cases/feeling";

interface FeelingStepProps {
  draft: { symptoms: unknown; values: unknown };
  locale: string;
  action: FormAction;
  skip: () => Promise<void>;
}

/** What one can say without a doctor, and what stands in the last report. Nothing here must be answered. */
export function FeelingStep({ draft, locale, action, skip }: FeelingStepProps) {
  const t = useTranslations("intake.feeling");
  const { symptoms, values } = feelingOf(draft);
  return (
    <Card heading={t("title")}>
      <p className="mb-gap text-ink-soft">{t("lead")}</p>
      <form action={skip} className="mb-gap-m">
        <SubmitButton look="quiet">{t("skip")}</SubmitButton>
      </form>
      <ActionForm action={action}>
        <h3 className="text-lg">{t("about")}</h3>
        <Breath given={symptoms.nyha} locale={locale} />
        {SYMPTOM_CODES.filter((code) => code !== "nyha").map((code) => (
          <Symptom key={code} code={code} given={symptoms[code]} />
        ))}
        <h3 className="text-lg">{t("values")}</h3>
        <p className="text-ink-soft">{t("valuesLead")}</p>
        {VALUE_CODES.map((code) => (
          <Measured key={code} code={code} given={values[code]} />
        ))}
        <SubmitButton>{t("submit")}</SubmitButton>
      </ActionForm>
    </Card>
  );
}

function Breath({ given, locale }: { given: string | undefined; locale: string }) {
  const t = useTranslations("intake.feeling");
  const hint = <TextLink href={`/${locale}/start?step=flags`}>{t("restHint")}</TextLink>;
  const options = SYMPTOM_ANSWERS.nyha.map((value) => ({
    value,
    label: t(`answer.nyha.${value}`),
    ...(value === "IV" ? { hint } : {}),
  }));
  return (
    <RadioGroup
      name="symptoms.nyha"
      legend={t("question.nyha")}
      options={[...options, { value: "", label: t("noAnswer") }]}
      defaultValue={given ?? ""}
    />
  );
}

function Symptom({ code, given }: { code: SymptomCode; given: string | undefined }) {
  const t = useTranslations("intake.feeling");
  const options = SYMPTOM_ANSWERS[code].map((value) => ({
    value,
    label: t(`answer.${code}.${value}` as "answer.stairs.one"),
  }));
  return (
    <Field name={`symptoms.${code}`} label={t(`question.${code}`)}>
      <Select options={options} empty={t("noAnswer")} defaultValue={given ?? ""} />
    </Field>
  );
}

function Measured({ code, given }: { code: ValueCode; given: ReportValue | undefined }) {
  const t = useTranslations("intake.feeling");
  const units = unitsOf(code).map((value) => ({ value, label: unitWord(value) }));
  const [only] = units;
  const value = t(`value.${code}`);
  return (
    <Field name={`values.${code}`} label={value}>
      <div className="grid grid-cols-[minmax(0,1fr)_7rem] items-end gap-gap">
        <TextInput inputMode="decimal" maxLength={12} autoComplete="off" defaultValue={given?.value ?? ""} />
        {units.length === 1 ? (
          <span className="flex min-h-control items-center">{only?.label}</span>
        ) : (
          <Field name={`unit.${code}`} label={<span className="sr-only">{t("unit", { value })}</span>}>
            <Select options={units} defaultValue={given?.unit ?? only?.value} />
          </Field>
        )}
      </div>
    </Field>
  );
}
