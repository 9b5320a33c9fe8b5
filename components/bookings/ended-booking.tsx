import { useLocale, useTranslations } from "next-intl";
import { formatDay, formatMoney } from "@/components/ui/format";
import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";

interface EndedBookingProps {
  booking: {
    number: string;
    clinic: { name: string };
    treatmentOn: Date;
    cancelledAt: Date | null;
    cancelCause: string | null;
    paidAt: Date | null;
  };
  /** What comes back of it, by how far it is; nothing where no sum is known. */
  back: readonly ReturningMoney[];
  /** Where every sum of it stands. */
  statement: string;
}

export interface ReturningMoney {
  state: "toCheck" | "onItsWay" | "sent" | "stuck";
  amount: number;
  currency: string;
  /** The day a second person has checked it by; null once that is done, or is late. */
  checkedBy: string | null;
}

/** Says first that the last booking is over, why, and where its money is, before a new day is chosen. */
export function EndedBooking({ booking, back, statement }: EndedBookingProps) {
  const t = useTranslations("my.booking");
  const whys = useTranslations("my.booking.endedWhy");
  const locale = useLocale();
  const day = (at: Date) => formatDay(at.toISOString().slice(0, 10), locale);
  const cause = booking.cancelCause ?? "";
  return (
    <div id="ended" className="scroll-mt-4">
      <Notice tone="info" title={t("ended", { number: booking.number })}>
        <p>
          {t("endedOn", {
            clinic: booking.clinic.name,
            day: day(booking.treatmentOn),
            on: booking.cancelledAt ? day(booking.cancelledAt) : "–",
            why: whys.has(cause as "death") ? whys(cause as "death") : whys("hold_expired"),
          })}
        </p>
        {booking.paidAt ? (
          <p>
            {back.length === 0 ? t("endedMoney") : null}
            {back.map(({ state, amount, currency, checkedBy }) => (
              <span key={`${state} ${currency}`} className="block">
                {t(`endedBack.${state === "toCheck" && checkedBy === null ? "late" : state}`, {
                  amount: formatMoney(BigInt(amount), currency, locale),
                  day: checkedBy ? formatDay(checkedBy, locale) : "–",
                })}
              </span>
            ))}{" "}
            <TextLink href={statement}>{t("endedStatement")}</TextLink>
          </p>
        ) : null}
      </Notice>
    </div>
  );
}
