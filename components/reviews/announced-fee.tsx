import { useLocale, useTranslations } from "next-intl";
import { formatMoment } from "@/components/ui/format";
import type { BankAccount } from "@/lib/payments/bank-transfer";
import type { OpinionView } from "@/lib/payments/opinion-view";
import { amountInText } from "@/lib/payments/wording";

interface AnnouncedFeeProps {
  opinion: Pick<OpinionView, "announcedAt" | "number" | "fee">;
  account: BankAccount;
  zone: string;
}

/** That a fee was announced to come by bank, and all that is needed to send it, for whoever comes back to the page. */
export function AnnouncedFee({ opinion: { announcedAt, number, fee }, account, zone }: AnnouncedFeeProps) {
  const t = useTranslations("opinions");
  const locale = useLocale();
  if (announcedAt === null) return null;
  const amount = amountInText(BigInt(fee.amount), fee.currency, locale);
  return (
    <div className="max-w-prose text-base">
      <p className="font-semibold">
        {t("byBankSaid", { when: formatMoment(new Date(announcedAt), zone, locale) })}
      </p>
      <p>{t("byBankDone", { reference: number, amount, ...account })}</p>
    </div>
  );
}
