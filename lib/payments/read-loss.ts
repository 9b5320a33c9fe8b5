import "server-only";
import { allocate, least, most, sumMinor } from "@/lib/kernel/money";
import { refillA } from "@/lib/bookings/part";
import type { ContractKind } from "@/lib/bookings/payment-plan";
import { partFields } from "@/lib/bookings/read-refund-quote";
import { paidByLoss, partsOf, TAKEN_BY_BANK, takenOf } from "@/lib/bookings/taken";
import type { Tx } from "@/lib/infra/db";
import { SET_ASIDE_STATES, wishedSplit } from "./refund";

const NOTHING = { treatmentMinor: 0n, servicesMinor: 0n, feeMinor: 0n };

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

/** The same of all that was paid for a booking's instalments. */
export async function readBookingLoss(tx: Tx, bookingId: string): Promise<bigint> {
  const payments = await tx.payment.findMany({
    where: { bookingId, isSurplus: false, succeededAt: { not: null } },
    select: { id: true, lostMinor: true },
  });
  if (payments.every(({ lostMinor }) => lostMinor === 0n)) return 0n;
  const lossMinor = await lossOf(
    tx,
    { bookingId, opinionId: null },
    payments.map(({ id }) => id),
  );
  return most(lossMinor, 0n);
}

/** The same of all payments of an instalment, less what was paid again in their place. */
export async function readItemLoss(tx: Tx, bookingId: string | null, planItemId: string): Promise<bigint> {
  return lossOf(tx, { bookingId, opinionId: null }, await paymentsOfItem(tx, planItemId));
}

/** The same of these payments of a booking alone. */
export function readLossOf(tx: Tx, bookingId: string, paymentIds: string[]): Promise<bigint> {
  return lossOf(tx, { bookingId, opinionId: null }, paymentIds);
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
 * How much of money that arrived stands in place of what payers' banks took: what came beyond what the instalment asks for, as
 * far as it is booked as lost. And what of the rest, which fills pockets, is of contract A. To be asked once the payment is
 * written and its instalment is paid so far.
 */
export async function readRepaid(
  tx: Tx,
  payment: Arrived,
  part: { contractAMinor: bigint; paidMinor: bigint; paidAMinor: bigint },
) {
  const { bookingId, planItemId, amountMinor } = payment;
  const { _sum } = await tx.payment.aggregate({
    where: { planItemId, isSurplus: false, succeededAt: { not: null } },
    _sum: { amountMinor: true },
  });
  const beyondMinor = (_sum.amountMinor ?? 0n) - payment.planItem.amountMinor;
  if (beyondMinor <= 0n) return { repaidMinor: 0n, contractAMinor: part.contractAMinor };
  const lossMinor = await readItemLoss(tx, bookingId, planItemId);
  const repaidMinor = [beyondMinor, most(lossMinor, 0n)].reduce(
    (least, one) => (one < least ? one : least),
    amountMinor,
  );
  const pocketed = await readPocketed(tx, payment);
  return { repaidMinor, contractAMinor: refillA(part, pocketed, amountMinor - repaidMinor) };
}

/**
 * What payments of an instalment brought into pockets, less what left them for refunds that a payer's bank paid instead. A
 * refund the bank paid a part of left as a whole: what of it is still owed counts as kept, by its share.
 */
async function readPocketed(tx: Tx, { bookingId, planItemId }: Arrived) {
  const payments = await tx.payment.findMany({
    where: { planItemId, isSurplus: false, refunds: { some: { refusedReason: TAKEN_BY_BANK } } },
    select: {
      ...{ id: true, amountMinor: true, contractAMinor: true },
      refunds: {
        where: { state: { in: [...SET_ASIDE_STATES] } },
        select: { amountMinor: true, quote: true },
      },
    },
  });
  const entries = await tx.ledgerEntry.groupBy({
    by: ["contract"],
    where: {
      account: { in: ["client_funds_held", "operator_fee_deferred"] },
      contract: { not: null },
      tx: {
        bookingId,
        OR: [
          { kind: "payment_received", paymentId: { in: await paymentsOfItem(tx, planItemId) } },
          { kind: "refund_approved", paymentId: { in: payments.map(({ id }) => id) } },
        ],
      },
    },
    _sum: { amountMinor: true },
  });
  const sumOf = (contract: "A" | "B") =>
    -(entries.find((one) => one.contract === contract)?._sum.amountMinor ?? 0n);
  const owed = payments.flatMap(({ refunds, contractAMinor, amountMinor: paidMinor }) =>
    refunds.map(({ amountMinor, quote }) => ({
      ...{ amountMinor },
      ofAMinor: wishedSplit(quote, { amountMinor, contractAMinor, paidMinor, held: NOTHING }).treatmentMinor,
    })),
  );
  return {
    amountMinor: sumOf("A") + sumOf("B") + sumMinor(owed.map((one) => one.amountMinor)),
    contractAMinor: sumOf("A") + sumMinor(owed.map((one) => one.ofAMinor)),
  };
}

async function paymentsOfItem(tx: Tx, planItemId: string): Promise<string[]> {
  const payments = await tx.payment.findMany({
    where: { planItemId, isSurplus: false, succeededAt: { not: null } },
    select: { id: true },
  });
  return payments.map(({ id }) => id);
}

interface LostPart {
  lostMinor: bigint;
  /** What of it paid no refund, by contract. */
  ofAMinor: bigint;
  ofBMinor: bigint;
  /** What a bank asks for and has not decided on. */
  contestedMinor: bigint;
}

/** What payers' banks took of each of these instalments and nobody has paid again. */
export async function readLostOf(
  tx: Tx,
  items: readonly { id: string; paidMinor: bigint; paidAMinor: bigint }[],
): Promise<Map<string, LostPart>> {
  const payments = await tx.payment.findMany({
    where: { planItemId: { in: items.map(({ id }) => id) }, isSurplus: false, succeededAt: { not: null } },
    select: { planItemId: true, ...partFields() },
  });
  return new Map(
    items.map(({ id, paidMinor, paidAMinor }) => {
      const own = payments.filter(({ planItemId }) => planItemId === id);
      const { A, B } = takenOf([{ paidMinor, paidAMinor, payments: own.map(partsOf) }]);
      // What had gone back before the bank took the rest is asked of nobody.
      const allMinor = sumMinor(own.map((one) => (one.state === "lost" ? one.lostMinor : 0n)));
      const againMinor = sumMinor(own.map((one) => one.amountMinor)) - paidMinor;
      const leftMinor = allMinor - (againMinor > 0n ? againMinor : 0n);
      const lostMinor = least(leftMinor, A.lostMinor + B.lostMinor);
      const paid = own.map(paidByLoss);
      const paidA = sumMinor(paid.map((one) => one.contractAMinor));
      const paidB = sumMinor(paid.map((one) => one.amountMinor)) - paidA;
      const ofAMinor = least(most(A.lostMinor - paidA, 0n), lostMinor);
      const ofBMinor = least(most(B.lostMinor - paidB, 0n), lostMinor - ofAMinor);
      const contestedMinor = A.contestedMinor + B.contestedMinor;
      return [id, { contestedMinor, lostMinor, ofAMinor, ofBMinor }];
    }),
  );
}

export interface LostOfContract {
  paymentId: string;
  amountMinor: bigint;
}

/** What is booked as lost of a contract and not paid again, payment by payment, the instalments in their order. */
export async function readLostPayments(
  tx: Tx,
  bookingId: string,
  contract: ContractKind,
): Promise<LostOfContract[]> {
  const items = await tx.planItem.findMany({
    where: { bookingId },
    orderBy: { position: "asc" },
    select: {
      ...{ id: true, paidMinor: true, paidAMinor: true },
      payments: {
        where: { isSurplus: false, lostMinor: { gt: 0n } },
        orderBy: { id: "asc" },
        select: { id: true, ...partFields() },
      },
    },
  });
  const taken = items.filter(({ payments }) => payments.length > 0);
  const parts = await readLostOf(tx, taken);
  const lost: LostOfContract[] = [];
  for (const { id, payments } of taken) {
    const part = parts.get(id);
    const wishMinor = (contract === "A" ? part?.ofAMinor : part?.ofBMinor) ?? 0n;
    let leftMinor = least(wishMinor, most(await readItemLoss(tx, bookingId, id), 0n));
    for (const payment of payments) {
      const amountMinor = least(leftMinor, await readOfContract(tx, payment, contract));
      if (amountMinor > 0n) lost.push({ paymentId: payment.id, amountMinor });
      leftMinor -= amountMinor;
    }
  }
  return lost;
}

/** The same in one sum. */
export async function readLostSum(tx: Tx, bookingId: string, contract: ContractKind): Promise<bigint> {
  return sumMinor((await readLostPayments(tx, bookingId, contract)).map((one) => one.amountMinor));
}

type LostPayment = Parameters<typeof partsOf>[0] & { id: string };

async function readOfContract(tx: Tx, payment: LostPayment, contract: ContractKind): Promise<bigint> {
  const { lost } = partsOf(payment);
  const paid = paidByLoss(payment);
  const ofA = lost.contractAMinor - paid.contractAMinor;
  const own = contract === "A" ? ofA : lost.amountMinor - paid.amountMinor - ofA;
  return most(least(own, await readLoss(tx, payment.id)), 0n);
}

/**
 * How much of what pays a whole instalment again is of contract A: its share of what is lost, or once B was withdrawn A's own loss
 * first, for of B only what it had earned is asked for again. Null where nothing of it is lost.
 */
export async function readAgainOfA(
  tx: Tx,
  item: { id: string; paidMinor: bigint; paidAMinor: bigint },
  amountMinor: bigint,
  { isAFirst }: { isAFirst: boolean },
): Promise<bigint | null> {
  const { ofAMinor = 0n, ofBMinor = 0n } = (await readLostOf(tx, [item])).get(item.id) ?? {};
  if (isAFirst) return least(ofAMinor, amountMinor);
  if (ofAMinor + ofBMinor === 0n) return null;
  return allocate(amountMinor, [Number(ofAMinor), Number(ofBMinor)])[0] ?? null;
}
