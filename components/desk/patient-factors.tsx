import { useTranslations } from "next-intl";
import { Fold } from "@/components/desk/part-frame";
import { IdentityCheck } from "@/components/desk/identity-check";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";

/** For a patient who calls and has lost every factor: named by their exact address, never looked up in a list. */
export function PatientFactors({ action }: { action: FormAction }) {
  const t = useTranslations("staff.patient");
  return (
    <Card heading={t("title")} as="section">
      <p className="max-w-prose text-ink-soft">{t("lead")}</p>
      <ActionForm action={action} className="max-w-prose space-y-gap">
        <Fold title={t("open")}>
          <div className="space-y-gap-m">
            <Field name="email" label={t("email")} hint={t("emailHint")}>
              <TextInput type="email" required maxLength={320} autoComplete="off" />
            </Field>
            <IdentityCheck />
            <SubmitButton look="danger">{t("submit")}</SubmitButton>
          </div>
        </Fold>
      </ActionForm>
    </Card>
  );
}
