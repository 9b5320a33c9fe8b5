import "server-only";
import { TAKEN_BY_BANK } from "@/lib/bookings/taken";
import type { System } from "@/lib/kernel/actor";
import { newId, newToken } from "@/lib/kernel/ids";
import { least, sumMinor } from "@/lib/kernel/money";
import { writeAudit } from "@/lib/audit/write-audit";
import { endCausesOf, endedUnpaid } from "@/lib/bookings/cause-of-end";
import { readBooking } from "@/lib/bookings/queries";
import type { Tx } from "@/lib/infra/db";
import type { Refund } from "@/lib/infra/generated/client";
import { postPaidByLoss, postTaken } from "./pay-by-loss";
import { readLoss } from "./read-loss";
import { proposeAnew } from "./propose-anew";
import { writeProposals } from "./propose-refunds";
import {
  COUNTED_ANEW,
  isAgreed,
  isByRules,
  isKeptSplit,
  keptSplit,
  leftOf,
  type PaidByLoss,
  partSplit,
  payableByLoss,
} from "./refund";

/**
 * What the payer's bank took back for good pays first what was owed to the payer out of the same payment: a refund that has
 * not left us, or came back to us, ends and is sent no second way, and the loss is what remains. One that is with the
 * provider waits for its news, and one set aside after the loss was counted with it. Answers what was paid so. To be called
 * with the payment taken, after a loss and after each refund that failed.
 */
export async function endTakenRefunds(tx: Tx, system: System, paymentId: string, now: Date): Promise<bigint> {
  const lossMinor = await readLoss(tx, paymentId);
  if (lossMinor <= 0n) return 0n;
  const { lostMinor } = await tx.payment.findUniqueOrThrow({ where: { id: paymentId } });
  const paid: PaidByLoss[] = await tx.refund.findMany({
    where: { paymentId, state: "refused", refusedReason: TAKEN_BY_BANK },
    select: { amountMinor: true, lostBeforeMinor: true },
  });
  let endedMinor = 0n;
  for (const refund of await readUnsent(tx, paymentId)) {
    const { amountMinor, lostBeforeMinor } = refund;
    const takenMinor = [
      amountMinor,
      lossMinor - endedMinor,
      payableByLoss(lostMinor, lostBeforeMinor, paid),
    ].reduce((least, one) => (one < least ? one : least));
    if (takenMinor === 0n) continue;
    await endRefund(tx, system, refund, takenMinor, now);
    paid.push({ amountMinor: takenMinor, lostBeforeMinor });
    endedMinor += takenMinor;
  }
  return endedMinor;
}

/** The payer's bank had given this sum before it was set aside: it ends at once, and is never sent. */
export async function endTakenRefund(tx: Tx, system: System, refundId: string, now: Date): Promise<void> {
  const refund = await tx.refund.findUniqueOrThrow({
    where: { id: refundId },
    include: { payment: { select: { opinionId: true } } },
  });
  await endRefund(tx, system, refund, refund.amountMinor, now);
}

/** What was only proposed out of a payment ends where all of it goes back: nobody can approve it any more. */
export async function replaceProposals(tx: Tx, system: System, paymentId: string, now: Date): Promise<void> {
  const { lostMinor: lostBeforeMinor, refunds } = await tx.payment.findUniqueOrThrow({
    where: { id: paymentId },
    include: { refunds: { where: { state: "calculated" }, orderBy: { id: "asc" } } },
  });
  const end = { refusedReason: COUNTED_ANEW, lostBeforeMinor };
  for (const refund of refunds) await endProposal(tx, system, refund, end, now);
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
  const { opinionId } = refund.payment;
  await postTaken(tx, { id, paymentId, bookingId, opinionId, currency, amountMinor: takenMinor });
  await closeSending(tx, { id, caseId }, now);
  const audit = { caseId, objectType: "refund", objectId: id, facts: { cause } };
  await writeAudit(tx, system, "refund.refused", audit);
}

/**
 * The bank took less than this refund: the part it took becomes a row of its own, and the rest stays owed under a new key,
 * so that late news of the former try says nothing about it. Each has its share of what the refund was calculated from.
 */
export async function partOff(tx: Tx, refund: Refund, takenMinor: bigint, now: Date): Promise<string> {
  const { paymentId, bookingId, caseId, cause, state, currency, proposedById, approvedById } = refund;
  const { lostBeforeMinor, amountMinor, quote, seenProof } = refund;
  const parted = isKeptSplit(quote) ? partSplit(quote, takenMinor, amountMinor) : null;
  await tx.refund.update({
    where: { id: refund.id },
    data: {
      amountMinor: amountMinor - takenMinor,
      ...(parted ? { quote: { ...keptSplit(parted.rest, !isByRules(quote) && "named") } } : {}),
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
        ...{
          proposedById,
          approvedById,
          approvedAt: refund.approvedAt,
          createdAt: now,
          lostBeforeMinor,
          seenProof,
        },
        ...(parted ? { quote: { ...keptSplit(parted.part, !isByRules(quote) && "named") } } : {}),
        idempotencyKey: newToken("refund_"),
      },
    ],
  });
  return id;
}

interface TakenPayment {
  id: string;
  bookingId: string | null;
  isSurplus: boolean;
}

/**
 * What was only proposed out of a payment when the bank took of it: what the rules give is counted anew where it does not fit
 * beside what is left, and of money that pays nothing the rest is proposed. All else ends by the loss, as far as that has not
 * paid what was owed.
 */
export async function endTakenProposals(
  tx: Tx,
  system: System,
  { id: paymentId, bookingId, isSurplus }: TakenPayment,
  { lossMinor, endedMinor }: { lossMinor: bigint; endedMinor: bigint },
  now: Date,
): Promise<void> {
  const booking = bookingId && !isSurplus ? await readBooking(tx, system, bookingId) : null;
  // All that is left of it goes back, and whoever sends it ends what was proposed.
  if (booking && endedUnpaid(booking)) return;
  const causes: string[] = booking ? endCausesOf(booking) : [];
  const read = () =>
    tx.payment.findUniqueOrThrow({
      where: { id: paymentId },
      include: { refunds: { where: { state: "calculated" }, orderBy: { id: "asc" } } },
    });
  const before = await read();
  const lostBeforeMinor = before.lostMinor - lossMinor;
  if (booking) {
    const others = before.refunds.filter(({ cause }) => !causes.includes(cause));
    await endOthers(tx, system, others, { takenMinor: lossMinor - endedMinor, lostBeforeMinor }, now);
  }
  const { refunds, ...payment } = await read();
  const { caseId, currency } = payment;
  const leftMinor = leftOf(payment);
  if (sumMinor(refunds.map((refund) => refund.amountMinor)) > leftMinor) {
    const refusedReason = leftMinor === 0n ? TAKEN_BY_BANK : COUNTED_ANEW;
    for (const refund of refunds)
      await endProposal(tx, system, refund, { refusedReason, lostBeforeMinor }, now);
    const back = { paymentId, amountMinor: leftMinor, split: null };
    if (isSurplus && bookingId && leftMinor > 0n)
      await writeProposals(tx, system, { bookingId, caseId, currency, cause: "duplicate" }, [back], now);
  }
  if (booking) await proposeAnew(tx, system, booking.id, now);
}

/**
 * Sums that no end of a booking gives; one that the loss pays in part stays asked for with the rest. What a change or a final bill
 * gives back comes first: it was due before anybody approved it, so the books count it as paid. What somebody named was not.
 */
async function endOthers(
  tx: Tx,
  system: System,
  refunds: readonly Refund[],
  { takenMinor, lostBeforeMinor }: { takenMinor: bigint; lostBeforeMinor: bigint },
  now: Date,
): Promise<void> {
  let restMinor = takenMinor;
  const agreedFirst = [...refunds.filter(isAgreed), ...refunds.filter((refund) => !isAgreed(refund))];
  for (const refund of agreedFirst) {
    if (restMinor <= 0n) return;
    const amountMinor = least(refund.amountMinor, restMinor);
    const isWhole = amountMinor === refund.amountMinor;
    const id = isWhole ? refund.id : await partOff(tx, refund, amountMinor, now);
    restMinor -= amountMinor;
    const end = { refusedReason: TAKEN_BY_BANK, lostBeforeMinor };
    if (!isAgreed(refund)) await endProposal(tx, system, { ...refund, id }, end, now);
    else {
      await endProposal(tx, system, { ...refund, id }, { ...end, approvedAt: now }, now);
      await postPaidByLoss(tx, await tx.refund.findUniqueOrThrow({ where: { id } }));
    }
  }
}

export async function endProposal(
  tx: Tx,
  system: System,
  { id, caseId, cause }: { id: string; caseId: string; cause: string },
  end: { refusedReason: string; lostBeforeMinor: bigint; approvedAt?: Date },
  now: Date,
): Promise<void> {
  const { count } = await tx.refund.updateMany({
    where: { id, state: "calculated" },
    data: { state: "refused", ...end, refusedAt: now },
  });
  if (count === 0) throw new Error("A refund moved while its payment was locked.");
  await closeSending(tx, { id, caseId }, now);
  const audit = { caseId, objectType: "refund", objectId: id, facts: { cause } };
  await writeAudit(tx, system, "refund.refused", audit);
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
