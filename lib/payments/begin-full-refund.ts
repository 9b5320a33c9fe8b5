import "server-only";
import type { System } from "@/lib/kernel/actor";
import { newId, newToken } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { noteCaseEvent } from "@/lib/cases/move-case";
import { asPerson, type Tx } from "@/lib/infra/db";
import { enqueue } from "@/lib/infra/jobs";
import { claimPayment } from "./claim-payment";
import { endTakenRefund, replaceProposals } from "./end-taken-refunds";
import { mayGoBack } from "./payment";
import { postApprovedRefund } from "./post-refund";
import { readDueBack } from "./read-due-back";

/**
 * Sends everything of a payment back without asking anybody, because its booking is gone for good. Whatever was
 * refunded before, or taken by the payer's bank, stays out of it; a second call, or one for a booking that is live or
 * was paid for, changes nothing.
 */
export function fullRefund(
  system: System,
  paymentId: string,
  cause: string,
  now: Date,
): Promise<Outcome<{ refundId: string | null }, "not_found">> {
  return asPerson(system, async (tx) => {
    await claimPayment(tx, paymentId);
    const paid = { OR: [{ state: { not: "cancelled" as const } }, { paidAt: { not: null } }] };
    const won = await tx.payment.count({ where: { id: paymentId, planItem: { booking: paid } } });
    // Somebody else has won the date back in the meantime; if it ended since, it did so by its rules.
    if (won > 0) return done({ refundId: null });
    return beginFullRefund(tx, system, paymentId, cause, now);
  });
}

/** The same inside the caller's transaction. */
export async function beginFullRefund(
  tx: Tx,
  system: System,
  paymentId: string,
  cause: string,
  now: Date,
): Promise<Outcome<{ refundId: string | null }, "not_found">> {
  const payment = await tx.payment.findFirst({
    // Money the payer's bank is asking for goes back once, by its own way.
    where: { id: paymentId, ...mayGoBack() },
    select: {
      id: true,
      bookingId: true,
      caseId: true,
      currency: true,
      refundedMinor: true,
    },
  });
  if (!payment) return refused("not_found");
  const { leftMinor, takenMinor } = await readDueBack(tx, paymentId);
  if (leftMinor + takenMinor === 0n) return done({ refundId: null });
  await replaceProposals(tx, system, paymentId, now);
  const refundId = await sendRest(tx, system, payment, leftMinor, cause, now);
  // What the bank took was owed as well: it has paid that, whichever of the two came first.
  const rest = { ...payment, refundedMinor: payment.refundedMinor + leftMinor };
  const takenId = await setAside(tx, system, rest, { amountMinor: takenMinor, byBank: true }, cause, now);
  if (takenId) await endTakenRefund(tx, system, takenId, now);
  return done({ refundId });
}

interface Captured {
  id: string;
  bookingId: string | null;
  caseId: string;
  currency: string;
  refundedMinor: bigint;
}

/** Puts a sum of a payment on its way back; null where it is nothing, or somebody gave some of it back meanwhile. */
export async function sendRest(
  tx: Tx,
  system: System,
  payment: Captured,
  restMinor: bigint,
  cause: string,
  now: Date,
): Promise<string | null> {
  const refundId = await setAside(tx, system, payment, { amountMinor: restMinor, byBank: false }, cause, now);
  if (refundId) await enqueue(tx, "refund.send", { refundId });
  return refundId;
}

async function setAside(
  tx: Tx,
  system: System,
  { id: paymentId, bookingId, caseId, currency, refundedMinor }: Captured,
  { amountMinor, byBank }: { amountMinor: bigint; byBank: boolean },
  cause: string,
  now: Date,
): Promise<string | null> {
  if (amountMinor === 0n) return null;
  const { count } = await tx.payment.updateMany({
    where: { id: paymentId, refundedMinor },
    data: { refundedMinor: refundedMinor + amountMinor },
  });
  if (count === 0) return null;
  const { lostMinor } = await tx.payment.findUniqueOrThrow({ where: { id: paymentId } });
  // A loss that has paid it came after it, so to say: later losses are counted from there.
  const lostBeforeMinor = byBank ? lostMinor - amountMinor : lostMinor;
  const refundId = newId();
  const sequence = 1 + (await tx.refund.count({ where: { paymentId, cause } }));
  await tx.refund.createMany({
    data: [
      {
        ...{ id: refundId, paymentId, bookingId, caseId, sequence, cause, state: "approved" },
        ...{ currency, amountMinor, lostBeforeMinor, idempotencyKey: newToken("refund_") },
        ...{ approvedAt: now, createdAt: now },
      },
    ],
  });
  const refund = { id: refundId, paymentId, bookingId, currency, amountMinor, quote: null };
  await postApprovedRefund(tx, refund, null);
  await noteCaseEvent(tx, system, { caseId, kind: "refund_approved" });
  const audit = { caseId, objectType: "refund", objectId: refundId, facts: { cause } };
  await writeAudit(tx, system, "refund.approved", audit);
  return refundId;
}
