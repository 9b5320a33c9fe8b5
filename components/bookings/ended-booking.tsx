import { useLocale, useTranslations } from "next-intl";
import { formatDay } from "@/components/ui/format";
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
  /** Where every sum of it stands. */
  statement: string;
}

/** Says first that the last booking is over, why, and where its money is, before a new day is chosen. */
export function EndedBooking({ booking, statement }: EndedBookingProps) {
  const t = useTranslations("my.booking");
  const whys = useTranslations("my.booking.endedWhy");
  const locale = useLocale();
  const day = (at: Date) => formatDay(at.toISOString().slice(0, 10), locale);
  const cause = booking.cancelCause ?? "";
  return (
    <div className="mb-gap-l">
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
            {t("endedMoney")} <TextLink href={statement}>{t("endedStatement")}</TextLink>
          </p>
        ) : null}
      </Notice>
    </div>
  );
}
