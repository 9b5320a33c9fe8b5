import { useTranslations } from "next-intl";
import { formatDay, formatMoment } from "@/components/ui/format";
import type { BookingView } from "@/lib/bookings/views/booking";

interface MovedDaysProps {
  booking: Pick<BookingView, "moves" | "contracts">;
  zone: string;
  locale: string;
  /** Under a small heading, on the pages of staff. */
  isDense?: boolean;
}

/** Where the day went and by whom, and that a signed text keeps the day it names. Nothing for a booking that never moved. */
export function MovedDays({ booking: { moves, contracts }, zone, locale, isDense = false }: MovedDaysProps) {
  const t = useTranslations("newDays");
  const last = moves.at(-1);
  if (!last) return null;
  const roleOf = (role: string) => t(role === "coordinator" ? "roles.coordinator" : "roles.patient");
  const isOlder = contracts.some(({ signedAt }) => signedAt !== null && signedAt < last.movedAt);
  return (
    <section className="space-y-1">
      <h3 className={isDense ? "text-sm font-semibold" : "text-lg"}>{t("history")}</h3>
      <ul>
        {moves.map(({ fromOn, toOn, movedAt, byRole, byName }) => (
          <li key={movedAt}>
            {t("went", {
              ...{ from: formatDay(fromOn, locale), to: formatDay(toOn, locale) },
              ...{ when: formatMoment(new Date(movedAt), zone, locale), who: byName ?? roleOf(byRole) },
            })}
          </li>
        ))}
      </ul>
      {isOlder ? <p className="text-ink-soft">{t("keeps")}</p> : null}
    </section>
  );
}
