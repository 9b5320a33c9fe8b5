import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { newToken } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { endCausesOf } from "@/lib/bookings/cause-of-end";
import { proofFor } from "@/lib/bookings/refund-policy";
import { readBooking } from "@/lib/bookings/queries";
import { asPerson, type Tx } from "@/lib/infra/db";
import { enqueue } from "@/lib/infra/jobs";
import { claimPayment } from "./claim-payment";
import { isAskedFor, mayGoBack, STANDING_STATES } from "./payment";
import { postCover } from "./post-cover";
import { postApprovedRefund } from "./post-refund";
import { isTooMuch } from "./propose-anew";
import { isContested } from "./propose-refunds";
import { leftOf } from "./refund";
import { refundsOf } from "./scope";

type Refusal =
  | "not_found"
  | "same_person"
  | "refund_exceeds"
  | "illegal_transition"
  | "payment_disputed"
  | "proof_missing";

/**
 * The second person says yes: the sum is set aside from the payment and put on its way. Of two approvals at once one
 * wins; more than was captured can never be set aside. A refund that failed may be approved again. For a cause that is proven
 * they say what they have seen; it is kept beside their name. `null` comes from a client that knows no such word: it is let
 * through, and the audit row says that nobody said what they saw.
 */
export async function approveRefund(
  finance: Finance,
  refundId: string,
  now: Date,
  seen?: string | null,
): Promise<Outcome<{ id: string }, Refusal>> {
  return asPerson(finance, async (tx) => {
    const named = await tx.refund.findUnique({ where: { id: refundId }, select: { paymentId: true } });
    if (!named || !(await claimPayment(tx, named.paymentId))) return refused("not_found");
    const refund = await tx.refund.findFirst({
      where: { AND: [{ id: refundId }, refundsOf(finance)] },
      include: {
        payment: {
          select: {
            ...{ amountMinor: true, refundedMinor: true, lostMinor: true, lossSettledMinor: true },
            ...{ state: true, openDisputes: true },
          },
        },
      },
    });
    if (!refund) return refused("not_found");
    if (refund.proposedById === finance.personId) return refused("same_person");
    if (!mayLeave(refund)) return refused("payment_disputed");
    if (refund.state === "calculated" && (await isTooMuchMeanwhile(tx, finance, refund)))
      return refused("payment_disputed");
    const isRetry = refund.state === "failed";
    const proof = proofFor(refund.cause);
    if (proof && seen === undefined && !refund.seenProof)
      return refused("proof_missing", { path: "proof", proof });
    if (refund.state === "calculated" && refund.amountMinor > leftOf(refund.payment))
      return refused("refund_exceeds");
    // What it was split by when it was proposed may lie in the other pocket by now.
    if (refund.state === "calculated" && refund.bookingId)
      await postCover(tx, finance, { id: refund.bookingId, caseId: refund.caseId }, now);
    const approved = {
      ...{ state: "approved" as const, approvedById: finance.personId, approvedAt: now },
      // What the first of them saw stays; a second try sends the same sum for the same cause.
      ...(proof && seen && !refund.seenProof ? { seenProof: seen } : {}),
    };
    // A new key: the old one would only bring back the old refusal.
    const anew = { idempotencyKey: newToken("refund_"), stripeRefundId: null, failureCode: null };
    const { count } = await tx.refund.updateMany({
      where: { id: refundId, state: isRetry ? "failed" : "calculated" },
      data: isRetry ? { ...approved, ...anew } : { ...approved, lostBeforeMinor: refund.payment.lostMinor },
    });
    if (count === 0) return refused("illegal_transition", { from: refund.state, to: "approved" });
    if (!isRetry) {
      await setAside(tx, refund);
      await postApprovedRefund(tx, refund, finance.personId);
    }
    await closeTask(tx, finance, refund.caseId, refundId, now);
    await writeAudit(tx, finance, "refund.approved", {
      caseId: refund.caseId,
      objectType: "refund",
      objectId: refundId,
      facts: { cause: refund.cause, ...(proof ? { proof, isSaid: Boolean(seen ?? refund.seenProof) } : {}) },
    });
    await enqueue(tx, "refund.send", { refundId });
    return done({ id: refundId });
  });
}

interface SetAside {
  paymentId: string;
  amountMinor: bigint;
  payment: { amountMinor: bigint; lostMinor: bigint };
}

/** Money that is here and nobody asks for; of what a bank took a part of, the rest, by a first way alone. */
function mayLeave({ state, payment }: { state: string; payment: Parameters<typeof isAskedFor>[0] }): boolean {
  if (isAskedFor(payment)) return false;
  if (payment.state === "lost") return state === "calculated";
  return STANDING_STATES.some((one) => one === payment.state);
}

/** Whether another payment of the booking is asked for, and without it the rules would give less back. */
async function isTooMuchMeanwhile(
  tx: Tx,
  finance: Finance,
  { bookingId, cause }: { bookingId: string | null; cause: string },
): Promise<boolean> {
  if (!bookingId || !(await isContested(tx, { bookingId }))) return false;
  const booking = await readBooking(tx, finance, bookingId);
  const ended = booking && endCausesOf(booking).find((one) => one === cause);
  return ended ? isTooMuch(tx, booking, ended) : false;
}

async function setAside(tx: Tx, refund: SetAside): Promise<void> {
  const room = refund.payment.amountMinor - refund.payment.lostMinor - refund.amountMinor;
  const { count } = await tx.payment.updateMany({
    where: {
      ...{ id: refund.paymentId, refundedMinor: { lte: room } },
      ...mayGoBack(),
    },
    data: { refundedMinor: { increment: refund.amountMinor } },
  });
  // The booking's row is locked, so this can only be a fault: nothing of it may stay.
  if (count === 0) throw new Error("A refund beyond what was captured and is here.");
}

async function closeTask(
  tx: Tx,
  finance: Finance,
  caseId: string,
  refundId: string,
  now: Date,
): Promise<void> {
  await tx.task.updateMany({
    where: { caseId, title: refundId, kind: { in: ["approve_refund", "refund_failed"] }, state: "open" },
    data: { state: "done", doneAt: now, doneById: finance.personId },
  });
}
