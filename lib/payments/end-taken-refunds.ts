import "server-only";
import type { System } from "@/lib/kernel/actor";
import { newId, newToken } from "@/lib/kernel/ids";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Tx } from "@/lib/infra/db";
import { takenRefundPostings } from "./ledger";
import { postLedger } from "./post-ledger";
import { TAKEN_BY_BANK } from "./refund";

/**
 * What the payer's bank took back for good pays first what was owed to the payer out of the same payment: a refund that has
 * not left us, or came back to us, ends and is sent no second way, and the loss is what remains. One that is with the
 * provider waits for its news. To be called with the payment taken, after a loss and after each refund that failed.
 */
export async function endTakenRefunds(tx: Tx, system: System, paymentId: string, now: Date): Promise<void> {
  let lossMinor = await readLoss(tx, paymentId);
  if (lossMinor <= 0n) return;
  for (const refund of await readUnsent(tx, paymentId)) {
    if (lossMinor === 0n) return;
    const takenMinor = lossMinor < refund.amountMinor ? lossMinor : refund.amountMinor;
    await endRefund(tx, system, refund, takenMinor, now);
    lossMinor -= takenMinor;
  }
}

/** What of the taken money is booked as lost, and paid nothing that was owed. */
async function readLoss(tx: Tx, paymentId: string): Promise<bigint> {
  const { bookingId, opinionId } = await tx.payment.findUniqueOrThrow({
    where: { id: paymentId },
    select: { bookingId: true, opinionId: true },
  });
  const { _sum } = await tx.ledgerEntry.aggregate({
    where: {
      account: "write_off",
      tx: { bookingId, opinionId, paymentId, kind: { in: ["dispute_lost", "refund_taken"] } },
    },
    _sum: { amountMinor: true },
  });
  return _sum.amountMinor ?? 0n;
}

type Unsent = Awaited<ReturnType<typeof readUnsent>>[number];

/** Refunds set aside whose money is here: no try of them is with the provider. */
async function readUnsent(tx: Tx, paymentId: string) {
  const refunds = await tx.refund.findMany({
    where: { paymentId, state: { in: ["failed", "approved"] } },
    orderBy: { id: "asc" },
    include: { payment: { select: { opinionId: true } } },
  });
  const keys = refunds.filter(({ state }) => state === "approved").map((refund) => refund.idempotencyKey);
  const begun = await tx.providerIntent.findMany({
    where: { idempotencyKey: { in: keys } },
    select: { idempotencyKey: true },
  });
  return refunds.filter(
    ({ state, idempotencyKey }) =>
      state === "failed" || !begun.some((one) => one.idempotencyKey === idempotencyKey),
  );
}

async function endRefund(
  tx: Tx,
  system: System,
  refund: Unsent,
  takenMinor: bigint,
  now: Date,
): Promise<void> {
  const { paymentId, bookingId, caseId, currency, cause } = refund;
  const id = takenMinor === refund.amountMinor ? refund.id : await partOff(tx, refund, takenMinor, now);
  const { count } = await tx.refund.updateMany({
    where: { id, state: refund.state },
    data: { state: "refused", refusedReason: TAKEN_BY_BANK, refusedAt: now },
  });
  if (count === 0) throw new Error("A refund moved while its payment was locked.");
  await tx.payment.update({ where: { id: paymentId }, data: { refundedMinor: { decrement: takenMinor } } });
  await postLedger(
    tx,
    {
      ...{ kind: "refund_taken", reference: `refund:${id}:taken`, memo: "refund taken by the payer's bank" },
      ...{ bookingId, opinionId: refund.payment.opinionId, paymentId, refundId: id, currency },
    },
    takenRefundPostings(takenMinor),
  );
  await closeSending(tx, { id, caseId }, now);
  const audit = { caseId, objectType: "refund", objectId: id, facts: { cause } };
  await writeAudit(tx, system, "refund.refused", audit);
}

/**
 * The bank took less than this refund: the part it took becomes a row of its own, and the rest stays owed under a new key,
 * so that late news of the former try says nothing about it.
 */
async function partOff(tx: Tx, refund: Unsent, takenMinor: bigint, now: Date): Promise<string> {
  const { paymentId, bookingId, caseId, cause, state, currency, proposedById, approvedById } = refund;
  await tx.refund.update({
    where: { id: refund.id },
    data: {
      amountMinor: refund.amountMinor - takenMinor,
      idempotencyKey: newToken("refund_"),
      stripeRefundId: null,
    },
  });
  const id = newId();
  const sequence = 1 + (await tx.refund.count({ where: { paymentId, cause } }));
  await tx.refund.createMany({
    data: [
      {
        ...{ id, paymentId, bookingId, caseId, sequence, cause, state, currency, amountMinor: takenMinor },
        ...{ proposedById, approvedById, approvedAt: refund.approvedAt, createdAt: now },
        idempotencyKey: newToken("refund_"),
      },
    ],
  });
  return id;
}

/** Nobody is asked any more to approve or to send it. */
export async function closeSending(
  tx: Tx,
  { id, caseId }: { id: string; caseId: string },
  now: Date,
): Promise<void> {
  await tx.task.updateMany({
    where: {
      ...{ caseId, title: id, state: "open" },
      kind: { in: ["approve_refund", "refund_failed", "refund_by_bank"] },
    },
    data: { state: "done", doneAt: now },
  });
}
