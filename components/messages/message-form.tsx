import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { TextArea } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { MESSAGE_MAX } from "@/lib/messages/message";

/** A message to the other side; what was typed stays when it could not be sent. */
export function MessageForm({ action }: { action: FormAction }) {
  const t = useTranslations("my.messages");
  return (
    <ActionForm action={action}>
      <Field name="body" label={t("write")}>
        <TextArea rows={4} required maxLength={MESSAGE_MAX} dir="auto" />
      </Field>
      <SubmitButton>{t("send")}</SubmitButton>
    </ActionForm>
  );
}
