import { useTranslations } from "next-intl";
import type { PayerBooking } from "@/components/bookings/next-step";
import { OwedAgain } from "@/components/payments/owed-again";
import { formatDay } from "@/components/ui/format";
import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import type { BankAccount } from "@/lib/payments/bank-transfer";

interface TakenNoticeProps {
  booking: PayerBooking;
  locale: string;
  /** Where money comes through the bank; null where nobody has said. */
  account: BankAccount | null;
  /** Whether the reader may pay for it; who only reads along is not asked to. */
  mayPay?: boolean;
}

/** At the head of a booking: what the payer's bank took or asks for, what is owed again and how it is sent. */
export function TakenNotice({ booking, locale, account, mayPay = true }: TakenNoticeProps) {
  const t = useTranslations("my.booking");
  const { taken } = booking;
  if (!taken || taken.items.length === 0) return null;
  const messages = `/${locale}/my/cases/${booking.caseId}/messages`;
  const isOwed = taken.owed.length > 0 && mayPay;
  const day = formatDay(booking.treatmentOn, locale);
  return (
    <section id="taken" className="scroll-mt-4">
      <Notice tone="attention" title={t(isOwed ? "takenOwed" : taken.text ? "takenTitle" : "askedTitle")}>
        {taken.text ? <p className="max-w-prose">{taken.text}</p> : null}
        {taken.asked.text ? <p className="max-w-prose">{taken.asked.text}</p> : null}
        <p className="max-w-prose">
          {t(booking.state === "completed" ? "takenTreated" : "takenStands", { day })}
        </p>
        {isOwed ? (
          <OwedAgain owed={taken.owed} number={booking.number} account={account} messages={messages} />
        ) : !mayPay ? null : (
          <p className="max-w-prose">
            {t("takenWrong")} <TextLink href={messages}>{t("takenWrite")}</TextLink>
          </p>
        )}
      </Notice>
    </section>
  );
}
