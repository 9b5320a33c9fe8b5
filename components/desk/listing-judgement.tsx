import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { TextArea } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";

interface ListingJudgementProps {
  approve: FormAction;
  ask: FormAction;
  reject: FormAction;
}

/** Publishing a proposal, sending it back with reasons, or turning it down. */
export function ListingJudgement({ approve, ask, reject }: ListingJudgementProps) {
  const t = useTranslations("desk.listings");
  const judge = useTranslations("cabinet.judge");
  return (
    <div className="max-w-3xl space-y-gap border-t border-line pt-gap-m">
      <ActionForm action={approve} className="space-y-gap">
        <p className="text-ink-soft">{judge("approveLead")}</p>
        <SubmitButton>{t("approve")}</SubmitButton>
      </ActionForm>
      <details>
        <summary className="link inline-flex min-h-control items-center">{t("ask")}</summary>
        <ActionForm id="ask" action={ask} className="space-y-gap py-gap">
          <p className="text-ink-soft">{judge("askLead")}</p>
          <Field name="reason" label={t("reason")}>
            <TextArea rows={3} maxLength={2000} />
          </Field>
          <SubmitButton look="quiet">{t("askDo")}</SubmitButton>
        </ActionForm>
      </details>
      <details>
        <summary className="link inline-flex min-h-control items-center">{judge("reject")}</summary>
        <ActionForm action={reject} className="space-y-gap py-gap">
          <p className="text-ink-soft">{judge("rejectLead")}</p>
          <Field name="reason" label={judge("rejectReason")}>
            <TextArea required rows={3} maxLength={2000} />
          </Field>
          <SubmitButton look="danger">{judge("rejectDo")}</SubmitButton>
        </ActionForm>
      </details>
    </div>
  );
}
