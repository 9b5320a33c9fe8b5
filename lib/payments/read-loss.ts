import "server-only";
import { allocate, sumMinor } from "@/lib/kernel/money";
import { partFields } from "@/lib/bookings/read-refund-quote";
import { partsOf, takenOf } from "@/lib/bookings/taken";
import type { Tx } from "@/lib/infra/db";

/** What of a payment its bank took is booked as lost: it paid nothing that was owed, and nobody paid it again. */
export async function readLoss(tx: Tx, paymentId: string): Promise<bigint> {
  const payment = await tx.payment.findUniqueOrThrow({
    where: { id: paymentId },
    select: { bookingId: true, opinionId: true, planItemId: true, isSurplus: true },
  });
  const own = await lossOf(tx, payment, [paymentId]);
  // What was paid twice pays no instalment, and nobody pays it again.
  if (!payment.planItemId || payment.isSurplus) return own;
  const whole = await readItemLoss(tx, payment.bookingId, payment.planItemId);
  return own < whole ? own : whole;
}

/** The same of all payments of an instalment, less what was paid again in their place. */
async function readItemLoss(tx: Tx, bookingId: string | null, planItemId: string): Promise<bigint> {
  const payments = await tx.payment.findMany({
    where: { planItemId, isSurplus: false, succeededAt: { not: null } },
    select: { id: true },
  });
  return lossOf(
    tx,
    { bookingId, opinionId: null },
    payments.map(({ id }) => id),
  );
}

async function lossOf(
  tx: Tx,
  { bookingId, opinionId }: { bookingId: string | null; opinionId: string | null },
  paymentIds: string[],
): Promise<bigint> {
  const kind = { in: ["dispute_lost", "refund_taken", "payment_received"] };
  const { _sum } = await tx.ledgerEntry.aggregate({
    where: { account: "write_off", tx: { bookingId, opinionId, paymentId: { in: paymentIds }, kind } },
    _sum: { amountMinor: true },
  });
  return _sum.amountMinor ?? 0n;
}

interface Arrived {
  id: string;
  bookingId: string;
  planItemId: string;
  amountMinor: bigint;
  planItem: { amountMinor: bigint };
}

/**
 * How much of money that arrived stands in place of what payers' banks took, in all and of contract A: what came beyond what
 * the instalment asks for, as far as it is booked as lost. To be asked once the payment is written.
 */
export async function readRepaid(tx: Tx, payment: Arrived, contractAMinor: bigint) {
  const { bookingId, planItemId, amountMinor } = payment;
  const { _sum } = await tx.payment.aggregate({
    where: { planItemId, isSurplus: false, succeededAt: { not: null } },
    _sum: { amountMinor: true },
  });
  const beyondMinor = (_sum.amountMinor ?? 0n) - payment.planItem.amountMinor;
  if (beyondMinor <= 0n) return { amountMinor: 0n, contractAMinor: 0n };
  const lossMinor = await readItemLoss(tx, bookingId, planItemId);
  const repaidMinor = [beyondMinor, lossMinor].reduce(
    (least, one) => (one < least ? one : least),
    amountMinor,
  );
  if (repaidMinor <= 0n) return { amountMinor: 0n, contractAMinor: 0n };
  const weights = [Number(contractAMinor), Number(amountMinor - contractAMinor)];
  return { amountMinor: repaidMinor, contractAMinor: allocate(repaidMinor, weights)[0] ?? 0n };
}

/** What payers' banks took of each of these instalments and nobody has paid again. */
export async function readLostOf(
  tx: Tx,
  items: readonly { id: string; paidMinor: bigint; paidAMinor: bigint }[],
): Promise<Map<string, bigint>> {
  const payments = await tx.payment.findMany({
    where: { planItemId: { in: items.map(({ id }) => id) }, isSurplus: false, succeededAt: { not: null } },
    select: { planItemId: true, ...partFields() },
  });
  return new Map(
    items.map(({ id, paidMinor, paidAMinor }) => {
      const own = payments.filter(({ planItemId }) => planItemId === id);
      const { A, B } = takenOf([{ paidMinor, paidAMinor, payments: own.flatMap(partsOf) }]);
      // What had gone back before the bank took the rest is asked of nobody.
      const lostMinor = sumMinor(own.map((one) => (one.state === "lost" ? one.lostMinor : 0n)));
      const againMinor = sumMinor(own.map((one) => one.amountMinor)) - paidMinor;
      const leftMinor = lostMinor - (againMinor > 0n ? againMinor : 0n);
      const takenMinor = A.lostMinor + B.lostMinor;
      return [id, leftMinor < takenMinor ? leftMinor : takenMinor];
    }),
  );
}
