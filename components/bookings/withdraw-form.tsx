import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { DefinitionList } from "@/components/ui/facts";
import { formatDay, formatMoment, formatMoney } from "@/components/ui/format";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import type { BookingView } from "@/lib/bookings/views/booking";

interface WithdrawFormProps {
  booking: BookingView;
  contract: BookingView["contracts"][number];
  /** Of contract B, if it ended today. */
  sums: Record<"kept" | "due" | "owed", { amount: number }>;
  locale: string;
  /** IANA name of the reader's zone. */
  zone: string;
  action: FormAction;
}

/** What is withdrawn from, what comes back and what stays, and one button that does it. */
export function WithdrawForm({ booking, contract, sums, locale, zone, action }: WithdrawFormProps) {
  const t = useTranslations("my.withdraw");
  const sum = ({ amount }: { amount: number }) => formatMoney(BigInt(amount), booking.currency, locale);
  const signed = contract.signedAt ? formatMoment(new Date(contract.signedAt), zone, locale) : "–";
  return (
    <Card heading={t("heading")}>
      <div className="space-y-gap-m">
        <p>{t("statement", { number: booking.number, name: contract.signedName ?? "–", when: signed })}</p>
        <p>{t("until", { day: formatDay(contract.withdrawableUntil ?? "", locale) })}</p>
        <DefinitionList
          facts={[
            { term: t("back"), value: sum(sums.due) },
            { term: t("kept"), value: sum({ amount: sums.kept.amount - sums.owed.amount }) },
            ...(sums.owed.amount > 0
              ? [{ term: t("owed"), value: sum(sums.owed), source: t("owedHow") }]
              : []),
          ]}
        />
        <p>{booking.state === "confirmed" ? t("dayStays") : t("dayEnds")}</p>
        <ActionForm action={action}>
          <SubmitButton look="danger">{t("confirm")}</SubmitButton>
        </ActionForm>
        <p>
          <TextLink href={`/${locale}/my/cases/${booking.caseId}/booking`}>{t("toBooking")}</TextLink>
        </p>
      </div>
    </Card>
  );
}
