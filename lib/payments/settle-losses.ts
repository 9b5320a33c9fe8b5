import "server-only";
import type { System } from "@/lib/kernel/actor";
import { asPerson, type Tx } from "@/lib/infra/db";
import { enqueue } from "@/lib/infra/jobs";
import { claimPayment } from "./claim-payment";
import { endTakenProposals, endTakenRefunds } from "./end-taken-refunds";
import { postLedger } from "./post-ledger";

const BATCH = 200;

interface LostPayment {
  id: string;
  bookingId: string | null;
  isSurplus: boolean;
}

/**
 * Sets against what was owed, or asked, what payers' banks took before we knew to do so. Safe to repeat and beside itself: each
 * loss is settled once, and none of today is left for it.
 */
export async function settleLosses(system: System, now: Date): Promise<number> {
  const old = await asPerson(system, (tx) =>
    tx.payment.findMany({
      where: { lostMinor: { gt: tx.payment.fields.lossSettledMinor } },
      orderBy: { id: "asc" },
      take: BATCH,
      select: { id: true },
    }),
  );
  for (const { id } of old)
    await asPerson(system, async (tx) => {
      await claimPayment(tx, id);
      const payment = await tx.payment.findUniqueOrThrow({ where: { id } });
      if (payment.lostMinor === payment.lossSettledMinor) return;
      await bookOverdrawn(tx, payment);
      await settleLoss(tx, system, payment, now);
    });
  return old.length;
}

/** What of a payment its bank took pays first what was owed and asked; what stays approved goes on its way. */
export async function settleLoss(tx: Tx, system: System, payment: LostPayment, now: Date): Promise<void> {
  const { id: paymentId } = payment;
  const { lostMinor, lossSettledMinor } = await tx.payment.findUniqueOrThrow({ where: { id: paymentId } });
  const endedMinor = await endTakenRefunds(tx, system, paymentId, now);
  await endTakenProposals(tx, system, payment, { lossMinor: lostMinor - lossSettledMinor, endedMinor }, now);
  await tx.payment.update({ where: { id: paymentId }, data: { lossSettledMinor: lostMinor } });
  const left = await tx.refund.findMany({ where: { paymentId, state: "approved" }, select: { id: true } });
  for (const { id: refundId } of left) await enqueue(tx, "refund.send", { refundId });
}

/** A loss of money that paid nothing was once taken whole from what is held, also where that was on its way back already. */
async function bookOverdrawn(
  tx: Tx,
  { id: paymentId, bookingId, currency, isSurplus }: LostPayment & { currency: string },
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
