import "server-only";
import words from "@/locales/en/cases.json";
import { newId } from "@/lib/kernel/ids";
import type { Tx } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";

export interface TaskToAdd {
  caseId: string;
  kind: keyof typeof words.tasks;
  /** The coordinator of the case; without one the on-call queue has it. */
  ownerId: string | null;
  dueAt: Date;
}

/** Puts a task before the owner of a case, in the transaction of its cause. */
export async function addTask(tx: Tx, task: TaskToAdd): Promise<void> {
  const { caseId, kind, ownerId, dueAt } = task;
  await tx.task.createMany({
    data: [
      {
        id: newId(),
        caseId,
        kind,
        title: words.tasks[kind],
        ownerKind: ownerId ? "coordinator" : "on_call",
        ownerId,
        dueAt,
      },
    ],
  });
  await notify(tx, { kind: "case", caseId });
}
