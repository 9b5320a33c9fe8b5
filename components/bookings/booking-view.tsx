import { useTranslations } from "next-intl";
import { BookingBar } from "@/components/bookings/booking-bar";
import { CancelForm } from "@/components/bookings/cancel-form";
import { CarePlan } from "@/components/bookings/care-plan";
import { ContractCard } from "@/components/bookings/contract-card";
import { MoveForm } from "@/components/bookings/move-form";
import { MovedDays } from "@/components/bookings/moved-days";
import { PlanList } from "@/components/bookings/plan-list";
import { PlanSums } from "@/components/bookings/plan-sums";
import type { PayerBooking } from "@/components/bookings/next-step";
import { isAllTaken, RefundList } from "@/components/bookings/refund-list";
import { TakenNotice } from "@/components/bookings/taken-notice";
import { Card } from "@/components/ui/card";
import { formatBasisPoints, formatDay, formatList, formatMoment, formatMoney } from "@/components/ui/format";
import type { FormAction, FormState } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import { matrixOf } from "@/lib/bookings/refund-matrix";
import { type BookingView as Booking, isPaidInPart } from "@/lib/bookings/views/booking";
import type { RefundQuoteView } from "@/lib/bookings/views/refund-quote";
import type { BankAccount } from "@/lib/payments/bank-transfer";

/** Acts are absent for somebody who helps and may not do them. */
export interface BookingActs {
  sign: FormAction | null;
  pay: ((planItemId: string) => Promise<FormState>) | null;
  payPart: FormAction | null;
  announce: ((planItemId: string) => Promise<FormState>) | null;
  cancel: FormAction | null;
  /** Another day, where the booking may move, and the days that are free. */
  move: {
    action: FormAction;
    days: readonly { slotId: string; on: string }[] | "late" | "signed";
  } | null;
}

interface BookingViewProps {
  booking: PayerBooking;
  quotes: readonly RefundQuoteView[];
  locale: string;
  /** The city of the centre. */
  place: string | null;
  /** The reader's zone as their browser told it: what people did is told by it, appointments by their place. */
  readerZone: string | null;
  /** Where announced transfers go; null where nobody has said. */
  account: BankAccount | null;
  acts: BookingActs;
}

/** A booking from hold to confirmation: what is next stands first, then contracts, payments, care plan, refund rules. */
export function BookingView({ booking, quotes, locale, acts, ...shown }: BookingViewProps) {
  const { place, readerZone, account } = shown;
  const { sign, pay, payPart, announce, cancel, move } = acts;
  const zone = readerZone ?? booking.timeZone;
  const t = useTranslations("my.booking");
  const states = useTranslations("bookingStates");
  const isOpen = booking.state === "held" || booking.state === "awaiting_deposit";
  return (
    <div className="space-y-gap-l">
      <Notice tone={booking.state === "confirmed" ? "good" : "info"} title={states(booking.state)} live>
        <p>{formatList([booking.clinicName, formatDay(booking.treatmentOn, locale)], locale)}</p>
        {isOpen && booking.holdExpiresAt ? (
          <p>{t("held", { when: formatMoment(new Date(booking.holdExpiresAt), zone, locale) })}</p>
        ) : null}
        {booking.state === "awaiting_centre" ? <p>{t("waiting")}</p> : null}
        {booking.state === "confirmed" ? <p>{t("confirmed")}</p> : null}
      </Notice>
      <TakenNotice booking={booking} locale={locale} account={account} mayPay={pay !== null} />
      <Withdrawn booking={booking} zone={zone} locale={locale} />
      <section id="contracts" className="scroll-mt-4">
        <Card heading={t("contracts")}>
          <div className="space-y-gap-l">
            <MovedDays booking={booking} zone={zone} locale={locale} />
            {booking.state === "held" && booking.regime !== "LIKELY_NOT_PACKAGE" ? (
              <Notice tone="info">
                <p>{t(`regimes.${booking.regime}`)}</p>
              </Notice>
            ) : null}
            {booking.contracts.map((contract) => (
              <ContractCard
                key={contract.kind}
                contract={contract}
                slotId={booking.slotId}
                zone={zone}
                locale={locale}
                action={booking.state === "held" && booking.regime !== "LEGAL_REVIEW" ? sign : null}
                withdraw={sign ? `/${locale}/my/cases/${booking.caseId}/booking/withdraw` : null}
              />
            ))}
          </div>
        </Card>
      </section>
      <section id="payments" className="scroll-mt-4">
        <Card heading={t("plan")}>
          <PlanSums booking={booking} locale={locale} />
          {booking.state === "completed" ? null : (
            <RefundLine
              quotes={quotes}
              isPlanned={!isPaidInPart(booking)}
              currency={booking.currency}
              locale={locale}
            />
          )}
          <PlanList
            booking={booking}
            locale={locale}
            pay={pay}
            payPart={payPart}
            announce={announce}
            account={account}
            zone={zone}
          />
        </Card>
      </section>
      <section id="care" className="scroll-mt-4">
        <Card heading={t("care")}>
          <CarePlan booking={booking} locale={locale} place={place} readerZone={readerZone} />
        </Card>
      </section>
      {booking.state === "completed" ? null : (
        <section id="refund" className="scroll-mt-4">
          <Card heading={t("refund")}>
            <p className="mb-gap max-w-prose text-ink-soft">
              {t("refundLead", sliceShares(booking.policyVersion, locale))}
            </p>
            {isPaidInPart(booking) ? null : <p className="mb-gap-m text-ink-soft">{t("plannedLead")}</p>}
            <RefundList
              quotes={quotes}
              basis={isPaidInPart(booking) ? "paid" : "planned"}
              currency={booking.currency}
              locale={locale}
            />
            <p className="mt-gap">
              <a className="link" href={`/${locale}/my/cases/${booking.caseId}/booking/refund`}>
                {t("refundAsk")}
              </a>
            </p>
          </Card>
        </section>
      )}
      {move ? (
        <MoveForm
          days={move.days}
          isHold={booking.state === "held"}
          fromSlotId={booking.slotId}
          locale={locale}
          reader="patient"
          action={move.action}
        />
      ) : null}
      {booking.state === "completed" || cancel === null ? null : (
        <details>
          <summary className="link inline-flex min-h-11 items-center">{t("cancel")}</summary>
          <CancelForm
            quotes={quotes}
            unpaid={!isPaidInPart(booking)}
            currency={booking.currency}
            locale={locale}
            action={cancel}
          />
        </details>
      )}
      <BookingBar booking={booking} locale={locale} may={{ sign: sign !== null, pay: pay !== null }} />
    </div>
  );
}

/** What became of a withdrawal, where the day at the centre stays. */
function Withdrawn({ booking, zone, locale }: { booking: Booking; zone: string; locale: string }) {
  const t = useTranslations("my.withdraw");
  const contract = booking.contracts.find((one) => one.withdrawnAt !== null);
  if (!contract?.withdrawnAt) return null;
  return (
    <Notice
      tone="info"
      title={t("arrived", { when: formatMoment(new Date(contract.withdrawnAt), zone, locale) })}
    >
      <p>{t("arrivedWhat")}</p>
      <p>
        {t("arrivedMoney")}{" "}
        <TextLink href={`/${locale}/my/cases/${booking.caseId}/statement`}>{t("toStatement")}</TextLink>
      </p>
    </Notice>
  );
}

/** How much of the fee each slice is, as the calculator counts it. */
function sliceShares(policyVersion: string, locale: string) {
  const share = (percent: number) => formatBasisPoints(percent * 100, locale);
  const { papers, arrival, return: back, settlement } = matrixOf(policyVersion).feeSlices;
  return {
    ...{ papers: share(papers), arrival: share(arrival), return: share(back) },
    settlement: share(settlement),
  };
}

interface RefundLineProps {
  quotes: readonly RefundQuoteView[];
  /** Nothing was paid yet: the sums are of all that is planned. */
  isPlanned: boolean;
  currency: string;
  locale: string;
}

/** Beside every payment, in one line: what would come back, and the way to all the reasons. */
function RefundLine({ quotes, isPlanned, currency, locale }: RefundLineProps) {
  const t = useTranslations("my.booking");
  if (quotes.length === 0) return null;
  const sums = quotes.map((quote) => quote.refund.amount).toSorted((one, other) => one - other);
  const sum = (amount = 0) => formatMoney(BigInt(amount), currency, locale);
  // What the bank has is told at the head of the page, and in one sentence below.
  if (isAllTaken(quotes)) return null;
  return (
    <p className="mb-gap-m text-base">
      {t(isPlanned ? "refundLinePlanned" : "refundLine", { low: sum(sums[0]), high: sum(sums.at(-1)) })}{" "}
      <a href="#refund" className="link">
        {t("refundLink")}
      </a>
    </p>
  );
}
