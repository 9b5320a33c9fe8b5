import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { RadioGroup } from "@/components/ui/choices";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { RED_FLAG_QUESTIONS } from "@/lib/cases/intake";

interface FlagsStepProps {
  flags: Record<string, boolean> | null;
  action: FormAction;
}

export function FlagsStep({ flags, action }: FlagsStepProps) {
  const t = useTranslations("intake.flags");
  const options = [
    { value: "no", label: t("no") },
    { value: "yes", label: t("yes") },
  ];
  const given = (question: string) => {
    const answer = flags?.[question];
    return answer === undefined ? undefined : answer ? "yes" : "no";
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
            options={options}
            defaultValue={given(question)}
            required
          />
        ))}
        <SubmitButton>{t("submit")}</SubmitButton>
      </ActionForm>
    </Card>
  );
}
