import "server-only";
import type { Actor } from "@/lib/kernel/actor";
import { type Day, dayOf } from "@/lib/kernel/day";
import { bandsOf } from "@/lib/clinics/cancellation";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { Prisma } from "@/lib/infra/generated/client";
import { stepOf } from "./chargeable";
import { endOfServices } from "./cause-of-end";
import type { ContractKind } from "./payment-plan";
import { type BookingFacts, readBooking } from "./queries";
import type { FeeSlice } from "./refund-matrix";
import { type EndCause, quoteRefund, type RefundFacts, type RefundQuote } from "./refund-policy";
import { NOTHING_TAKEN, partsOf, TAKEN_BY_BANK, takenOf, type TakenMoney } from "./taken";
import { standsAlone, WITHDRAWAL } from "./withdrawal";

/**
 * On what was captured so far, or as if both contracts were signed and everything planned had been paid: what a person may
 * read before paying. Nobody pays before they have signed.
 */
export type RefundBasis = "paid" | "planned";

export interface QuotedRefund {
  booking: BookingFacts;
  on: Day;
  quote: RefundQuote;
}

/** What would come back if the booking ended on a day for a cause; null for a stranger. */
export function refundQuoteFor(
  actor: Actor,
  id: string,
  cause: EndCause,
  on: Day | undefined,
  now: Date,
  basis: RefundBasis = "paid",
): Promise<QuotedRefund | null> {
  return asPerson(actor, async (tx) => {
    const booking = await readBooking(tx, actor, id);
    return booking && readRefundQuote(tx, booking, cause, on ?? dayOf(now), basis);
  });
}

/** The same inside a transaction, for the verbs that move the money. */
export async function readRefundQuote(
  tx: Tx,
  booking: BookingFacts,
  cause: EndCause,
  on: Day,
  basis: RefundBasis = "paid",
): Promise<QuotedRefund> {
  const about = contractsQuoted(booking, cause);
  const paid = paidOf(booking, basis);
  const taken = await readTaken(tx, booking.id);
  const proven = await tx.serviceDelivery.findMany({
    where: { bookingId: booking.id, kind: "kept", withdrawal: null },
  });
  const provenOf = new Map(proven.map((mark) => [mark.serviceId, mark.amountMinor ?? 0n]));
  const earned = (await earnedSlices(tx, booking)).map(({ slice }) => slice);
  const facts: RefundFacts = {
    policyVersion: booking.policyVersion,
    cause,
    on,
    treatmentOn: dayOf(booking.treatmentOn),
    bands: bandsOf(booking.cancellationBands),
    lines: booking.services
      .filter(({ line }) => about.includes(line.contract))
      .map(({ id, lineId, kind, amountMinor, deliveredAt, line }) => ({
        ...{ lineId, kind, amountMinor, contract: line.contract },
        ...{ delivered: deliveredAt !== null, ownRule: line.ownRule },
        ...(provenOf.has(id) ? { provenMinor: provenOf.get(id) ?? 0n } : {}),
      })),
    deliveredSlices: [...new Set([...(basis === "planned" ? [SIGNED] : []), ...earned])],
    paid: { A: about.includes("A") ? paid.A : 0n, B: about.includes("B") ? paid.B : 0n },
    taken: {
      A: basis === "paid" && about.includes("A") ? taken.A : NOTHING_TAKEN,
      B: basis === "paid" && about.includes("B") ? taken.B : NOTHING_TAKEN,
    },
    contractAMode: booking.contractAMode,
    stepMinor: stepOf(booking.currency),
  };
  return { booking, on, quote: quoteRefund(facts) };
}

/**
 * The contracts that end. Once the centre has countersigned A it stands without B: whoever withdraws ends B alone, and
 * what ends afterwards is A, for B was settled with its withdrawal.
 */
export function contractsQuoted(booking: BookingFacts, cause: EndCause): ("A" | "B")[] {
  if (!standsAlone(booking.contracts)) return ["A", "B"];
  if (cause === WITHDRAWAL) return ["B"];
  return booking.contracts.some((contract) => contract.withdrawnAt) ? ["A"] : ["A", "B"];
}

/** Money captured, or planned, by contract. */
function paidOf(booking: BookingFacts, basis: RefundBasis): { A: bigint; B: bigint } {
  const paid = { A: 0n, B: 0n };
  for (const item of booking.planItems) {
    const sum = basis === "planned" ? item.amountMinor : item.paidMinor;
    const forA = basis === "planned" ? item.contractAMinor : item.paidAMinor;
    paid.A += forA;
    paid.B += sum - forA;
  }
  return paid;
}

/** What tells which part of a payment is here, and which is gone. */
export function partFields() {
  return {
    ...{ state: true, amountMinor: true, contractAMinor: true, lostMinor: true, openDisputes: true },
    refunds: {
      where: {
        OR: [
          { state: { notIn: ["calculated" as const, "refused" as const] } },
          { state: "refused" as const, refusedReason: TAKEN_BY_BANK, approvedAt: { not: null } },
        ],
      },
      select: { state: true, amountMinor: true, quote: true, lostBeforeMinor: true },
    },
  } as const satisfies Prisma.PaymentSelect;
}

/**
 * What payers' banks took back or ask for, by contract. What was lost and paid again is here, in place of it; what was
 * paid twice pays no contract and stays out of it.
 */
export async function readTaken(tx: Tx, bookingId: string): Promise<Record<ContractKind, TakenMoney>> {
  const items = await tx.planItem.findMany({
    where: { bookingId },
    select: {
      ...{ paidMinor: true, paidAMinor: true },
      payments: {
        where: { isSurplus: false, succeededAt: { not: null } },
        select: partFields(),
      },
    },
  });
  return takenOf(items.map(({ payments, ...item }) => ({ ...item, payments: payments.map(partsOf) })));
}

/** What tells how far a trip has come. */
type TripFacts = Pick<BookingFacts, "id" | "createdAt" | "cancelledAt"> & {
  contracts: readonly { signedAt: Date | null; withdrawnAt: Date | null }[];
};

/** The slice that is earned with the signatures. */
const SIGNED: FeeSlice = "papers";
const EARNED_BY = { on_site: "arrival", discharged: "return", aftercare: "settlement" } as const;

/**
 * Which slices of the operator's fee the trip has earned and when, read from the signatures and the stages of the case. Once
 * contract B has ended the trip earns nothing more of it, though the patient travels on, or with another booking.
 */
export async function earnedSlices(
  tx: Tx,
  { id, createdAt, cancelledAt, contracts }: TripFacts,
): Promise<{ slice: FeeSlice; earnedAt: Date }[]> {
  const signed = contracts.flatMap(({ signedAt }) => signedAt ?? []);
  const slices = new Map<FeeSlice, Date>();
  if (signed.length > 0 && signed.length === contracts.length)
    slices.set(SIGNED, new Date(Math.max(...signed.map((at) => at.getTime()))));
  const endedAt = endOfServices({ cancelledAt, contracts });
  // Finance counts refunds and reaches no case: the database tells these stages to whoever knows the booking.
  const stages = await tx.$queryRaw<{ stage: keyof typeof EARNED_BY; earnedAt: Date }[]>`
    SELECT stage, "earnedAt" FROM earning_stages(${id}::uuid)
     WHERE "earnedAt" >= ${createdAt}::timestamptz AND (${endedAt}::timestamptz IS NULL OR "earnedAt" <= ${endedAt}::timestamptz)
     ORDER BY "earnedAt"`;
  for (const { stage, earnedAt } of stages) {
    const slice = EARNED_BY[stage];
    if (!slices.has(slice)) slices.set(slice, earnedAt);
  }
  return [...slices].map(([slice, earnedAt]) => ({ slice, earnedAt }));
}
