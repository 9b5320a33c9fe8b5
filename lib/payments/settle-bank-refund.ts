import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { claimPayment } from "./claim-payment";
import { isAskedFor } from "./payment";
import { refundsOf } from "./scope";
import { bookSettledRefund } from "./settle-refund";

/**
 * Finance has sent a refund back through the bank, under what the bank calls it: of money that came that way, or one the
 * payer's card would not take.
 */
export async function settleBankRefund(
  finance: Finance,
  refundId: string,
  now: Date,
  bankReference?: string,
): Promise<Outcome<{ id: string }, "not_found" | "illegal_transition" | "payment_disputed">> {
  const named = await asPerson(finance, (tx) =>
    tx.refund.findFirst({
      where: {
        AND: [
          { id: refundId, OR: [{ payment: { method: "bank_transfer" } }, { state: "failed" }] },
          refundsOf(finance),
        ],
      },
      select: { id: true, paymentId: true },
    }),
  );
  if (!named) return refused("not_found");
  // Finance may not write into a case; the system does, and the audit row names the person.
  const system = systemActor("bank-refund");
  return asPerson(system, async (tx) => {
    await claimPayment(tx, named.paymentId);
    const refund = await tx.refund.findUniqueOrThrow({
      where: { id: refundId },
      include: {
        payment: {
          select: {
            ...{ state: true, opinionId: true, openDisputes: true },
            ...{ lostMinor: true, lossSettledMinor: true },
          },
        },
      },
    });
    // What the payer's bank asks for goes no second way. Once it took it, what is still owed is what it left.
    if (isAskedFor(refund.payment)) return refused("payment_disputed");
    const outcome = await bookSettledRefund(tx, system, { ...refund, bankReference }, null, now);
    if (outcome !== "settled") return refused("illegal_transition", { from: refund.state, to: "settled" });
    await tx.task.updateMany({
      where: {
        caseId: refund.caseId,
        kind: { in: ["refund_by_bank", "refund_failed"] },
        title: refundId,
        state: "open",
      },
      data: { state: "done", doneAt: now, doneById: finance.personId },
    });
    const audit = { caseId: refund.caseId, objectType: "refund", objectId: refundId };
    await writeAudit(tx, finance, "refund.sent_by_bank", audit);
    return done({ id: refundId });
  });
}
