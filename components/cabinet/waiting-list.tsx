import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { TreatmentWords } from "@/components/desk/step-words";
import { ClockArc } from "@/components/ui/clock-arc";
import { EmptyState } from "@/components/ui/empty-state";
import { formatDay, formatList, formatMoment, formatWeekday } from "@/components/ui/format";
import { StateTag } from "@/components/ui/tag";
import { TextLink } from "@/components/ui/text-link";
import type { WaitingLine } from "@/lib/desk/queries/waiting";

interface WaitingListProps {
  lines: readonly WaitingLine[];
  base: string;
  /** IANA name of the centre's zone. */
  zone: string;
  now: Date;
  /** Whether this reader answers questions; a manager only sees that they wait. */
  mayAnswer: boolean;
}

/** Everything a centre is waited for, what is due first on top, each with the way to it. */
export function WaitingList({ lines, base, zone, now, mayAnswer }: WaitingListProps) {
  const t = useTranslations("cabinet.home");
  if (lines.length === 0) {
    return (
      <EmptyState title={t("none")} opening={1}>
        {t(mayAnswer ? "noneReviewer" : "noneManager")}
      </EmptyState>
    );
  }
  return (
    <section aria-labelledby="waiting">
      <h2 id="waiting" className="mb-2 text-md">
        {t("waiting", { n: lines.length })}
      </h2>
      <ol className="border-t border-line">
        {lines.map((line) => (
          <li
            key={`${line.kind} ${line.id}`}
            className="grid items-center gap-x-gap-m gap-y-1 border-b border-line py-cell sm:grid-cols-[9rem_minmax(0,1fr)_auto]"
          >
            <span className="text-sm text-ink-soft">{t(`kinds.${line.kind}`)}</span>
            <span className="flex min-w-0 flex-wrap items-center gap-x-2">
              <Words line={line} base={base} mayAnswer={mayAnswer} />
            </span>
            <DueBy line={line} zone={zone} now={now} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Words({
  line,
  base,
  mayAnswer,
}: {
  line: WaitingLine;
  base: string;
  mayAnswer: boolean;
}): ReactNode {
  const t = useTranslations("cabinet.home");
  const locale = useLocale();
  switch (line.kind) {
    case "booking":
      return (
        <>
          <TextLink href={`${base}/bookings/${line.id}`}>
            <bdi>{line.number}</bdi>
          </TextLink>
          <TreatmentWords slug={line.treatment} />
          <span className="text-ink-soft">{formatWeekday(line.treatmentOn, locale)}</span>
        </>
      );
    case "gap": {
      const weeks = formatList(
        line.gap.weeks.map((week) => formatDay(week, locale)),
        locale,
      );
      return (
        <>
          <TextLink href={`${base}/capacity`}>
            <TreatmentWords slug={line.gap.treatment} />
          </TextLink>
          <span className="text-ink-soft">{t("gapWeeks", { n: line.gap.weeks.length, weeks })}</span>
        </>
      );
    }
    case "listing":
      return <TextLink href={`${base}/listing`}>{t(`listing.${line.state}`)}</TextLink>;
    default: {
      const number = <bdi>{line.number}</bdi>;
      const path = line.kind === "signature" ? "/answer" : "";
      return (
        <>
          {mayAnswer ? (
            <TextLink href={`${base}/reviews/${line.id}${path}`}>{number}</TextLink>
          ) : (
            <span className="font-semibold">{number}</span>
          )}
          <TreatmentWords slug={line.treatment} />
          {line.urgent ? <StateTag tone="danger">{t("urgent")}</StateTag> : null}
        </>
      );
    }
  }
}

/** The clock of what is due; of the rest since when, or from when on. */
function DueBy({ line, zone, now }: { line: WaitingLine; zone: string; now: Date }) {
  const t = useTranslations("cabinet.home");
  const locale = useLocale();
  if (line.since === null) {
    const day = formatDay(line.at.toISOString().slice(0, 10), locale);
    return (
      <span className="text-sm text-ink-soft">
        {line.kind === "gap"
          ? t("from", { when: day })
          : t("sinceWhen", { when: formatMoment(line.at, zone, locale) })}
      </span>
    );
  }
  const allowed = Math.max(1, line.at.getTime() - line.since.getTime());
  const gone = (now.getTime() - line.since.getTime()) / allowed;
  const when = formatMoment(line.at, zone, locale);
  return <ClockArc gone={gone} label={t(gone >= 1 ? "late" : "due", { when })} />;
}
