import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { formatList, formatTime, formatWeekday } from "@/components/ui/format";
import { TextLink } from "@/components/ui/text-link";
import { dayIn } from "@/lib/kernel/day";

interface SeenEvent {
  key: string;
  event: string;
  /** Null for the portal itself. */
  actorId: string | null;
  actorName: string | null;
  actorRole: string;
  /** The clinic the person works for. */
  actorClinic: string | null;
  /** Name of the file or the clinic the sentence is about. */
  about: string | null;
  objectId: string | null;
  at: Date;
  isYou: boolean;
}

interface AccessSentencesProps {
  events: readonly SeenEvent[];
  older: string | null;
  locale: string;
  /** IANA name of the reader's zone. */
  zone: string;
}

/** Who saw my records: a plain list in sentences, day by day. */
export function AccessSentences({ events, older, locale, zone }: AccessSentencesProps) {
  const words = useTranslations("my.access");
  if (events.length === 0) return <EmptyState title={words("none")} />;
  const days = Map.groupBy(events, (event) => dayIn(zone, event.at));
  return (
    <div className="space-y-gap-m">
      {[...days].map(([day, seen]) => (
        <section key={day} aria-labelledby={`day-${day}`}>
          <h2 id={`day-${day}`} className="border-b border-line pb-1 text-base font-semibold text-ink-soft">
            {formatWeekday(day, locale)}
          </h2>
          <ol className="divide-y divide-line">
            {told(seen, (at) => formatTime(at, zone, locale)).map((line) => (
              <Sentence key={line.event.key} {...line} locale={locale} />
            ))}
          </ol>
        </section>
      ))}
      {older ? (
        <p>
          <TextLink href={older}>{words("older")}</TextLink>
        </p>
      ) : null}
    </div>
  );
}

interface Line {
  event: SeenEvent;
  /** The same act by the same person, one after the other within this minute. */
  count: number;
  time: string;
}

function told(events: readonly SeenEvent[], timeOf: (at: Date) => string): Line[] {
  const lines: Line[] = [];
  for (const event of events) {
    const time = timeOf(event.at);
    const last = lines.at(-1);
    if (last?.time === time && isSameAct(last.event, event)) last.count += 1;
    else lines.push({ event, count: 1, time });
  }
  return lines;
}

/** Two people may bear one name, and so may two files: the one who looked and what is named must be the same, not called so. */
function isSameAct(one: SeenEvent, other: SeenEvent): boolean {
  if (one.about !== null && one.objectId !== other.objectId) return false;
  const facts = ["event", "actorId", "actorRole", "actorClinic", "about"] as const;
  return facts.every((fact) => one[fact] === other[fact]);
}

function Sentence({ event, count, time, locale }: Line & { locale: string }) {
  const t = useTranslations("accessEvents");
  const { actorName, actorRole, actorClinic, about, isYou } = event;
  const isPerson = !isYou && actorRole !== "system";
  const key = event.event.replaceAll(".", "_");
  const what = t.has(`event.${key}` as "event.other") ? t(`event.${key}` as "event.other") : t("event.other");
  return (
    <li className="py-2">
      <p className="wrap-anywhere">
        {t.rich(about ? "toldAbout" : "told", {
          who: isYou ? "you" : actorRole === "system" ? "system" : "other",
          what,
          name: (who) => <bdi className="font-semibold">{isPerson ? (actorName ?? t("someone")) : who}</bdi>,
          about: () => <bdi>{about}</bdi>,
        })}
        {count > 1 ? ` (${t("times", { count })})` : null}.
      </p>
      <p className="text-sm text-ink-soft">
        {formatList([t(`role.${actorRole as "patient"}`), ...(actorClinic ? [actorClinic] : [])], locale)} ·{" "}
        {time}
      </p>
    </li>
  );
}
