import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { addDays, type Day, dateOf, dayOf } from "@/lib/kernel/day";
import { type MoneyView, moneyView, sumMinor } from "@/lib/kernel/money";
import type { BookingState } from "@/lib/bookings/booking";
import { isTrifle } from "@/lib/bookings/chargeable";
import { openOf } from "@/lib/bookings/part";
import { isEnded } from "@/lib/cases/case";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { Prisma } from "@/lib/infra/generated/client";
import { NOTICE_DAYS } from "./payment";
import { readOwedAgain } from "./read-owed";
import { payableCasesOf, planItemsOf } from "./scope";

/** What a person is to pay for a case now, in one sum. */
export interface DuePayment {
  open: MoneyView;
  /** The first day of those in the sum; null where only what is owed again is in it. */
  dueOn: Day | null;
  isLate: boolean;
  /** What of it the payer's bank took and is owed again, by bank transfer; null for most. */
  again: MoneyView | null;
}

/**
 * The instalments of standing dates this person is to pay, by case: due within a week, or late, and what a bank took of those
 * that were paid. Said to come through
 * the bank, one is no longer the payer's turn until its day is over. Nobody is asked for cents no card takes, nor once the
 * case has ended.
 */
export async function readDuePayments(
  payer: Patient,
  caseIds: readonly string[],
  now: Date,
): Promise<Map<string, DuePayment>> {
  const today = dateOf(dayOf(now));
  const { rows, again } = await asPerson(payer, async (tx) => ({
    again: await readAgain(tx, payer, caseIds, now),
    rows: await tx.planItem.findMany({
      where: {
        AND: [
          planItemsOf(payer),
          { caseId: { in: [...caseIds] }, state: { in: ["planned", "due", "partially_paid", "overdue"] } },
          { dueOn: { lte: dateOf(addDays(dayOf(now), NOTICE_DAYS)) } },
          { OR: [{ transferAnnouncedAt: null }, { dueOn: { lt: today } }] },
          ofBooking(payer, now, ["confirmed", "completed"]),
        ],
      },
      select: {
        caseId: true,
        amountMinor: true,
        paidMinor: true,
        currency: true,
        dueOn: true,
        booking: { select: STAGE },
      },
      orderBy: { dueOn: "asc" },
    }),
  }));
  const owed = rows.filter(
    (row) => !isTrifle(openOf(row), row.currency) && !isEnded(row.booking.estimate.review.case.stage),
  );
  const items = Map.groupBy(owed, (row) => row.caseId);
  const asked = caseIds.filter((id) => items.has(id) || again.has(id));
  return new Map(asked.map((id) => [id, summed(items.get(id) ?? [], again.get(id), today)]));
}

const STAGE = {
  estimate: { select: { review: { select: { case: { select: { stage: true } } } } } },
} satisfies Prisma.BookingSelect;

const ofBooking = (payer: Patient, now: Date, states: BookingState[]): Prisma.PlanItemWhereInput => ({
  booking: {
    state: { in: states },
    estimate: { review: { case: payableCasesOf(payer, now) } },
  },
});

/** What banks took of instalments that were paid whole, and is owed again, by case. */
async function readAgain(tx: Tx, payer: Patient, caseIds: readonly string[], now: Date) {
  const items = await tx.planItem.findMany({
    where: {
      AND: [
        planItemsOf(payer),
        { caseId: { in: [...caseIds] }, state: "paid" },
        { payments: { some: { isSurplus: false, lostMinor: { gt: 0n } } } },
        // The first instalment is owed again from the day it was lost, also while the centre has not answered yet.
        ofBooking(payer, now, ["awaiting_centre", "confirmed", "completed"]),
      ],
    },
    select: { id: true, caseId: true, bookingId: true, currency: true, booking: { select: STAGE } },
  });
  const again = new Map<string, MoneyView>();
  const live = items.filter((item) => !isEnded(item.booking.estimate.review.case.stage));
  for (const [bookingId, paid] of Map.groupBy(live, (item) => item.bookingId)) {
    const owed = await readOwedAgain(tx, payer, bookingId);
    const owedMinor = sumMinor(paid.map(({ id }) => owed.get(id)?.owedMinor ?? 0n));
    const [first] = paid;
    if (!first || owedMinor <= 0n) continue;
    const before = BigInt(again.get(first.caseId)?.amount ?? 0);
    again.set(first.caseId, moneyView(before + owedMinor, first.currency));
  }
  return again;
}

interface Owed {
  amountMinor: bigint;
  paidMinor: bigint;
  currency: string;
  dueOn: Date;
}

/** A booking has one currency, and a case one booking that stands. */
function summed(items: readonly Owed[], again: MoneyView | undefined, today: Date): DuePayment {
  const [first] = items;
  const currency = first?.currency ?? again?.currency;
  if (!currency) throw new RangeError("Nothing is due.");
  const openMinor = items.reduce((sum, item) => sum + item.amountMinor - item.paidMinor, 0n);
  return {
    open: moneyView(openMinor + BigInt(again?.amount ?? 0), currency),
    dueOn: first ? dayOf(first.dueOn) : null,
    isLate: first !== undefined && first.dueOn < today,
    again: again ?? null,
  };
}
