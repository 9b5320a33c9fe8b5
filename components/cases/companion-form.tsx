import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Checkbox } from "@/components/ui/choices";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { Fieldset } from "@/components/ui/fieldset";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";

/** Asks one person to help; whoever helps with anything can read the case. */
export function CompanionForm({ action }: { action: FormAction }) {
  const t = useTranslations("companions");
  return (
    <ActionForm action={action}>
      <Field name="email" label={t("email")} hint={t("emailHint")}>
        <TextInput type="email" autoComplete="off" required />
      </Field>
      <Fieldset legend={t("may")} hint={t("always")}>
        <Checkbox name="message" label={t("message")} />
        <Checkbox name="upload" label={t("upload")} />
        <Checkbox name="pay" label={t("pay")} />
      </Fieldset>
      <SubmitButton>{t("send")}</SubmitButton>
    </ActionForm>
  );
}
