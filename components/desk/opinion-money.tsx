import { useLocale, useTranslations } from "next-intl";
import { StatedSum } from "@/components/desk/money-row";
import { ActionForm } from "@/components/ui/action-form";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { formatMoment } from "@/components/ui/format";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { DESK_ZONE } from "@/lib/desk/clock";
import type { OpinionRow } from "@/lib/reviews/read-opinions";

const TONES = {
  awaiting_payment: "still",
  paid: "info",
  delivered: "attention",
  released: "attention",
  paid_out: "good",
  returned: "still",
  cancelled: "still",
} as const;

export interface OpinionMoneyActs {
  release: FormAction;
  payOut: FormAction;
  payoutReturned: FormAction;
}

interface OpinionMoneyProps {
  opinions: readonly OpinionRow[];
  /** Who looks: nobody pays what they released. */
  meId: string;
  acts: OpinionMoneyActs;
}

/** Fees of second opinions: where each is, and what finance does with it next. */
export function OpinionMoney({ opinions, meId, acts }: OpinionMoneyProps) {
  const t = useTranslations("opinions");
  if (opinions.length === 0) return <p className="text-ink-soft">{t("desk.none")}</p>;
  return (
    <ul className="divide-y divide-line">
      {opinions.map((one) => (
        <li key={one.id} className="flex flex-wrap items-start gap-x-4 gap-y-2 py-gap">
          <span className="basis-40 space-y-1 font-semibold tabular">
            <StatedSum amountMinor={one.feeMinor} currency={one.currency} tone={TONES[one.state]}>
              {t(`desk.states.${one.state}`)}
            </StatedSum>
          </span>
          <div className="min-w-0 flex-1 basis-80">
            <p>
              <bdi>{t("number", { number: one.number })}</bdi>
            </p>
            <p>
              <bdi>{t("payee", { clinic: one.clinic.name, legalName: one.clinic.legalName })}</bdi>
            </p>
            <History one={one} />
          </div>
          <Acts one={one} isOwn={one.releasedById === meId} acts={acts} />
        </li>
      ))}
    </ul>
  );
}

function History({ one }: { one: OpinionRow }) {
  const t = useTranslations("opinions");
  const locale = useLocale();
  const when = (at: Date) => formatMoment(at, DESK_ZONE, locale);
  const { state, dueAt, deliveredAt, endCause, bankReference } = one;
  const refund = one.payments[0]?.refunds[0]?.state;
  return (
    <div className="text-sm text-ink-soft">
      {state === "paid" && dueAt ? <p>{t("dueAt", { when: when(dueAt) })}</p> : null}
      {deliveredAt ? <p>{t("deliveredAt", { when: when(deliveredAt) })}</p> : null}
      {endCause ? (
        <p>{endCause === "called_off" ? t("desk.calledOff") : t(`ends.${endCause as "declined"}`)}</p>
      ) : null}
      {refund ? <p>{t("refundState", { state: t(`refundStates.${refund}`) })}</p> : null}
      {bankReference ? <p>{t("desk.reference", { reference: bankReference })}</p> : null}
    </div>
  );
}

function Acts({ one, isOwn, acts }: { one: OpinionRow; isOwn: boolean; acts: OpinionMoneyActs }) {
  const t = useTranslations("opinions.desk");
  if (one.state === "delivered")
    return (
      <ActionForm action={acts.release} className="basis-72">
        <input type="hidden" name="opinionId" value={one.id} />
        <SubmitButton>{t("release")}</SubmitButton>
      </ActionForm>
    );
  if (one.state === "paid_out") return <PayoutReturned opinionId={one.id} action={acts.payoutReturned} />;
  if (one.state !== "released") return null;
  if (isOwn) return <p className="basis-72 text-sm text-ink-soft">{t("own")}</p>;
  return (
    <ActionForm action={acts.payOut} className="basis-72 space-y-gap">
      <input type="hidden" name="opinionId" value={one.id} />
      <Field name="bankReference" label={t("bankReference")}>
        <TextInput maxLength={140} autoComplete="off" dir="auto" required />
      </Field>
      <SubmitButton>{t("payOut")}</SubmitButton>
    </ActionForm>
  );
}

/** A payment to a centre may come back: its account was closed, or the number was wrong. */
function PayoutReturned({ opinionId, action }: { opinionId: string; action: FormAction }) {
  const t = useTranslations("opinions.desk");
  return (
    <details className="basis-72">
      <summary className="link inline-flex min-h-control items-center">{t("payoutReturned")}</summary>
      <ActionForm action={action} className="space-y-gap py-gap">
        <input type="hidden" name="opinionId" value={opinionId} />
        <Field name="bankReference" label={t("payoutReference")} hint={t("payoutHint")}>
          <TextInput maxLength={140} autoComplete="off" dir="auto" required />
        </Field>
        <SubmitButton look="quiet">{t("payoutReturnedDo")}</SubmitButton>
      </ActionForm>
    </details>
  );
}
