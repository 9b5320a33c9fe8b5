import "server-only";
import { type Actor, personIdOf } from "@/lib/kernel/actor";
import { newId, newToken } from "@/lib/kernel/ids";
import { least } from "@/lib/kernel/money";
import { writeAudit } from "@/lib/audit/write-audit";
import type { ContractKind } from "@/lib/bookings/payment-plan";
import { TAKEN_BY_BANK } from "@/lib/bookings/taken";
import type { Tx } from "@/lib/infra/db";
import { type RefundSplit, takenRefundPostings } from "./ledger";
import { postLedger } from "./post-ledger";
import { type ApprovedRefund, postApprovedRefund } from "./post-refund";
import type { RefundReason } from "./propose-refunds";
import { type LostOfContract, readLostPayments } from "./read-loss";
import { keptSplit } from "./refund";

/**
 * What is due back of a contract and is not here, because a payer's bank took it before: the loss has paid it, so that much less of
 * the instalment is asked for again. The sum leaves its pocket and makes up for the loss; nothing is sent. Answers how much of it
 * the losses cover. To be called with the booking taken.
 */
export async function payByLoss(
  tx: Tx,
  actor: Actor,
  { contract, ...reason }: RefundReason & { contract: ContractKind },
  dueMinor: bigint,
  now: Date,
): Promise<bigint> {
  if (dueMinor === 0n) return 0n;
  let leftMinor = dueMinor;
  for (const lost of await readLostPayments(tx, reason.bookingId, contract)) {
    const amountMinor = least(leftMinor, lost.amountMinor);
    if (amountMinor === 0n) continue;
    await writePaid(tx, actor, { ...reason, contract }, { ...lost, amountMinor }, now);
    leftMinor -= amountMinor;
  }
  return dueMinor - leftMinor;
}

async function writePaid(
  tx: Tx,
  actor: Actor,
  { contract, cause, ...about }: RefundReason & { contract: ContractKind },
  { paymentId, amountMinor }: LostOfContract,
  now: Date,
): Promise<void> {
  const id = newId();
  const sequence = 1 + (await tx.refund.count({ where: { paymentId, cause } }));
  const quote = { ...keptSplit(splitOf(contract, amountMinor), "taken") };
  const { lostMinor } = await tx.payment.findUniqueOrThrow({ where: { id: paymentId } });
  await tx.refund.createMany({
    data: [
      {
        ...{ id, paymentId, ...about, sequence, cause, amountMinor, quote, state: "refused" },
        ...{ refusedReason: TAKEN_BY_BANK, approvedAt: now, refusedAt: now, createdAt: now },
        // The loss that has paid it came after it, so to say: later losses are counted from there.
        lostBeforeMinor: lostMinor - amountMinor,
        proposedById: personIdOf(actor),
        idempotencyKey: newToken("refund_"),
      },
    ],
  });
  const { bookingId, currency, caseId } = about;
  await postPaidByLoss(tx, { id, paymentId, bookingId, currency, amountMinor, quote });
  await writeAudit(tx, actor, "refund.refused", {
    ...{ caseId, objectType: "refund", objectId: id },
    facts: { cause },
  });
}

function splitOf(contract: ContractKind, amountMinor: bigint): RefundSplit {
  const isA = contract === "A";
  return {
    ...{ treatmentMinor: isA ? amountMinor : 0n, servicesMinor: isA ? 0n : amountMinor },
    feeMinor: 0n,
  };
}

/** A refund that was never set aside leaves its pockets, and what the payer's bank took has paid it. */
export async function postPaidByLoss(tx: Tx, refund: ApprovedRefund): Promise<void> {
  await postApprovedRefund(tx, refund, null);
  await postTaken(tx, { ...refund, opinionId: null });
}

/** What the bank took pays what was owed to the payer. */
export async function postTaken(
  tx: Tx,
  { id, paymentId, bookingId, opinionId, currency, amountMinor }: TakenRefund,
): Promise<void> {
  await postLedger(
    tx,
    {
      ...{ kind: "refund_taken", reference: `refund:${id}:taken`, memo: "refund taken by the payer's bank" },
      ...{ bookingId, opinionId, paymentId, refundId: id, currency },
    },
    takenRefundPostings(amountMinor),
  );
}

type TakenRefund = Omit<ApprovedRefund, "quote"> & { opinionId: string | null };
