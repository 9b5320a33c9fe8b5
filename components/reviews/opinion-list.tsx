import { useLocale, useTranslations } from "next-intl";
import { AnnouncedFee } from "@/components/reviews/announced-fee";
import { ActionForm } from "@/components/ui/action-form";
import { formatMoment, formatMoney } from "@/components/ui/format";
import type { FormState } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { StateTag } from "@/components/ui/tag";
import { TextLink } from "@/components/ui/text-link";
import type { BankAccount } from "@/lib/payments/bank-transfer";
import type { FeeRest } from "@/lib/payments/read-fee-rests";
import type { OpinionView } from "@/lib/payments/opinion-view";

const TONES = {
  awaiting_payment: "attention",
  paid: "info",
  delivered: "good",
  released: "good",
  paid_out: "good",
  returned: "attention",
  cancelled: "still",
} as const;

export interface OpinionActs {
  /** Null for somebody who may not pay. */
  pay: ((opinionId: string) => Promise<FormState>) | null;
  /** Says that the fee comes through the bank; the answer names account and reference. */
  byBank: ((opinionId: string) => Promise<FormState>) | null;
  /** Null for somebody who may not decide. */
  callOff: ((opinionId: string) => Promise<FormState>) | null;
}

interface OpinionListProps {
  opinions: readonly OpinionView[];
  /** What came by bank, pays no fee and is held for the payer. */
  rests: readonly FeeRest[];
  zone: string;
  answersPage: string;
  /** Where an announced fee goes; null where nobody has said. */
  account: BankAccount | null;
  acts: OpinionActs;
}

/** What was ordered, how it stands, and what can be done about it. */
export function OpinionList({ opinions, rests, zone, answersPage, account, acts }: OpinionListProps) {
  const t = useTranslations("opinions");
  const locale = useLocale();
  if (opinions.length === 0) return <p className="text-ink-soft">{t("none")}</p>;
  return (
    <ul className="divide-y divide-line">
      {opinions.map((opinion) => (
        <li key={opinion.id} className="space-y-gap py-gap first:pt-0">
          <p className="flex flex-wrap items-center gap-2">
            <bdi className="font-semibold">{opinion.clinic.name}</bdi>
            <StateTag tone={TONES[opinion.state]}>{t(`states.${opinion.state}`)}</StateTag>
          </p>
          <Facts opinion={opinion} zone={zone} />
          {account ? <AnnouncedFee opinion={opinion} account={account} zone={zone} /> : null}
          {rests
            .filter(({ opinionId }) => opinionId === opinion.id)
            .map(({ id, amountMinor, currency, isRest }) => (
              <p key={id}>
                {t(isRest ? "rest" : "stray", { amount: formatMoney(amountMinor, currency, locale) })}
              </p>
            ))}
          {opinion.deliveredAt ? <TextLink href={answersPage}>{t("read")}</TextLink> : null}
          <Acts opinion={opinion} acts={acts} />
        </li>
      ))}
    </ul>
  );
}

function Facts({ opinion, zone }: { opinion: OpinionView; zone: string }) {
  const t = useTranslations("opinions");
  const locale = useLocale();
  const when = (at: string) => formatMoment(new Date(at), zone, locale);
  const { number, state, payBy, dueAt, deliveredAt, endCause, refund, fee } = opinion;
  return (
    <div className="text-base text-ink-soft">
      <p className="tabular">
        <bdi>{t("number", { number })}</bdi>
        {", "}
        <bdi>{formatMoney(BigInt(fee.amount), fee.currency, locale)}</bdi>
      </p>
      {state === "awaiting_payment" ? <p>{t("payBy", { day: when(payBy) })}</p> : null}
      {state === "paid" && dueAt ? <p>{t("dueAt", { when: when(dueAt) })}</p> : null}
      {deliveredAt ? <p>{t("deliveredAt", { when: when(deliveredAt) })}</p> : null}
      {endCause ? <p>{t(`ends.${endCause}`)}</p> : null}
      {refund ? <p>{t("refundState", { state: t(`refundStates.${refund}`) })}</p> : null}
    </div>
  );
}

function Acts({ opinion, acts }: { opinion: OpinionView; acts: OpinionActs }) {
  const t = useTranslations("opinions");
  const locale = useLocale();
  const { id, state, reviewId, fee } = opinion;
  const isUnpaid = state === "awaiting_payment";
  const mayCallOff = isUnpaid || (state === "paid" && reviewId === null);
  return (
    <div className="flex flex-wrap gap-gap">
      {isUnpaid && acts.pay ? (
        <ActionForm action={acts.pay.bind(null, id)}>
          <SubmitButton>
            {t("pay", { amount: formatMoney(BigInt(fee.amount), fee.currency, locale) })}
          </SubmitButton>
        </ActionForm>
      ) : null}
      {isUnpaid && acts.byBank ? (
        <ActionForm action={acts.byBank.bind(null, id)}>
          <SubmitButton look="quiet">{t("byBank")}</SubmitButton>
        </ActionForm>
      ) : null}
      {mayCallOff && acts.callOff ? (
        <ActionForm action={acts.callOff.bind(null, id)}>
          <SubmitButton look="quiet">{isUnpaid ? t("callOff") : t("callOffPaid")}</SubmitButton>
        </ActionForm>
      ) : null}
    </div>
  );
}
