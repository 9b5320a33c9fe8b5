import "server-only";
import type { System } from "@/lib/kernel/actor";
import { addHours } from "@/lib/kernel/day";
import { asPerson } from "@/lib/infra/db";
import { log } from "@/lib/infra/log";
import { openMoneyTask } from "./open-money-task";

/** Nothing of a payment goes back while a dispute of it is open: whoever ended the task is asked again after so long. */
const QUIET_HOURS = 7 * 24;

/**
 * The provider does not know a dispute of ours. Finance is asked to look at it, and the log says so, once; again only where the
 * task was ended and the dispute still stands a week later.
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
    const lately = { gt: addHours(now, -QUIET_HOURS) };
    const asked = { ...task, OR: [{ state: "open" as const }, { doneAt: lately }] };
    if ((await tx.task.count({ where: asked })) > 0) return false;
    await openMoneyTask(tx, task, now);
    return true;
  });
  if (isNew) log.error({ kind: "dispute", id, code }, "a dispute is not known to the payment provider");
}
