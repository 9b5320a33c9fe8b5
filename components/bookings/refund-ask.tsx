import { useTranslations } from "next-intl";
import { DaySlider } from "@/components/bookings/day-slider";
import { LiveAsk } from "@/components/bookings/live-ask";
import { buttonClass } from "@/components/ui/button-look";
import { formatDay, formatMoney, sentenceStart } from "@/components/ui/format";
import { CANCEL_CAUSES } from "@/lib/bookings/refund-policy";
import type { RefundQuoteView } from "@/lib/bookings/views/refund-quote";

interface RefundAskProps {
  quote: RefundQuoteView;
  today: string;
  /** In how many days the trip would end, and at most. */
  after: number;
  left: number;
  locale: string;
}

/** A cause and a day before the treatment, and the sum in one sentence, which follows them. */
export function RefundAsk({ quote, today, after, left, locale }: RefundAskProps) {
  const t = useTranslations("my.refundAsk");
  const causes = useTranslations("causes");
  const sum = (amount: number) => formatMoney(BigInt(amount), quote.currency, locale);
  return (
    <LiveAsk>
      <div className="grid items-start gap-gap-m md:grid-cols-2">
        <label className="block space-y-1">
          <span className="block">{t("cause")}</span>
          <select className="control" name="cause" defaultValue={quote.cause}>
            {CANCEL_CAUSES.map((cause) => (
              <option key={cause} value={cause}>
                {sentenceStart(causes(cause), locale)}
              </option>
            ))}
          </select>
        </label>
        <DaySlider name="after" label={t("when")} today={today} after={after} left={left} locale={locale} />
      </div>
      <button type="submit" className={buttonClass("quiet")}>
        {t("show")}
      </button>
      <p className="text-lg group-data-pending/ask:opacity-60" aria-live="polite">
        {t("answer", {
          cause: causes(quote.cause as "death"),
          day: formatDay(quote.on, locale),
          back: sum(quote.due.amount),
          paid: sum(quote.total.paid.amount - quote.returned.amount),
        })}
      </p>
    </LiveAsk>
  );
}
