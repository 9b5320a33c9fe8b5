import { useTranslations } from "next-intl";
import { type PayerBooking, sumsOfPlan } from "@/components/bookings/next-step";
import { formatMoney } from "@/components/ui/format";

/** Above the instalments: what is paid, what is open, and what they make together. */
export function PlanSums({ booking, locale }: { booking: PayerBooking; locale: string }) {
  const t = useTranslations("my.booking");
  const sums = sumsOfPlan(booking);
  const [paid, open, all] = [sums.paid, sums.open, sums.paid + sums.open].map((amount) =>
    formatMoney(BigInt(amount), booking.currency, locale),
  );
  const words = { paid: paid ?? "", open: open ?? "", all: all ?? "" };
  const lost = booking.taken?.lost.amount ?? 0;
  return (
    <>
      <p className="font-semibold">{sums.open > 0 ? t("planSums", words) : t("planPaid", words)}</p>
      {lost > 0 ? (
        <p className="text-base">
          {t("planTaken", { sum: formatMoney(BigInt(lost), booking.currency, locale) })}
        </p>
      ) : null}
    </>
  );
}
