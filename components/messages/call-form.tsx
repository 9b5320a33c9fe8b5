import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { TextArea, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";

interface CallFormProps {
  /** The number the patient gave, or nothing. */
  phone: string;
  action: FormAction;
}

/** A patient asks to be rung up. */
export function CallForm({ phone, action }: CallFormProps) {
  const t = useTranslations("calls");
  return (
    <ActionForm action={action}>
      <Field name="phone" label={t("phone")}>
        <TextInput type="tel" autoComplete="tel" inputMode="tel" dir="ltr" defaultValue={phone} required />
      </Field>
      <Field name="wish" label={t("wish")} hint={t("wishHint")}>
        <TextArea rows={3} maxLength={500} />
      </Field>
      <SubmitButton>{t("submit")}</SubmitButton>
    </ActionForm>
  );
}
