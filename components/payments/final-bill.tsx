import { useLocale, useTranslations } from "next-intl";
import { DefinitionList } from "@/components/ui/facts";
import { formatDay, formatMoney } from "@/components/ui/format";
import type { FinalBillView } from "@/lib/payments/final-bill-view";

interface FinalBillProps {
  bill: FinalBillView;
  /** After a death nobody is asked for what is open. */
  isAsked?: boolean;
}

/** The hospital's final bill, what was paid of it, and what comes back or is still to pay; it adds up line by line. */
export function FinalBill({ bill, isAsked = true }: FinalBillProps) {
  const t = useTranslations("payments.finalBill");
  const locale = useLocale();
  const sum = ({ amount, currency }: FinalBillView["bill"]) => (
    <bdi>{formatMoney(BigInt(amount), currency, locale)}</bdi>
  );
  const facts = [
    { term: t("bill"), value: sum(bill.bill) },
    { term: t("paid"), value: sum(bill.paid) },
    ...(bill.back.amount > 0 ? [{ term: t(bill.isBack ? "cameBack" : "back"), value: sum(bill.back) }] : []),
    ...(bill.open.amount > 0 && isAsked ? [{ term: t("open"), value: sum(bill.open) }] : []),
  ];
  return (
    <div className="max-w-xl">
      <h3 className="mb-2 font-semibold">{t("title")}</h3>
      <p className="mb-2 max-w-prose text-ink-soft">
        {t(bill.stands ? "closed" : "anew", { day: formatDay(bill.closedOn, locale) })}
      </p>
      <DefinitionList facts={facts} />
    </div>
  );
}
