import { useTranslations } from "next-intl";
import { RecallActs } from "@/components/desk/recall-acts";
import { SecondWord } from "@/components/desk/second-word";
import { ActionForm } from "@/components/ui/action-form";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ReleaseRow } from "@/lib/payments/read-releases";

export interface ReleaseActions {
  approve: FormAction;
  refuse: FormAction;
  pay: FormAction;
  recall: FormAction;
  confirmRecall: FormAction;
  refuseRecall: FormAction;
  /** Where its payee is paid: written down by one, confirmed or refused by another. */
  account: { propose: FormAction; approve: FormAction; refuse: FormAction };
}

interface ReleaseActsProps {
  release: ReleaseRow;
  /** Who looks: nobody approves or confirms what they proposed. */
  meId: string;
  actions: ReleaseActions;
}

/** What can be done with a release: approve or refuse it, write down the bank's payment, or take it back. */
export function ReleaseActs({ release, meId, actions }: ReleaseActsProps) {
  const { id, state, recall, proposedById } = release;
  if (recall?.state === "proposed") return <RecallActs recall={recall} meId={meId} actions={actions} />;
  if (state === "proposed")
    return <Answer release={release} isOwn={proposedById === meId} actions={actions} />;
  if (state !== "approved" && state !== "paid") return null;
  return (
    <div className="w-full max-w-sm space-y-gap">
      {state === "approved" ? <Pay releaseId={id} action={actions.pay} /> : null}
      <Recall releaseId={id} wasPaid={state === "paid"} action={actions.recall} />
    </div>
  );
}

function Answer({
  release: { id, account, accountWaits },
  isOwn,
  actions,
}: {
  release: ReleaseRow;
  isOwn: boolean;
  actions: ReleaseActions;
}) {
  const t = useTranslations("books.releases");
  const blocked = accountWaits ? t("account.blockedWaits") : t("account.blockedNone");
  return (
    <div className="w-full max-w-sm space-y-gap">
      <SecondWord
        name="releaseId"
        id={id}
        isOwn={isOwn}
        words={{
          ...{ own: t("own"), approve: t("approve"), refuse: t("refuse") },
          ...{ reason: t("reason"), refuseDo: t("refuseDo") },
        }}
        actions={actions}
        {...(account && !accountWaits ? { shown: { name: "accountId", value: account.id } } : { blocked })}
      />
    </div>
  );
}

function Pay({ releaseId, action }: { releaseId: string; action: FormAction }) {
  const t = useTranslations("books.releases");
  return (
    <ActionForm action={action} className="space-y-gap">
      <input type="hidden" name="releaseId" value={releaseId} />
      <Field name="bankReference" label={t("bankReference")}>
        <TextInput maxLength={140} autoComplete="off" dir="auto" required />
      </Field>
      <SubmitButton>{t("pay")}</SubmitButton>
    </ActionForm>
  );
}

/** Before the bank has it, a release is taken back; afterwards only what came back is written down. */
function Recall({ releaseId, wasPaid, action }: { releaseId: string; wasPaid: boolean; action: FormAction }) {
  const t = useTranslations("books.releases.recall");
  const kind = wasPaid ? "returned" : "withdrawn";
  return (
    <details>
      <summary className="link inline-flex min-h-11 items-center">{t(`ask.${kind}`)}</summary>
      <ActionForm action={action} className="space-y-gap">
        <input type="hidden" name="releaseId" value={releaseId} />
        {wasPaid ? (
          <Field name="evidence" label={t("evidence")}>
            <TextInput maxLength={140} autoComplete="off" dir="auto" required />
          </Field>
        ) : null}
        <Field name="reason" label={t("reason")}>
          <TextInput maxLength={500} autoComplete="off" dir="auto" required />
        </Field>
        <SubmitButton look="quiet">{t("propose")}</SubmitButton>
      </ActionForm>
    </details>
  );
}
