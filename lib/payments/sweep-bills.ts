import "server-only";
import type { System } from "@/lib/kernel/actor";
import { addHours } from "@/lib/kernel/day";
import { claimCase } from "@/lib/estimates/claim-case";
import { asPerson } from "@/lib/infra/db";
import { finishAccount } from "./announce-bill";
import { SURPLUS_DAYS } from "./bill";
import { openMoneyTask } from "./open-money-task";
import { readSurplus } from "./read-surplus";

const BATCH = 200;

/**
 * Ends settling where every surplus has gone back, and raises what is late: a hospital's invoice after four weeks, a
 * surplus after five days. Safe to repeat: each alarm is open once.
 */
export async function sweepBills(system: System, now: Date): Promise<{ finished: number; late: number }> {
  const settled = await sweepAccounts(system, now);
  return { finished: settled.finished, late: settled.late + (await alarmMissingBills(system, now)) };
}

async function sweepAccounts(system: System, now: Date): Promise<{ finished: number; late: number }> {
  const accounts = await asPerson(system, (tx) =>
    tx.billAccount.findMany({
      where: { finishedAt: null, followedAt: { not: null } },
      select: {
        id: true,
        caseId: true,
        settledAt: true,
        bookingId: true,
        booking: { select: { number: true } },
      },
      orderBy: { settledAt: "asc" },
      take: BATCH,
    }),
  );
  const told = { finished: 0, late: 0 };
  for (const { id: accountId, caseId, bookingId, settledAt, booking } of accounts) {
    const became = await asPerson(system, async (tx) => {
      if (!(await claimCase(tx, caseId))) return null;
      const surplus = await readSurplus(tx, bookingId);
      if (surplus === "back") {
        await finishAccount(tx, system, { accountId, caseId }, now);
        return "finished";
      }
      if (surplus === "not_asked")
        await openMoneyTask(tx, { caseId, kind: "settle_bill", title: booking.number }, now);
      if (addHours(settledAt, SURPLUS_DAYS * 24) > now) return null;
      await openMoneyTask(tx, { caseId, kind: "surplus_late", title: booking.number }, now);
      return "late";
    });
    if (became) told[became] += 1;
  }
  return told;
}

/** Four weeks after the patient left, no invoice has come: the clock of settling has run out. */
async function alarmMissingBills(system: System, now: Date): Promise<number> {
  const cases = await asPerson(system, (tx) =>
    tx.case.findMany({
      where: { stage: "settling", nextAction: "match_invoice", nextDueAt: { lt: now } },
      select: { id: true },
      orderBy: { nextDueAt: "asc" },
      take: BATCH,
    }),
  );
  for (const { id: caseId } of cases) {
    await asPerson(system, async (tx) => {
      const booking = await tx.booking.findFirst({
        where: { caseId, state: { in: ["confirmed", "completed"] } },
        orderBy: { id: "desc" },
        select: { number: true },
      });
      if (booking) await openMoneyTask(tx, { caseId, kind: "bill_late", title: booking.number }, now);
    });
  }
  return cases.length;
}
