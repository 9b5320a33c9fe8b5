import { useTranslations } from "next-intl";
import { PlaceTime } from "@/components/bookings/place-time";
import { formatWeekday } from "@/components/ui/format";
import { standingPlan } from "@/lib/bookings/standing-plan";
import type { BookingView } from "@/lib/bookings/views/booking";

interface CarePlanProps {
  booking: BookingView;
  locale: string;
  /** The city of the centre; without it times name their zone. */
  place?: string | null;
  /** The reader's zone as their browser told it, for whoever lives by another clock. */
  readerZone?: string | null;
}

/** Who comes when: rides, interpreter, medicines, each by the clock of its place. */
export function CarePlan({ booking, locale, place = null, readerZone = null }: CarePlanProps) {
  const t = useTranslations("my.booking");
  const words = useTranslations("carePlan");
  const kinds = useTranslations("lineKinds");
  const plan = standingPlan(booking);
  return (
    <ul className="divide-y divide-line">
      <li className="py-gap font-semibold">
        {t("treatmentOn", { clinic: booking.clinicName, day: formatWeekday(booking.treatmentOn, locale) })}
      </li>
      {plan.transfers.map((transfer) => (
        <li key={transfer.id} className="py-gap">
          {t("transfer", { direction: words(`direction.${transfer.direction}` as "direction.arrival") })} ·{" "}
          <PlaceTime at={transfer.pickupAt} zone={transfer.timeZone} place={place} readerZone={readerZone} />
        </li>
      ))}
      {plan.interpreters.map((talk) => (
        <li key={talk.id} className="py-gap">
          {t("interpreter", { purpose: words(`purpose.${talk.purpose}` as "purpose.consent_talk") })} ·{" "}
          <PlaceTime at={talk.startsAt} zone={talk.timeZone} place={place} readerZone={readerZone} />
        </li>
      ))}
      {plan.shipments.map((shipment) => (
        <li key={shipment.id} className="py-gap">
          {t("supply")}: {t(shipment.mode as "carry")}
        </li>
      ))}
      {plan.services.filter(isNotShownAbove).map((service) => (
        <li key={service.lineId} className="py-gap text-ink-soft">
          {service.label ??
            (kinds.has(service.kind as "other") ? kinds(service.kind as "other") : service.kind)}
        </li>
      ))}
    </ul>
  );
}

/** Rides, talks and medicines stand in the plan with their times; the treatment and the fee are no appointments. */
function isNotShownAbove({ kind }: BookingView["services"][number]): boolean {
  return ![
    "treatment",
    "operator_fee",
    "transfer_arrival",
    "transfer_return",
    "interpreter",
    "medicine_supply",
  ].includes(kind);
}
