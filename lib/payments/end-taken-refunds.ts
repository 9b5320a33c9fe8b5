import "server-only";
import type { System } from "@/lib/kernel/actor";
import { newId, newToken } from "@/lib/kernel/ids";
import { sumMinor } from "@/lib/kernel/money";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Tx } from "@/lib/infra/db";
import { takenRefundPostings } from "./ledger";
import { postLedger } from "./post-ledger";
import { readLoss } from "./read-loss";
import { proposeAnew } from "./propose-anew";
import { writeProposals } from "./propose-refunds";
import { COUNTED_ANEW, leftOf, TAKEN_BY_BANK } from "./refund";

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

/**
 * What was only proposed out of a payment the bank took falls where it does not fit beside what is left of it. What the
 * proposals leave of money that pays nothing is proposed anew; of a booking that ended the rules count again.
 */
export async function endTakenProposals(
  tx: Tx,
  system: System,
  { id: paymentId, bookingId, isSurplus }: { id: string; bookingId: string | null; isSurplus: boolean },
  now: Date,
): Promise<void> {
  const payment = await tx.payment.findUniqueOrThrow({
    where: { id: paymentId },
    include: { refunds: { where: { state: "calculated" } } },
  });
  const { refunds, caseId, currency } = payment;
  const leftMinor = leftOf(payment);
  const askedMinor = sumMinor(refunds.map((refund) => refund.amountMinor));
  if (askedMinor > leftMinor) {
    const refusedReason = leftMinor === 0n ? TAKEN_BY_BANK : COUNTED_ANEW;
    for (const { id, cause } of refunds) {
      await tx.refund.updateMany({
        where: { id, state: "calculated" },
        data: { state: "refused", refusedReason, refusedAt: now },
      });
      await closeSending(tx, { id, caseId }, now);
      const audit = { caseId, objectType: "refund", objectId: id, facts: { cause } };
      await writeAudit(tx, system, "refund.refused", audit);
    }
    const back = { paymentId, amountMinor: leftMinor, split: null };
    if (isSurplus && bookingId && leftMinor > 0n)
      await writeProposals(tx, system, { bookingId, caseId, currency, cause: "duplicate" }, [back], now);
  }
  if (bookingId && !isSurplus) await proposeAnew(tx, system, bookingId, now);
}

/** Nobody is asked any more to approve or to send it. */
async function closeSending(
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
