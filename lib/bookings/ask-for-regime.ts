import "server-only";
import type { System } from "@/lib/kernel/actor";
import { addHours } from "@/lib/kernel/day";
import { addTask } from "@/lib/cases/add-task";
import { asPerson } from "@/lib/infra/db";

const BATCH = 200;
const DECIDE_HOURS = 4;

/** A hold nobody may sign before somebody has said which travel law it falls under is put before the owner of its case, once. */
export async function askForRegime(system: System, now: Date): Promise<void> {
  await asPerson(system, async (tx) => {
    const open = await tx.$queryRaw<{ caseId: string; ownerId: string | null; holdExpiresAt: Date }[]>`
      SELECT b."caseId", c."ownerId", b."holdExpiresAt" FROM "Booking" b JOIN "Case" c ON c.id = b."caseId"
       WHERE b.state = 'held' AND b.regime = 'LEGAL_REVIEW' AND b."holdExpiresAt" > now() AND NOT EXISTS (
         SELECT 1 FROM "Task" t WHERE t."caseId" = b."caseId" AND t.kind = 'decide_regime'
           AND (t.state = 'open' OR t."createdAt" > b."createdAt"))
       LIMIT ${BATCH}`;
    for (const { caseId, ownerId, holdExpiresAt } of open) {
      const soon = addHours(now, DECIDE_HOURS);
      const dueAt = holdExpiresAt < soon ? holdExpiresAt : soon;
      await addTask(tx, { caseId, kind: "decide_regime", ownerId, dueAt });
    }
  });
}
