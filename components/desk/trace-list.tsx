import { useLocale, useTranslations } from "next-intl";
import { formatMoment } from "@/components/ui/format";
import type { AccessLogView, CaseEventView } from "@/lib/cases/case-trace";
import { DESK_ZONE } from "@/lib/desk/clock";

interface TimelineListProps {
  events: readonly CaseEventView[];
  /** Names of centres by their slugs. */
  clinics: ReadonlyMap<string, string>;
}

/** The steps of a case, oldest first. */
export function TimelineList({ events, clinics }: TimelineListProps) {
  const t = useTranslations("desk");
  const stages = useTranslations("desk.stages");
  const noteOf = useNote(clinics);
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
            <bdi>{(event.actorRole === "system" ? null : event.actorName) ?? t("log.portal")}</bdi>
          </p>
        </li>
      ))}
    </ol>
  );
}

/** A note is a line of the checklist, a reason, a cause or a centre by its code, or somebody's own words. */
function useNote(clinics: ReadonlyMap<string, string>): (note: string) => string {
  const records = useTranslations("records");
  const causes = useTranslations("desk.causes");
  const desk = useTranslations("desk");
  return (note) => {
    if (note === "patient") return desk("waitingOn.patient");
    const isCode = /^[a-z_]+$/.test(note);
    if (isCode && records.has(`items.${note}.title` as "items.ecg.title"))
      return records(`items.${note}.title` as "items.ecg.title");
    if (isCode && records.has(`reasons.${note}` as "reasons.other"))
      return records(`reasons.${note}` as "reasons.other");
    if (isCode && causes.has(note as "death")) return causes(note as "death");
    return clinics.get(note) ?? note;
  };
}

interface AccessListProps {
  rows: readonly AccessLogView[];
  clinics: ReadonlyMap<string, string>;
}

/** Who saw and changed what, newest first, one sentence each. */
export function AccessList({ rows, clinics }: AccessListProps) {
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
          <p>
            {t("sentence", {
              who: (row.role === "system" ? null : row.who) ?? t("system"),
              what: what(row.event),
            })}
          </p>
          <p className="text-sm text-ink-soft">
            {formatMoment(new Date(row.at), DESK_ZONE, locale)} · {role(row.role)}
            {row.clinic ? <bdi> · {clinics.get(row.clinic) ?? row.clinic}</bdi> : null}
          </p>
        </li>
      ))}
    </ol>
  );
}
