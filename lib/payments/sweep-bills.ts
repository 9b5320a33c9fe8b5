import "server-only";
import type { System } from "@/lib/kernel/actor";
import { addHours } from "@/lib/kernel/day";
import { claimCase } from "@/lib/estimates/claim-case";
import { asPerson, type Tx } from "@/lib/infra/db";
import { Prisma } from "@/lib/infra/generated/client";
import { finishAccount, readBackBy } from "./announce-bill";
import { BILLED_DAYS, SURPLUS_DAYS } from "./bill";
import { openMoneyTask } from "./open-money-task";
import { readSurplus } from "./read-surplus";

const BATCH = 200;

/**
 * Ends settling where every surplus has gone back, and raises what is late: a hospital's invoice after four weeks, and five
 * days after the final bill what nobody has settled or what is not back. Safe to repeat: each alarm is open once.
 */
export async function sweepBills(system: System, now: Date): Promise<{ finished: number; late: number }> {
  const settled = await sweepAccounts(system, now);
  const late = settled.late + (await alarm(system, "surplus_late", readUnsettled, now));
  return { finished: settled.finished, late: late + (await alarm(system, "bill_late", readMissing, now)) };
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
      if ((await readBackBy(tx, { caseId, bookingId, settledAt }, settledAt)) > now) return null;
      await openMoneyTask(tx, { caseId, kind: "surplus_late", title: booking.number }, now);
      return "late";
    });
    if (became) told[became] += 1;
  }
  return told;
}

interface LateBooking {
  number: string;
  caseId: string;
}

async function alarm(
  system: System,
  kind: "surplus_late" | "bill_late",
  read: (tx: Tx, now: Date) => Promise<LateBooking[]>,
  now: Date,
): Promise<number> {
  const found = await asPerson(system, (tx) => read(tx, now));
  for (const { number, caseId } of found)
    await asPerson(system, async (tx) => {
      // Of two sweeps at once the second waits here, and finds the task of the first.
      if (await claimCase(tx, caseId)) await openMoneyTask(tx, { caseId, kind, title: number }, now);
    });
  return found.length;
}

/** When the patient left the hospital, or died there. */
const LEFT = Prisma.sql`(SELECT min(l.at) FROM (SELECT v."toStage", max(v.at) AS at FROM "CaseEvent" v WHERE v."caseId" = c.id
  AND v.kind = 'stage' AND v."toStage" IN ('discharged', 'deceased') GROUP BY 1) l)`;

/** Whether an alarm of a kind is open, or somebody looked at it since. */
function isAsked(kind: string, since: Date) {
  return Prisma.sql`EXISTS (SELECT 1 FROM "Task" t WHERE t."caseId" = c.id AND t.kind = ${kind} AND t.title = b.number
    AND (t.state = 'open' OR t."doneAt" > ${since}))`;
}

/** Five days after the final bill nobody has closed its account. Asked again every five days for as long as it stands. */
function readUnsettled(tx: Tx, now: Date): Promise<LateBooking[]> {
  const before = addHours(now, -SURPLUS_DAYS * 24);
  return tx.$queryRaw`
    SELECT b.number, b."caseId" FROM "Booking" b JOIN "Case" c ON c.id = b."caseId"
      JOIN LATERAL (SELECT max(COALESCE(i."checkedAt", i."enteredAt")) AS at FROM "Bill" i
        WHERE i."bookingId" = b.id AND i.state = 'confirmed') last ON last.at < ${before}
     WHERE c.stage IN ('discharged', 'settling', 'aftercare', 'deceased') AND COALESCE(${LEFT} < ${before}, true)
       AND NOT EXISTS (SELECT 1 FROM "BillAccount" a WHERE a."bookingId" = b.id AND a."settledAt" >= last.at)
       AND NOT ${isAsked("surplus_late", before)}
     ORDER BY b.id LIMIT ${BATCH}`;
}

/**
 * Four weeks after the patient left the hospital, or died after the treatment, no invoice has come. Wherever the case stands
 * by then; asked again every four weeks for as long as none comes.
 */
function readMissing(tx: Tx, now: Date): Promise<LateBooking[]> {
  const before = addHours(now, -BILLED_DAYS * 24);
  return tx.$queryRaw`
    SELECT b.number, b."caseId" FROM "Booking" b JOIN "Case" c ON c.id = b."caseId"
     WHERE CASE WHEN c.stage IN ('discharged', 'settling', 'aftercare') THEN b.state IN ('confirmed', 'completed')
             ELSE c.stage = 'deceased' AND b.state IN ('confirmed', 'completed', 'cancelled') AND EXISTS (SELECT 1 FROM "BookingService" s
               WHERE s."bookingId" = b.id AND s.kind = 'treatment' AND s."deliveredAt" IS NOT NULL) END
       AND ${LEFT} < ${before}
       AND NOT EXISTS (SELECT 1 FROM "Bill" i WHERE i."bookingId" = b.id AND i.state = 'confirmed')
       AND NOT ${isAsked("bill_late", before)}
     ORDER BY b.id LIMIT ${BATCH}`;
}
