import "server-only";
import type { System } from "@/lib/kernel/actor";
import { asPerson, type Tx } from "@/lib/infra/db";
import { enqueue } from "@/lib/infra/jobs";
import { log } from "@/lib/infra/log";
import { claimPayment } from "./claim-payment";
import { endTakenProposals, endTakenRefunds } from "./end-taken-refunds";
import { payAgreed } from "./pay-agreed";
import { postLedger } from "./post-ledger";

const BATCH = 200;

interface LostPayment {
  id: string;
  bookingId: string | null;
  isSurplus: boolean;
}

interface OldLoss extends LostPayment {
  currency: string;
  lostMinor: bigint;
  lossSettledMinor: bigint;
}

/**
 * Sets against what was owed what payers' banks took before we knew to do so, and says how many were settled. Safe to repeat and
 * beside itself: each loss is settled once, and none of today is left for it. One that fails waits for the next run alone.
 */
export async function settleLosses(system: System, now: Date): Promise<number> {
  let settled = 0;
  let after: string | undefined;
  for (;;) {
    const old = await readUnsettled(system, after);
    for (const { id } of old) if (await settleOne(system, id, now)) settled += 1;
    if (old.length < BATCH) return settled;
    after = old.at(-1)?.id;
  }
}

async function readUnsettled(system: System, after: string | undefined): Promise<{ id: string }[]> {
  return asPerson(system, (tx) =>
    tx.payment.findMany({
      where: { lostMinor: { gt: tx.payment.fields.lossSettledMinor }, ...(after && { id: { gt: after } }) },
      orderBy: { id: "asc" },
      take: BATCH,
      select: { id: true },
    }),
  );
}

async function settleOne(system: System, id: string, now: Date): Promise<boolean> {
  try {
    return await asPerson(system, async (tx) => {
      await claimPayment(tx, id);
      return settleOldLoss(tx, system, await tx.payment.findUniqueOrThrow({ where: { id } }), now);
    });
  } catch (error) {
    log.error({ error, kind: "payment", id }, "a loss of before is not settled");
    return false;
  }
}

/** What of a payment its bank took before we knew to set it against what was owed; to be called with the payment taken. */
export async function settleOldLoss(tx: Tx, system: System, payment: OldLoss, now: Date): Promise<boolean> {
  if (payment.lostMinor === payment.lossSettledMinor) return false;
  await bookOverdrawn(tx, payment);
  await settleLoss(tx, system, payment, { isOld: true }, now);
  return true;
}

/** What of a payment its bank took pays first what was owed and asked; what stays approved goes on its way. */
export async function settleLoss(
  tx: Tx,
  system: System,
  payment: LostPayment,
  { isOld }: { isOld: boolean },
  now: Date,
): Promise<void> {
  const { id: paymentId } = payment;
  const { lostMinor, lossSettledMinor } = await tx.payment.findUniqueOrThrow({ where: { id: paymentId } });
  const lossMinor = lostMinor - lossSettledMinor;
  const paidMinor = await endTakenRefunds(tx, system, paymentId, now);
  // A sum somebody named may have been asked for with an old loss in mind, or that was paid again: a second person decides.
  const endedMinor = isOld ? lossMinor : paidMinor;
  const { bookingId } = payment.isSurplus ? { bookingId: null } : payment;
  if (isOld && bookingId) await payAgreed(tx, system, bookingId, now);
  await endTakenProposals(tx, system, payment, { lossMinor, endedMinor }, now);
  if (!isOld && bookingId) await payAgreed(tx, system, bookingId, now);
  await tx.payment.update({ where: { id: paymentId }, data: { lossSettledMinor: lostMinor } });
  const left = await tx.refund.findMany({ where: { paymentId, state: "approved" }, select: { id: true } });
  for (const { id: refundId } of left) await enqueue(tx, "refund.send", { refundId });
}

/** A loss of money that paid nothing was once taken whole from what is held, also where that was on its way back already. */
async function bookOverdrawn(
  tx: Tx,
  { id: paymentId, bookingId, currency, isSurplus }: OldLoss,
): Promise<void> {
  if (!isSurplus || !bookingId) return;
  const { _sum } = await tx.ledgerEntry.aggregate({
    where: { account: "client_funds_held", contract: null, tx: { bookingId, paymentId } },
    _sum: { amountMinor: true },
  });
  const beyondMinor = _sum.amountMinor ?? 0n;
  if (beyondMinor <= 0n) return;
  const memo = "lost beyond what was held";
  const event = { kind: "dispute_lost", reference: `payment:${paymentId}:overdrawn`, memo };
  await postLedger(tx, { ...event, bookingId, paymentId, currency }, [
    { account: "client_funds_held", contract: null, amountMinor: -beyondMinor },
    { account: "write_off", contract: null, amountMinor: beyondMinor },
  ]);
}
