import { useTranslations } from "next-intl";
import { DueClock, TaskClock } from "@/components/desk/due-clock";
import { StepWords } from "@/components/desk/step-words";
import { TaskWords } from "@/components/desk/task-table";
import { StateTag } from "@/components/ui/tag";
import { TextLink } from "@/components/ui/text-link";
import type { DueLine } from "@/lib/desk/queries/board";

interface DueListProps {
  lines: readonly DueLine[];
  now: Date;
  base: string;
}

const FIRST_SHOWN = 5;

/** What must be done next, in the order of need: the first few, the others folded. */
export function DueList({ lines, now, base }: DueListProps) {
  const t = useTranslations("desk");
  if (lines.length === 0) return <p className="text-ink-soft">{t("board.dueEmpty")}</p>;
  const list = (some: readonly DueLine[]) => <Lines lines={some} now={now} base={base} />;
  return (
    <>
      {list(lines.slice(0, FIRST_SHOWN))}
      {lines.length > FIRST_SHOWN ? (
        <details>
          <summary className="link inline-flex min-h-control items-center">
            {t("board.dueAll", { count: lines.length })}
          </summary>
          {list(lines.slice(FIRST_SHOWN))}
        </details>
      ) : null}
    </>
  );
}

function Lines({ lines, now, base }: DueListProps) {
  const t = useTranslations("desk");
  return (
    <ol className="grid gap-x-gap-xl xl:grid-cols-2">
      {lines.map((line) => (
        <li
          key={`${line.caseId}-${line.id}`}
          className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-cell"
        >
          <TextLink href={`${base}/${line.caseId}`}>
            <bdi>{line.number}</bdi>
          </TextLink>
          {line.urgent ? <StateTag tone="danger">{t("urgent")}</StateTag> : null}
          <span className="min-w-0 flex-1 basis-48">
            {line.task ? <TaskWords {...line.task} /> : <StepWords code={line.step?.nextAction ?? null} />}
          </span>
          {line.step ? <DueClock one={line.step} now={now} /> : null}
          {line.task ? <TaskClock task={{ ...line.task, dueAt: line.dueAt }} now={now} /> : null}
        </li>
      ))}
    </ol>
  );
}
