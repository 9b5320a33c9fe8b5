import { useTranslations } from "next-intl";
import { MessageLimit } from "@/components/messages/message-limit";
import { ActionForm } from "@/components/ui/action-form";
import { type Option, Select, TextArea } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Audience } from "@/lib/messages/message";

interface DeskMessageFormProps {
  audience: Audience;
  /** The centres that were asked, for the thread with a centre. */
  clinics: readonly Option[];
  action: FormAction;
  /** Who writes: what is not sent is kept for them. */
  writerId: string;
}

/** Writes into one thread; an internal note looks like one before anything is typed. */
export function DeskMessageForm({ audience, clinics, action, writerId }: DeskMessageFormProps) {
  const t = useTranslations("desk.messages");
  const isInternal = audience === "internal";
  if (audience === "centre" && clinics.length === 0) return <p className="text-ink-soft">{t("noClinics")}</p>;
  return (
    <div
      className={
        isInternal ? "rounded-md border border-dashed border-attention bg-attention-tint p-gap-m" : ""
      }
    >
      <ActionForm id={`message-${audience}`} action={action} className="space-y-gap" keep={writerId}>
        {isInternal ? <Notice tone="attention">{t("internalNote")}</Notice> : null}
        <input type="hidden" name="audience" value={audience} />
        {audience === "centre" ? (
          <Field name="clinic" label={t("clinic")}>
            <Select required options={clinics} />
          </Field>
        ) : null}
        <Field name="body" label={t("write")}>
          <TextArea required rows={4} />
        </Field>
        <MessageLimit />
        <SubmitButton>{isInternal ? t("sendInternal") : t("send")}</SubmitButton>
      </ActionForm>
    </div>
  );
}
