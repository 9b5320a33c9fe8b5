import { useTranslations } from "next-intl";
import { StepWords } from "@/components/desk/step-words";
import { TaskWords } from "@/components/desk/task-table";
import { ClockArc } from "@/components/ui/clock-arc";
import { StateTag } from "@/components/ui/tag";
import { TextLink } from "@/components/ui/text-link";
import { distanceTo } from "@/lib/desk/clock";
import type { DueLine } from "@/lib/desk/queries/board";

interface DueListProps {
  lines: readonly DueLine[];
  now: Date;
  base: string;
}

/** What must be done next, soonest first. */
export function DueList({ lines, now, base }: DueListProps) {
  const t = useTranslations("desk");
  if (lines.length === 0) return <p className="text-ink-soft">{t("board.dueEmpty")}</p>;
  return (
    <ol className="gap-x-gap-xl xl:columns-2">
      {lines.map((line) => (
        <li
          key={`${line.caseId}-${line.id}`}
          className="flex break-inside-avoid flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-cell"
        >
          <TextLink href={`${base}/${line.caseId}`}>
            <bdi>{line.number}</bdi>
          </TextLink>
          {line.urgent ? <StateTag tone="danger">{t("urgent")}</StateTag> : null}
          <span className="min-w-0 flex-1 basis-48">
            {line.task ? <TaskWords {...line.task} /> : <StepWords code={line.nextAction} />}
          </span>
          <DueWords at={line.dueAt} now={now} />
        </li>
      ))}
    </ol>
  );
}

const SOON_MS = 4 * 3_600_000;

function DueWords({ at, now }: { at: Date; now: Date }) {
  const t = useTranslations("desk.due");
  const [away, unit] = distanceTo(at, now);
  const left = at.getTime() - now.getTime();
  const gone = left <= 0 ? 1 : Math.max(0, 1 - left / SOON_MS);
  return (
    <ClockArc
      gone={gone}
      label={t(left <= 0 ? "late" : "in", { distance: t(unit, { n: Math.abs(away) }) })}
    />
  );
}
