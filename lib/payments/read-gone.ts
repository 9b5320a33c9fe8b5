import "server-only";
import { CHANGE_ORDER } from "@/lib/bookings/price-change";
import { partFields } from "@/lib/bookings/read-refund-quote";
import { lostHere } from "@/lib/bookings/taken";
import { WITHDRAWAL } from "@/lib/bookings/withdrawal";
import { allocate, sumMinor } from "@/lib/kernel/money";
import type { Tx } from "@/lib/infra/db";
import { Prisma } from "@/lib/infra/generated/client";
import { countOnce, type GoneSum } from "./invoice";
import { readLossOf } from "./read-loss";
import { LATE_CAUSES, wishedSplit } from "./refund";

export interface GoneOfB {
  /** What was captured for contract B, less what agreed changes gave back of it. */
  paidMinor: bigint;
  /** What of it went back to the payer, the oldest first. */
  gone: GoneSum[];
  /** The newest refund that arrived. */
  refundId: string | null;
}

/** After a withdrawal too what comes goes back by no calculation: whole, by nobody's wish. */
const CAME_TOO_LATE = {
  OR: [
    { cause: { in: [...LATE_CAUSES] } },
    { cause: WITHDRAWAL, proposedById: null, quote: { equals: Prisma.DbNull } },
  ],
};

type DatedSum = GoneSum & { at: Date };

/**
 * What was paid for contract B of a booking and what of it went back since, by us or by the payer's bank. What came too late and
 * went back whole, as nobody's to keep, was never paid for anything.
 */
export async function readGone(tx: Tx, bookingId: string): Promise<GoneOfB> {
  const payments = await tx.payment.findMany({
    where: {
      ...{ bookingId, isSurplus: false, succeededAt: { not: null } },
      NOT: { refunds: { some: CAME_TOO_LATE } },
    },
    select: {
      ...{ id: true, planItemId: true, ...partFields() },
      planItem: { select: { paidMinor: true, paidAMinor: true } },
    },
  });
  const counts = new Set(payments.map(({ id }) => id));
  const given = (await readGivenBack(tx, bookingId)).filter(({ paymentId }) => counts.has(paymentId));
  // What an agreed change gave back lowered the price itself.
  const changes = given.filter(({ isOfChange }) => isOfChange);
  const refunds = given.filter(({ isOfChange }) => !isOfChange);
  const lost = await readLosses(tx, bookingId, payments, given);
  const once = await countItems(tx, bookingId, { payments, lost, given });
  const losses = once.flatMap((one) => one.losses);
  const gone = [...refunds, ...losses].toSorted((one, other) => one.at.getTime() - other.at.getTime());
  return {
    paidMinor:
      sumMinor(once.map((one) => one.paidMinor)) - sumMinor(changes.map(({ amountMinor }) => amountMinor)),
    gone: gone.map(({ by, amountMinor }) => ({ by, amountMinor })),
    refundId:
      refunds.toSorted((one, other) => other.endedAt.getTime() - one.endedAt.getTime())[0]?.id ?? null,
  };
}

interface PaidItems {
  payments: readonly {
    id: string;
    planItemId: string | null;
    amountMinor: bigint;
    contractAMinor: bigint;
    planItem: { paidMinor: bigint; paidAMinor: bigint } | null;
  }[];
  lost: readonly LostSum[];
  given: readonly GivenBack[];
}

/** Instalment by instalment what came and was lost of contract B, without what was paid again in place of a loss. */
async function countItems(tx: Tx, bookingId: string, { payments, lost, given }: PaidItems) {
  const items = Map.groupBy(payments, ({ planItemId }) => planItemId);
  const once: { paidMinor: bigint; losses: LostSum[] }[] = [];
  for (const [id, own] of items) {
    const isOwn = ({ paymentId }: { paymentId: string }) => own.some((one) => one.id === paymentId);
    const losses = lost.filter(isOwn).toSorted((one, other) => one.at.getTime() - other.at.getTime());
    const broughtMinor = sumMinor(own.map((one) => one.amountMinor - one.contractAMinor));
    const { paidMinor, paidAMinor } = own[0]?.planItem ?? { paidMinor: broughtMinor, paidAMinor: 0n };
    // What a bank gave instead of us was not lost, and whoever paid that in again has paid it twice.
    const isByBank = given.some((one) => one.isByBank && isOwn(one));
    const isMadeGood =
      losses.length > 0 &&
      !isByBank &&
      id !== null &&
      (await readLossOf(
        tx,
        bookingId,
        own.map((one) => one.id),
      )) <= 0n;
    once.push(countOnce({ broughtMinor, paidMinor: paidMinor - paidAMinor, isMadeGood, losses }));
  }
  return once;
}

interface GivenBack extends DatedSum {
  id: string;
  paymentId: string;
  isOfChange: boolean;
  /** The payer's bank gave it instead of us, out of what it took of the payment. */
  isByBank: boolean;
  endedAt: Date;
}

/**
 * Refunds that arrived, or that the payer's bank paid, and the part of each that came out of contract B. Money paid twice was never
 * in any price.
 */
async function readGivenBack(tx: Tx, bookingId: string): Promise<GivenBack[]> {
  const taken = await tx.ledgerTx.findMany({
    where: { bookingId, kind: "refund_taken" },
    select: { refundId: true },
  });
  const takenIds = taken.flatMap(({ refundId }) => refundId ?? []);
  const refunds = await tx.refund.findMany({
    where: {
      ...{ bookingId, payment: { isSurplus: false } },
      OR: [{ state: "settled" }, { state: "refused", id: { in: takenIds } }],
    },
    include: { payment: { select: { amountMinor: true, contractAMinor: true } } },
  });
  return refunds.map(({ id, paymentId, cause, state, amountMinor, quote, payment, ...dates }) => {
    const held = { treatmentMinor: 0n, servicesMinor: 0n, feeMinor: 0n };
    const { contractAMinor } = payment;
    const split = wishedSplit(quote, { amountMinor, contractAMinor, paidMinor: payment.amountMinor, held });
    const isByBank = state === "refused";
    return {
      ...{ id, paymentId, isByBank, isOfChange: cause === CHANGE_ORDER },
      ...{ by: "refund", amountMinor: amountMinor - split.treatmentMinor },
      // Set aside when it was approved: a loss that came while it was on its way was counted after it.
      at: dates.approvedAt ?? dates.createdAt,
      endedAt: (isByBank ? dates.refusedAt : dates.settledAt) ?? dates.createdAt,
    };
  });
}

interface LostSum extends DatedSum {
  paymentId: string;
}

type LostPayment = Parameters<typeof lostHere>[0] & { id: string };

/**
 * What payers' banks took of contract B while it was here, without what they paid so of our refunds; one payment may be taken
 * in several parts.
 */
async function readLosses(
  tx: Tx,
  bookingId: string,
  payments: readonly LostPayment[],
  given: readonly GivenBack[],
): Promise<LostSum[]> {
  const told = await tx.ledgerTx.findMany({
    where: { bookingId, kind: "dispute_lost", paymentId: { in: payments.map(({ id }) => id) } },
    orderBy: { at: "asc" },
    select: { at: true, paymentId: true, entries: { where: { account: "psp_clearing" } } },
  });
  return payments.flatMap((payment) => {
    const own = told.filter(({ paymentId }) => paymentId === payment.id);
    if (own.length === 0) return [];
    const { amountMinor, contractAMinor } = lostHere(payment);
    const refunded = given.filter(({ paymentId, isByBank }) => isByBank && paymentId === payment.id);
    const lossMinor = amountMinor - contractAMinor - sumMinor(refunded.map((one) => one.amountMinor));
    const weights = own.map(({ entries: [taken] }) => -Number(taken?.amountMinor ?? 0n));
    const parts = allocate(lossMinor > 0n ? lossMinor : 0n, weights);
    return own.map(({ at }, index) => ({
      ...{ by: "bank" as const, at, paymentId: payment.id, amountMinor: parts[index] ?? 0n },
    }));
  });
}
