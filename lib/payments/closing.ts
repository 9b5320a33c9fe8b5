import { addDays, type Day, dayOf } from "@/lib/kernel/day";
import type { MoneyTaskKind } from "./payment";

/** "2026-05": a month of the ledger, by UTC as every time in it. */
export type Month = string;

export function monthOf(at: Date): Month {
  return at.toISOString().slice(0, 7);
}

export function monthAfter(month: Month): Month {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return monthOf(new Date(Date.UTC(year, number, 1)));
}

/** How many months are over from one on, this one counted, up to the one that still runs. */
export function monthsOver(from: Month, running: Month): number {
  const count = (month: Month) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5));
  return Math.max(0, count(running) - count(from));
}

/** The first moment that no longer belongs to a month. */
export function endOf(month: Month): Date {
  return new Date(`${monthAfter(month)}-01T00:00:00Z`);
}

/** The day its accounts are read at. */
export function lastDayOf(month: Month): Day {
  return addDays(dayOf(endOf(month)), -1);
}

/** Money nobody can explain yet: while one of these stands, its month is not closed. */
export const UNEXPLAINED_TASKS = ["unmatched_payment", "refund_failed"] as const satisfies MoneyTaskKind[];

/** The month that comes next: after the last closed one, or the first with an entry; null while that still runs. */
export function nextToClose(
  facts: { lastClosed: Month | null; firstEntryAt: Date | null },
  now: Date,
): Month | null {
  const { lastClosed, firstEntryAt } = facts;
  const next = lastClosed ? monthAfter(lastClosed) : firstEntryAt ? monthOf(firstEntryAt) : null;
  return next !== null && endOf(next) <= now ? next : null;
}

/** Both sides of one account in one currency. */
export interface ClosedBalance {
  account: string;
  currency: string;
  /** Whole minor units as text, so that no reader rounds them. */
  debit: string;
  credit: string;
}

/** The trial balance as it is kept, in one order whatever order it was read in. */
export function closedBalance(
  rows: readonly { account: string; currency: string; debitMinor: bigint; creditMinor: bigint }[],
): ClosedBalance[] {
  return rows
    .map(({ account, currency, debitMinor, creditMinor }) => ({
      ...{ account, currency, debit: `${debitMinor}`, credit: `${creditMinor}` },
    }))
    .toSorted((one, other) =>
      `${one.currency} ${one.account}`.localeCompare(`${other.currency} ${other.account}`, "en"),
    );
}

/** What the hash of a closing is made of: the month, its trial balance, and the hash of the month before. */
export function closingText(
  month: Month,
  balance: readonly ClosedBalance[],
  previousHash: string | null,
): string {
  const lines = balance.map((row) => [row.currency, row.account, row.debit, row.credit].join(" "));
  return [`valvia closing 1`, month, previousHash ?? "-", ...lines, ""].join("\n");
}
