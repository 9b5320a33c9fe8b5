import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { done, type Outcome, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import { casesOf } from "./scope";

type Refusal = "not_found" | "forbidden" | "illegal_transition";

/** Ticks a task off: by the owner of its case, or by anyone on call while the case has none. */
export async function completeTask(
  coordinator: Coordinator,
  taskId: string,
  now: Date,
): Promise<Outcome<{ caseId: string }, Refusal>> {
  return asPerson(coordinator, async (tx) => {
    const task = await tx.task.findFirst({
      where: { AND: [{ id: taskId }, { case: casesOf(coordinator) }] },
      select: { caseId: true, kind: true, case: { select: { ownerId: true } } },
    });
    if (!task) return refused("not_found");
    const { caseId, kind } = task;
    if (task.case.ownerId !== null && task.case.ownerId !== coordinator.personId) return refused("forbidden");
    const { count } = await tx.task.updateMany({
      where: { id: taskId, state: "open" },
      data: { state: "done", doneAt: now, doneById: coordinator.personId },
    });
    if (count === 0) return refused("illegal_transition");
    await writeAudit(tx, coordinator, "task.done", {
      caseId,
      objectType: "task",
      objectId: taskId,
      facts: { kind },
    });
    await notify(tx, { kind: "case", caseId });
    return done({ caseId });
  });
}
