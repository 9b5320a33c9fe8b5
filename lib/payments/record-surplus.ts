import "server-only";
import type { Finance, System } from "@/lib/kernel/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { noteCaseEvent } from "@/lib/cases/move-case";
import type { Tx } from "@/lib/infra/db";
import { announceMoney } from "./announce-money";
import { surplusPostings } from "./ledger";
import { MAY_SUCCEED } from "./payment";
import { postLedger } from "./post-ledger";
import { writeProposals } from "./propose-refunds";

export interface SurplusPayment {
  id: string;
  caseId: string;
  bookingId: string;
  currency: string;
  amountMinor: bigint;
  planItem: { kind: string; booking: { number: string; patientId: string } };
}

/**
 * Books money for an instalment that was paid already, in the caller's transaction: it changes no contract, stands in
 * the ledger as held for the payer, and its way back is proposed at once for somebody else to approve. False when this
 * payment was booked before.
 */
export async function recordSurplus(
  tx: Tx,
  actor: System | Finance,
  payment: SurplusPayment,
  refs: { sessionId?: string; paymentIntentId?: string },
  now: Date,
): Promise<boolean> {
  const { id, caseId, bookingId, currency, amountMinor, planItem } = payment;
  const { count } = await tx.payment.updateMany({
    where: { id, state: { in: [...MAY_SUCCEED] } },
    data: {
      ...{ state: "succeeded", isSurplus: true, succeededAt: now, endedAt: now, failureCode: null },
      ...refs,
    },
  });
  if (count === 0) return false;
  await postLedger(
    tx,
    {
      kind: "surplus_received",
      reference: `payment:${id}`,
      bookingId,
      paymentId: id,
      currency,
      memo: `${planItem.booking.number} ${planItem.kind}`,
    },
    surplusPostings(amountMinor),
  );
  await noteCaseEvent(tx, actor, { caseId, kind: "payment_doubled" });
  await writeAudit(tx, actor, "payment.doubled", { caseId, objectType: "payment", objectId: id });
  const back = { paymentId: id, amountMinor, split: null };
  await writeProposals(tx, actor, { bookingId, caseId, currency, cause: "duplicate" }, [back], now);
  await announceMoney(tx, { patientId: planItem.booking.patientId, caseId }, "payment_problem");
  return true;
}
