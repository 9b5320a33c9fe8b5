import { useLocale, useTranslations } from "next-intl";
import { formatMoment } from "@/components/ui/format";
import type { BookingView } from "@/lib/bookings/views/booking";
import type { BankAccount } from "@/lib/payments/bank-transfer";
import { amountInText } from "@/lib/payments/wording";

interface AnnouncedTransferProps {
  item: BookingView["plan"][number];
  /** What the payer writes with the transfer. */
  reference: string;
  account: BankAccount;
  zone: string;
}

/** That a transfer was announced, and all that is needed to send it, for whoever comes back to the page. */
export function AnnouncedTransfer({ item, reference, account, zone }: AnnouncedTransferProps) {
  const t = useTranslations("my.booking");
  const locale = useLocale();
  if (item.announcedAt === null) return null;
  const amount = amountInText(BigInt(item.open.amount), item.open.currency, locale);
  return (
    <div className="max-w-prose text-base">
      <p className="font-semibold">
        {t("byBankSaid", { when: formatMoment(new Date(item.announcedAt), zone, locale) })}
      </p>
      <p className="whitespace-pre-line">{t("byBankDone", { reference, amount, ...account })}</p>
    </div>
  );
}
