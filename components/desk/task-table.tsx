import { useLocale, useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { formatMoment } from "@/components/ui/format";
import { StateTag } from "@/components/ui/tag";
import { DESK_ZONE } from "@/lib/desk/clock";
import type { TaskLine } from "@/lib/desk/queries/case";

interface TaskTableProps {
  tasks: readonly TaskLine[];
  now: Date;
  /** Ticks a task off; the form names it. */
  complete: FormAction;
}

/** The tasks of a case; a late one says so. */
export function TaskTable({ tasks, now, complete }: TaskTableProps) {
  const t = useTranslations("desk");
  const locale = useLocale();
  return (
    <section aria-labelledby="tasks" className="space-y-1">
      <h2 id="tasks" className="text-md">
        {t("log.tasks")}
      </h2>
      {tasks.length === 0 ? <p className="text-ink-soft">{t("log.noTasks")}</p> : null}
      <ul className="divide-y divide-line">
        {tasks.map((task) => {
          const isOpen = task.state === "open";
          const tone = isOpen ? (task.dueAt <= now ? "danger" : "attention") : "still";
          return (
            <li key={task.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-cell">
              <StateTag tone={tone}>{t(`log.${task.state}`)}</StateTag>
              <span className="min-w-0 flex-1 basis-40">
                <TaskWords kind={task.kind} title={task.title} />
              </span>
              <span className="text-sm text-ink-soft">
                {formatMoment(task.doneAt ?? task.dueAt, DESK_ZONE, locale)}
              </span>
              {isOpen ? (
                <ActionForm action={complete} className="space-y-1">
                  <input type="hidden" name="taskId" value={task.id} />
                  <SubmitButton look="quiet">{t("log.tick")}</SubmitButton>
                </ActionForm>
              ) : null}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** A task in the words of its kind; one that somebody wrote by hand keeps its own. */
export function TaskWords({ kind, title }: { kind: string; title: string }) {
  const t = useTranslations("desk.taskKinds");
  return t.has(kind as "approve_refund") ? t(kind as "approve_refund") : <bdi>{title}</bdi>;
}
