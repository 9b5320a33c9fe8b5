import { useLocale, useTranslations } from "next-intl";
import { ClockArc } from "@/components/ui/clock-arc";
import { formatMoment } from "@/components/ui/format";
import { clockOf, type Clocked, DESK_ZONE, distanceTo, isPaused, taskClockOf } from "@/lib/desk/clock";

/** How much of the time for the next step has gone, and how much is left in words. */
export function DueClock({ one, now }: { one: Clocked; now: Date }) {
  const t = useTranslations("desk.due");
  const gone = clockOf(one, now);
  if (gone === null || one.nextDueAt === null) return <span className="text-ink-soft">{t("none")}</span>;
  return <Clock at={one.nextDueAt} gone={gone} paused={isPaused(one, now)} now={now} />;
}

/** The same for a task, whose time runs from when it was set. */
export function TaskClock({ task, now }: { task: { createdAt: Date; dueAt: Date }; now: Date }) {
  return <Clock at={task.dueAt} gone={taskClockOf(task, now)} paused={false} now={now} />;
}

function Clock({ at, gone, paused, now }: { at: Date; gone: number; paused: boolean; now: Date }) {
  const t = useTranslations("desk.due");
  const locale = useLocale();
  const [away, unit] = distanceTo(at, now);
  const distance = t(unit, { n: Math.abs(away) });
  const label = away === 0 ? t("now") : t(at <= now ? "late" : "in", { distance });
  return (
    <time
      dateTime={at.toISOString()}
      title={formatMoment(at, DESK_ZONE, locale)}
      className="inline-flex items-center"
    >
      <ClockArc gone={gone} paused={paused} label={label} />
    </time>
  );
}
