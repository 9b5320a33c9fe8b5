import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { RadioGroup } from "@/components/ui/choices";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { RED_FLAG_QUESTIONS } from "@/lib/cases/intake";

interface FlagsStepProps {
  flags: Record<string, boolean | null> | null;
  action: FormAction;
}

export function FlagsStep({ flags, action }: FlagsStepProps) {
  const t = useTranslations("intake.flags");
  const options = [
    { value: "no", label: t("no") },
    { value: "yes", label: t("yes") },
  ];
  const unknown = { value: "unknown", label: t("notMeasured") };
  const given = (question: string) => {
    const answer = flags?.[question];
    if (answer === undefined) return undefined;
    return answer === null ? "unknown" : answer ? "yes" : "no";
  };
  return (
    <Card heading={t("title")}>
      <p className="mb-gap-m text-ink-soft">{t("lead")}</p>
      <ActionForm action={action}>
        {RED_FLAG_QUESTIONS.map((question) => (
          <RadioGroup
            key={question}
            name={question}
            legend={t(question)}
            options={question === "oxygenBelow92" ? [...options, unknown] : options}
            defaultValue={given(question)}
            required
          />
        ))}
        <SubmitButton>{t("submit")}</SubmitButton>
      </ActionForm>
    </Card>
  );
}
