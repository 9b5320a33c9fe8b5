import { useLocale, useTranslations } from "next-intl";
import { formatClock, formatDay, formatList, formatMoment } from "@/components/ui/format";
import { dayIn } from "@/lib/kernel/day";

interface PlaceTimeProps {
  at: string;
  /** IANA name of the zone of the place. */
  zone: string;
  /** The city it happens in; without one the zone is named instead. */
  place: string | null;
  /** The reader's zone as their browser told it; null while it has not. */
  readerZone: string | null;
}

/** An appointment at a place, by the clock that hangs there: "8 Dec 2026, 10:00 in Cologne (13:00 for you)". */
export function PlaceTime({ at, zone, place, readerZone }: PlaceTimeProps) {
  const t = useTranslations("my.booking");
  const locale = useLocale();
  const moment = new Date(at);
  const dated = (where: string) =>
    formatList([formatDay(dayIn(where, moment), locale), formatClock(moment, where, locale)], locale);
  const there = place ? t("atPlace", { when: dated(zone), place }) : formatMoment(moment, zone, locale);
  if (readerZone === null || dated(readerZone) === dated(zone)) return <time dateTime={at}>{there}</time>;
  const isSameDay = dayIn(readerZone, moment) === dayIn(zone, moment);
  const here = isSameDay ? formatClock(moment, readerZone, locale) : dated(readerZone);
  return <time dateTime={at}>{t("forYou", { there, here })}</time>;
}
