import { useTranslations } from "next-intl";
import { MessageLimit } from "@/components/messages/message-limit";
import { ActionForm } from "@/components/ui/action-form";
import { TextArea } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";

interface MessageFormProps {
  action: FormAction;
  /** Whose unsent words are kept in this tab. */
  writerId: string;
}

/**
 * A message to the other side, always within reach of the thumb; what was typed stays when it could not be sent. On a
 * very low screen, or with large letters, it lies in the page instead of over it.
 */
export function MessageForm({ action, writerId }: MessageFormProps) {
  const t = useTranslations("my.messages");
  return (
    <div className="-mx-4 border-t border-line bg-paper px-4 py-3 [@media(min-height:32rem)]:sticky [@media(min-height:32rem)]:bottom-0">
      <ActionForm
        action={action}
        keep={writerId}
        className="flex flex-wrap items-end gap-x-gap gap-y-2 [&>div]:min-w-0 [&>div]:flex-[1_1_14rem] [&>[role]]:flex-[1_1_100%]"
      >
        <Field name="body" label={t("write")}>
          <TextArea rows={2} required dir="auto" className="max-h-40 field-sizing-content" />
        </Field>
        <SubmitButton>{t("send")}</SubmitButton>
        <MessageLimit />
      </ActionForm>
    </div>
  );
}
