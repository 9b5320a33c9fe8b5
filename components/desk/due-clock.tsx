import { useLocale, useTranslations } from "next-intl";
import { ClockArc } from "@/components/ui/clock-arc";
import { formatMoment } from "@/components/ui/format";
import { clockOf, type Clocked, DESK_ZONE, distanceTo, isPaused } from "@/lib/desk/clock";

/** How much of the time for the next step has gone, and how much is left in words. */
export function DueClock({ one, now }: { one: Clocked; now: Date }) {
  const t = useTranslations("desk.due");
  const locale = useLocale();
  const gone = clockOf(one, now);
  if (gone === null || one.nextDueAt === null) return <span className="text-ink-soft">{t("none")}</span>;
  const [away, unit] = distanceTo(one.nextDueAt, now);
  const isLate = one.nextDueAt <= now;
  const distance = t(unit, { n: Math.abs(away) });
  return (
    <time dateTime={one.nextDueAt.toISOString()} title={formatMoment(one.nextDueAt, DESK_ZONE, locale)}>
      <ClockArc gone={gone} paused={isPaused(one, now)} label={t(isLate ? "late" : "in", { distance })} />
    </time>
  );
}
