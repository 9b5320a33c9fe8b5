import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { addDays, type Day, dateOf, dayOf } from "@/lib/kernel/day";
import { type MoneyView, moneyView } from "@/lib/kernel/money";
import { isTrifle } from "@/lib/bookings/chargeable";
import { openOf } from "@/lib/bookings/part";
import { isEnded } from "@/lib/cases/case";
import { asPerson } from "@/lib/infra/db";
import { NOTICE_DAYS } from "./payment";
import { payableCasesOf, planItemsOf } from "./scope";

/** What a person is to pay for a case now, in one sum. */
export interface DuePayment {
  open: MoneyView;
  /** The first day of those in the sum. */
  dueOn: Day;
  isLate: boolean;
}

/**
 * The instalments of standing dates this person is to pay, by case: due within a week, or late. Said to come through
 * the bank, one is no longer the payer's turn until its day is over. Nobody is asked for cents no card takes, nor once the
 * case has ended.
 */
export async function readDuePayments(
  payer: Patient,
  caseIds: readonly string[],
  now: Date,
): Promise<Map<string, DuePayment>> {
  const today = dateOf(dayOf(now));
  const rows = await asPerson(payer, (tx) =>
    tx.planItem.findMany({
      where: {
        AND: [
          planItemsOf(payer),
          { caseId: { in: [...caseIds] }, state: { in: ["planned", "due", "partially_paid", "overdue"] } },
          { dueOn: { lte: dateOf(addDays(dayOf(now), NOTICE_DAYS)) } },
          { OR: [{ transferAnnouncedAt: null }, { dueOn: { lt: today } }] },
          {
            booking: {
              state: { in: ["confirmed", "completed"] },
              estimate: { review: { case: payableCasesOf(payer, now) } },
            },
          },
        ],
      },
      select: {
        caseId: true,
        amountMinor: true,
        paidMinor: true,
        currency: true,
        dueOn: true,
        booking: {
          select: { estimate: { select: { review: { select: { case: { select: { stage: true } } } } } } },
        },
      },
      orderBy: { dueOn: "asc" },
    }),
  );
  const owed = rows.filter(
    (row) => !isTrifle(openOf(row), row.currency) && !isEnded(row.booking.estimate.review.case.stage),
  );
  return new Map(
    [...Map.groupBy(owed, (row) => row.caseId)].map(([id, items]) => [id, summed(items, today)]),
  );
}

interface Owed {
  amountMinor: bigint;
  paidMinor: bigint;
  currency: string;
  dueOn: Date;
}

/** A booking has one currency, and a case one booking that stands. */
function summed(items: readonly Owed[], today: Date): DuePayment {
  const [first] = items;
  if (!first) throw new RangeError("Nothing is due.");
  const openMinor = items.reduce((sum, item) => sum + item.amountMinor - item.paidMinor, 0n);
  return {
    open: moneyView(openMinor, first.currency),
    dueOn: dayOf(first.dueOn),
    isLate: first.dueOn < today,
  };
}
