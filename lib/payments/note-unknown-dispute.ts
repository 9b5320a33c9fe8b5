import "server-only";
import type { System } from "@/lib/kernel/actor";
import { asPerson } from "@/lib/infra/db";
import { log } from "@/lib/infra/log";
import { openMoneyTask } from "./open-money-task";

/**
 * The provider does not know a dispute of ours. Finance is asked to look at it once, and the log says so once, however often
 * it is asked about and whoever has ended the task since.
 */
export async function noteUnknownDispute(
  system: System,
  dispute: { id: string; caseId: string; code: string },
  now: Date,
): Promise<void> {
  const { id, caseId, code } = dispute;
  const task = { caseId, kind: "dispute_unknown", title: id } as const;
  const isNew = await asPerson(system, async (tx) => {
    // Two runs beside each other say it once, too.
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`unknown dispute ${id}`}, 0))::text`;
    if ((await tx.task.count({ where: task })) > 0) return false;
    await openMoneyTask(tx, task, now);
    return true;
  });
  if (isNew) log.error({ kind: "dispute", id, code }, "a dispute is not known to the payment provider");
}
