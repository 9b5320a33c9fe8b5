import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { TextArea, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import type { RefundToHandle } from "@/lib/desk/queries/money";

export interface RefundActions {
  approve: FormAction;
  refuse: FormAction;
  settle: FormAction;
}

interface RefundActsProps {
  refund: RefundToHandle;
  /** Who looks: nobody approves what they proposed. */
  meId: string;
  actions: RefundActions;
}

/** What somebody of finance may do with a refund: approve it with its proof seen, refuse it with a reason, or say it was sent. */
export function RefundActs({ refund, meId, actions }: RefundActsProps) {
  const t = useTranslations("desk.money");
  const byBank = (
    <ActionForm action={actions.settle} className="max-w-sm space-y-gap">
      <input type="hidden" name="refundId" value={refund.id} />
      <Field name="bankReference" label={t("settleReference")}>
        <TextInput maxLength={140} autoComplete="off" dir="auto" required />
      </Field>
      <SubmitButton look="quiet">{t("settle")}</SubmitButton>
    </ActionForm>
  );
  if (refund.state === "approved" || refund.state === "sent") {
    return refund.method === "card" ? <span className="text-sm text-ink-soft">{t("onItsWay")}</span> : byBank;
  }
  return (
    <div className="max-w-sm space-y-gap">
      {refund.proposedById === meId ? (
        <p className="text-sm text-ink-soft">{t("ownProposal")}</p>
      ) : (
        <ActionForm action={actions.approve} className="space-y-gap">
          <input type="hidden" name="refundId" value={refund.id} />
          {refund.proof && refund.seenProof === null ? (
            <Field name="proof" label={t(`seen.${refund.proof}`)} hint={t("seenHint")}>
              <TextArea required rows={2} maxLength={500} />
            </Field>
          ) : null}
          <SubmitButton>{t("approve")}</SubmitButton>
        </ActionForm>
      )}
      {refund.state === "failed" ? byBank : <Refuse refundId={refund.id} action={actions.refuse} />}
    </div>
  );
}

function Refuse({ refundId, action }: { refundId: string; action: FormAction }) {
  const t = useTranslations("desk.money");
  return (
    <details>
      <summary className="link inline-flex min-h-control items-center">{t("refuse")}</summary>
      <ActionForm action={action} className="space-y-gap py-gap">
        <input type="hidden" name="refundId" value={refundId} />
        <Field name="reason" label={t("refuseReason")} hint={t("refuseHint")}>
          <TextArea required rows={3} maxLength={500} />
        </Field>
        <SubmitButton look="danger">{t("refuseDo")}</SubmitButton>
      </ActionForm>
    </details>
  );
}
