import "server-only";
import { type Actor, personIdOf } from "@/lib/kernel/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import type { ContractKind } from "@/lib/bookings/payment-plan";
import { CHANGE_ORDER } from "@/lib/bookings/price-change";
import type { EndCause } from "@/lib/bookings/refund-policy";
import type { Tx } from "@/lib/infra/db";
import { underDispute } from "./payment";
import { contractOf, COUNTED_ANEW } from "./refund";

/**
 * What an end of a booking proposed gives way to a sum counted anew. Of this cause alone: what somebody asked for beside the rules
 * stays asked for.
 */
export async function endProposals(
  tx: Tx,
  actor: Actor,
  bookingId: string,
  cause: EndCause,
  now: Date,
): Promise<void> {
  const open = await tx.refund.findMany({
    where: { bookingId, cause, state: "calculated", payment: { isSurplus: false } },
    select: { id: true, caseId: true, cause: true },
  });
  for (const refund of open) await endOne(tx, actor, refund, now);
}

/**
 * What a change would give back of contracts that have ended, out of money a payer's bank asks for, is a part of what their end
 * gives back: it is asked for with that, and not twice once the bank has refused.
 */
export async function endWaitingChanges(
  tx: Tx,
  actor: Actor,
  bookingId: string,
  ended: readonly ContractKind[],
  now: Date,
): Promise<void> {
  const waiting = await tx.refund.findMany({
    where: {
      ...{ bookingId, cause: CHANGE_ORDER, state: "calculated" },
      payment: { isSurplus: false, ...underDispute() },
    },
    select: { id: true, caseId: true, cause: true, quote: true },
  });
  for (const refund of waiting) {
    const contract = contractOf(refund);
    if (contract && ended.includes(contract)) await endOne(tx, actor, refund, now);
  }
}

async function endOne(
  tx: Tx,
  actor: Actor,
  { id, caseId, cause }: { id: string; caseId: string; cause: string },
  now: Date,
): Promise<void> {
  const { count } = await tx.refund.updateMany({
    where: { id, state: "calculated" },
    data: {
      ...{ state: "refused", refusedReason: COUNTED_ANEW, refusedById: personIdOf(actor) },
      refusedAt: now,
    },
  });
  if (count === 0) throw new Error("A refund moved while its booking was locked.");
  await tx.task.updateMany({
    where: { caseId, title: id, kind: "approve_refund", state: "open" },
    data: { state: "done", doneAt: now, doneById: personIdOf(actor) },
  });
  const audit = { caseId, objectType: "refund", objectId: id, facts: { cause } };
  await writeAudit(tx, actor, "refund.refused", audit);
}
