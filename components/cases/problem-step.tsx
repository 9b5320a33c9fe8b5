import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { Select, TextArea, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";

interface ProblemStepProps {
  draft: { problem: string | null; treatment: string | null; birthOn: string | null };
  treatments: readonly string[];
  /** Of the page somebody came from. */
  wished: string | undefined;
  action: FormAction;
}

export function ProblemStep({ draft, treatments, wished, action }: ProblemStepProps) {
  const t = useTranslations("intake.problem");
  const common = useTranslations("common.form");
  const names = useTranslations("treatments");
  const options = treatments.map((value) => ({
    value,
    label: value === "not-sure" ? t("notSure") : names(value as Parameters<typeof names>[0]),
  }));
  return (
    <Card heading={t("title")}>
      <ActionForm action={action}>
        <Field name="problem" label={t("text")} hint={t("textHint")}>
          <TextArea rows={6} required maxLength={4000} defaultValue={draft.problem ?? ""} />
        </Field>
        <Field name="treatment" label={t("treatment")}>
          <Select options={options} defaultValue={draft.treatment ?? wished ?? "not-sure"} />
        </Field>
        <Field name="birthOn" label={t("birthOn")} hint={t("birthHint")} optional={common("optional")}>
          <TextInput type="date" min="1900-01-01" autoComplete="bday" defaultValue={draft.birthOn ?? ""} />
        </Field>
        <SubmitButton>{t("submit")}</SubmitButton>
      </ActionForm>
    </Card>
  );
}
