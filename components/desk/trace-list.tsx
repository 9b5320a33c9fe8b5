import { useLocale, useTranslations } from "next-intl";
import { formatMoment } from "@/components/ui/format";
import type { AccessLogView, CaseEventView } from "@/lib/cases/case-trace";
import { DESK_ZONE } from "@/lib/desk/clock";

/** The steps of a case, oldest first. */
export function TimelineList({ events }: { events: readonly CaseEventView[] }) {
  const t = useTranslations("desk");
  const stages = useTranslations("desk.stages");
  const items = useTranslations("records.items");
  const noteOf = (note: string) =>
    items.has(`${note}.title` as "ecg.title") ? items(`${note}.title` as "ecg.title") : note;
  const locale = useLocale();
  if (events.length === 0) return <p className="text-ink-soft">{t("log.noTimeline")}</p>;
  const kind = (code: string) =>
    t.has(`events.${code}` as "events.started")
      ? t(`events.${code}` as "events.started")
      : code.replaceAll("_", " ");
  return (
    <ol className="divide-y divide-line">
      {events.map((event) => (
        <li key={event.id} className="py-cell">
          <p>
            {event.to ? t("events.moved", { stage: stages(event.to) }) : kind(event.kind)}
            {event.note ? <span dir="auto">: {noteOf(event.note)}</span> : null}
          </p>
          <p className="text-sm text-ink-soft">
            {formatMoment(new Date(event.at), DESK_ZONE, locale)} ·{" "}
            <bdi>{event.actorName ?? t("log.portal")}</bdi>
          </p>
        </li>
      ))}
    </ol>
  );
}

/** Who saw and changed what, newest first, one sentence each. */
export function AccessList({ rows }: { rows: readonly AccessLogView[] }) {
  const t = useTranslations("accessEvents");
  const locale = useLocale();
  const what = (event: string) => {
    const key = `event.${event.replaceAll(".", "_")}` as "event.other";
    return t.has(key) ? t(key) : t("event.other");
  };
  const role = (code: string) =>
    t.has(`role.${code}` as "role.system") ? t(`role.${code}` as "role.system") : code;
  return (
    <ol className="divide-y divide-line">
      {rows.map((row) => (
        <li key={row.id} className="py-cell">
          <p>{t("sentence", { who: row.who ?? t("system"), what: what(row.event) })}</p>
          <p className="text-sm text-ink-soft">
            {formatMoment(new Date(row.at), DESK_ZONE, locale)} · {role(row.role)}
            {row.clinic ? <bdi> · {row.clinic}</bdi> : null} · <code>{row.event}</code>
          </p>
        </li>
      ))}
    </ol>
  );
}
