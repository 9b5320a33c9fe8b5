import { useTranslations } from "next-intl";
import { useCodeWords } from "@/components/people/code-words";
import { CodeInput } from "@/components/people/code-input";
import { UntilCodes } from "@/components/people/until-codes";
import { ActionForm } from "@/components/ui/action-form";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";

interface ProvenFormProps {
  action: FormAction;
  submit: string;
  look?: "quiet" | "danger";
}

/** One act on one's own factors, sent together with a fresh code. */
export function ProvenForm({ action, submit, look = "quiet" }: ProvenFormProps) {
  const t = useTranslations("secondFactor.step");
  return (
    <ActionForm action={action} className="space-y-gap-m">
      <UntilCodes words={useCodeWords()}>
        <Field name="code" label={t("code")} hint={t("anyHint")}>
          <CodeInput digitsOnly={false} />
        </Field>
        <SubmitButton look={look}>{submit}</SubmitButton>
      </UntilCodes>
    </ActionForm>
  );
}
