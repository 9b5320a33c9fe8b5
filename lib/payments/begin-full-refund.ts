import "server-only";
import type { System } from "@/lib/kernel/actor";
import { newId, newToken } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { noteCaseEvent } from "@/lib/cases/move-case";
import { asPerson, type Tx } from "@/lib/infra/db";
import { enqueue } from "@/lib/infra/jobs";
import { claimPayment } from "./claim-payment";
import { STANDING_STATES } from "./payment";
import { postApprovedRefund } from "./post-refund";

/**
 * Sends everything of a payment back without asking anybody, because its booking is gone for good. Whatever was
 * refunded before stays out of it; a second call, or one for a live booking, changes nothing.
 */
export function fullRefund(
  system: System,
  paymentId: string,
  cause: string,
  now: Date,
): Promise<Outcome<{ refundId: string | null }, "not_found">> {
  return asPerson(system, async (tx) => {
    await claimPayment(tx, paymentId);
    const live = await tx.payment.count({
      where: { id: paymentId, planItem: { booking: { state: { not: "cancelled" } } } },
    });
    // Somebody else has won the date back in the meantime.
    if (live > 0) return done({ refundId: null });
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
    where: { id: paymentId, state: { in: [...STANDING_STATES] } },
    select: {
      id: true,
      bookingId: true,
      caseId: true,
      currency: true,
      amountMinor: true,
      refundedMinor: true,
    },
  });
  if (!payment) return refused("not_found");
  return sendRest(tx, system, payment, payment.amountMinor - payment.refundedMinor, cause, now);
}

interface Captured {
  id: string;
  bookingId: string | null;
  caseId: string;
  currency: string;
  refundedMinor: bigint;
}

/** Puts a sum of a payment on its way back, where nobody gave any of it back meanwhile. */
export async function sendRest(
  tx: Tx,
  system: System,
  { id: paymentId, bookingId, caseId, currency, refundedMinor }: Captured,
  restMinor: bigint,
  cause: string,
  now: Date,
): Promise<Outcome<{ refundId: string | null }, never>> {
  const { count } = await tx.payment.updateMany({
    where: { id: paymentId, refundedMinor, amountMinor: { gt: refundedMinor } },
    data: { refundedMinor: refundedMinor + restMinor },
  });
  if (count === 0) return done({ refundId: null });
  const { lostMinor: lostBeforeMinor } = await tx.payment.findUniqueOrThrow({ where: { id: paymentId } });
  const refundId = newId();
  const sequence = 1 + (await tx.refund.count({ where: { paymentId, cause } }));
  await tx.refund.createMany({
    data: [
      {
        id: refundId,
        paymentId,
        bookingId,
        caseId,
        sequence,
        cause,
        state: "approved",
        currency,
        amountMinor: restMinor,
        lostBeforeMinor,
        idempotencyKey: newToken("refund_"),
        approvedAt: now,
        createdAt: now,
      },
    ],
  });
  await postApprovedRefund(
    tx,
    { id: refundId, paymentId, bookingId, currency, amountMinor: restMinor, quote: null },
    null,
  );
  await noteCaseEvent(tx, system, { caseId, kind: "refund_approved" });
  await writeAudit(tx, system, "refund.approved", {
    caseId,
    objectType: "refund",
    objectId: refundId,
    facts: { cause },
  });
  await enqueue(tx, "refund.send", { refundId });
  return done({ refundId });
}
