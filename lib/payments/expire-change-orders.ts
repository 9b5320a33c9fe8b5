import "server-only";
import type { ClinicMember, Coordinator, Patient, System } from "@/lib/kernel/actor";
import { addHours } from "@/lib/kernel/day";
import { writeAudit } from "@/lib/audit/write-audit";
import { addTask } from "@/lib/cases/add-task";
import { noteCaseEvent } from "@/lib/cases/move-case";
import { asPerson, type Tx } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";

const BATCH = 200;
const TALK_HOURS = 24;

/** Proposals nobody answered in time, by the database's clock; what was agreed stands. Safe to repeat. */
export async function expireChangeOrders(system: System, now: Date): Promise<number> {
  const cases = await asPerson(
    system,
    (tx) => tx.$queryRaw<{ bookingId: string }[]>`
      SELECT "bookingId" FROM "ChangeOrder" WHERE state = 'proposed' AND "expiresAt" <= now()
       ORDER BY "expiresAt" LIMIT ${BATCH}`,
  );
  let expired = 0;
  for (const { bookingId } of cases)
    expired += await asPerson(system, (tx) => expireChanges(tx, system, { bookingId }, now));
  return expired;
}

interface ExpiringChanges {
  bookingId: string;
  /** Something came in between that leaves nothing to agree to: a proposal that still has time ends too. */
  overtaken?: boolean;
  /** Only what was proposed of this contract; without it of both. */
  contract?: "A" | "B";
}

/** The same for one booking, inside the caller's transaction. */
export async function expireChanges(
  tx: Tx,
  actor: System | ClinicMember | Coordinator | Patient,
  { bookingId, overtaken = false, contract }: ExpiringChanges,
  now: Date,
): Promise<number> {
  const over = await tx.$queryRaw<{ id: string; caseId: string }[]>`
    UPDATE "ChangeOrder" SET state = 'expired'
     WHERE "bookingId" = ${bookingId}::uuid AND state = 'proposed' AND (${overtaken} OR "expiresAt" <= now())
       AND (${contract ?? null}::"ContractKind" IS NULL OR contract = ${contract ?? null}::"ContractKind")
    RETURNING id, "caseId"`;
  for (const { id, caseId } of over) {
    const about = { caseId, objectType: "change_order", objectId: id, facts: { overtaken } };
    await writeAudit(tx, actor, "change.expired", about);
    await noteCaseEvent(tx, actor, { caseId, kind: "change_expired" });
    await closeTasks(tx, caseId, "follow_change", now);
    const owner = await tx.case.findUnique({ where: { id: caseId }, select: { ownerId: true } });
    const dueAt = addHours(now, TALK_HOURS);
    if (!overtaken)
      await addTask(tx, { caseId, kind: "change_expired", ownerId: owner?.ownerId ?? null, dueAt });
    await notify(tx, { kind: "booking", caseId, bookingId });
  }
  return over.length;
}

export async function closeTasks(
  tx: Tx,
  caseId: string,
  kind: "follow_change" | "prove_emergency",
  now: Date,
): Promise<void> {
  await tx.task.updateMany({ where: { caseId, kind, state: "open" }, data: { state: "done", doneAt: now } });
}
