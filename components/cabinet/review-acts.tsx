import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Checkbox } from "@/components/ui/choices";
import { TextArea, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { ITEM_CODES } from "@/lib/records/checklist";

/** Asks the patient for more: lines of the checklist, or words of one's own. */
export function AskMoreForm({ action }: { action: FormAction }) {
  const t = useTranslations("cabinet.review");
  const words = useTranslations("records");
  return (
    <details>
      <summary className="link inline-flex min-h-control items-center">{t("ask")}</summary>
      <ActionForm action={action} className="space-y-gap py-gap">
        <p className="text-sm text-ink-soft">{t("askLead")}</p>
        <fieldset>
          <legend className="field-label">{t("askItems")}</legend>
          {ITEM_CODES.map((item) => (
            <Checkbox key={item} name={`items.${item}`} label={words(`items.${item}.title`)} />
          ))}
        </fieldset>
        <Field name="requests" label={t("askText")}>
          <TextArea rows={3} />
        </Field>
        <SubmitButton look="quiet">{t("askDo")}</SubmitButton>
      </ActionForm>
    </details>
  );
}

/** A reason and a button: to give no answer, or to take one back. */
export function ReasonForm({ kind, action }: { kind: "decline" | "reopen"; action: FormAction }) {
  const t = useTranslations("cabinet.review");
  const isDecline = kind === "decline";
  return (
    <details>
      <summary className="link inline-flex min-h-control items-center">
        {isDecline ? t("decline") : t("reopen")}
      </summary>
      <ActionForm action={action} className="space-y-gap py-gap">
        <p className="text-sm text-ink-soft">{isDecline ? t("declineLead") : t("reopenLead")}</p>
        <Field name="reason" label={isDecline ? t("declineReason") : t("reopenReason")}>
          <TextInput required maxLength={1000} />
        </Field>
        <SubmitButton look={isDecline ? "danger" : "quiet"}>
          {isDecline ? t("declineDo") : t("reopen")}
        </SubmitButton>
      </ActionForm>
    </details>
  );
}

/** One button with its sentence: to begin a review, or to sign second. */
export function OneStep({ lead, label, action }: { lead: string; label: string; action: FormAction }) {
  return (
    <ActionForm action={action} className="space-y-gap">
      <p className="text-sm text-ink-soft">{lead}</p>
      <SubmitButton>{label}</SubmitButton>
    </ActionForm>
  );
}
