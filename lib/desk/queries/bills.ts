import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { addHours } from "@/lib/kernel/day";
import { sumMinor } from "@/lib/kernel/money";
import { asPerson } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { backBy, BILLED_DAYS, liveBills, PAST_BILLING, SURPLUS } from "@/lib/payments/bill";
import { readLeft } from "@/lib/payments/read-left";

const TAKEN = 200;

export type BillPlace =
  | "late"
  | "refund_late"
  | "settle_late"
  | "check"
  | "settle"
  | "awaited"
  | "refund"
  | "settled";
const ORDER: readonly BillPlace[] = [
  "late",
  "refund_late",
  "settle_late",
  "check",
  "settle",
  "awaited",
  "refund",
  "settled",
];

export interface BookingToSettle {
  id: string;
  number: string;
  clinicId: string;
  clinic: string;
  place: BillPlace;
  /** By when the invoice is here, or the account closed and its surplus on its way back. */
  dueAt: Date | null;
  currency: string;
  billedMinor: bigint | null;
}

/** Bookings whose treatment was delivered, what is late first: which wait for an invoice, which are to be settled. */
export async function bookingsToSettle(finance: Finance, now: Date): Promise<BookingToSettle[]> {
  const rows = await asPerson(finance, readTreated);
  const cases = await readOpenCases(rows.map((row) => row.caseId));
  return rows
    .filter((row) => cases.has(row.caseId))
    .map((row) => {
      const { id, number, clinicId, clinic, currency } = row;
      const { place, dueAt } = dueOf(row, cases.get(row.caseId) ?? NOBODY, now);
      const live = liveBills(row.bills);
      const billedMinor = live.length === 0 ? null : sumMinor(live.map((bill) => bill.totalMinor));
      return { id, number, clinicId, clinic, currency, place, dueAt, billedMinor };
    })
    .toSorted((one, other) => ORDER.indexOf(one.place) - ORDER.indexOf(other.place));
}

interface Patient {
  hasLeft: boolean;
  leftAt: Date | null;
}

const NOBODY: Patient = { hasLeft: false, leftAt: null };

/** Finance reaches no case; of those a bill may still come for it learns whether and when the patient left the hospital. */
async function readOpenCases(ids: readonly string[]): Promise<Map<string, Patient>> {
  return asPerson(systemActor("bills"), async (tx) => {
    const cases = await tx.case.findMany({
      where: { id: { in: [...new Set(ids)] }, stage: { notIn: [...PAST_BILLING] } },
      select: { id: true, stage: true },
    });
    const left = await readLeft(tx, ids);
    return new Map(
      cases.map(({ id, stage }) => [id, { hasLeft: stage !== "treated", leftAt: left.get(id) ?? null }]),
    );
  });
}

async function readTreated(tx: Parameters<Parameters<typeof asPerson>[1]>[0]) {
  const rows = await tx.booking.findMany({
    where: {
      // A booking with a treatment is cancelled after a death alone; what was done before is settled all the same.
      state: { in: ["confirmed", "completed", "cancelled"] },
      services: { some: { kind: "treatment", deliveredAt: { not: null } } },
    },
    orderBy: { id: "desc" },
    take: TAKEN,
    select: {
      ...{ id: true, number: true, currency: true, clinicId: true, caseId: true },
      bills: {
        select: {
          ...{ id: true, state: true, correctsId: true, totalMinor: true },
          ...{ enteredAt: true, checkedAt: true },
        },
      },
      accounts: {
        orderBy: { version: "desc" },
        take: 1,
        select: { billedMinor: true, settledAt: true, finishedAt: true },
      },
      planItems: {
        select: {
          payments: {
            select: { refunds: { where: { cause: SURPLUS }, select: { state: true, createdAt: true } } },
          },
        },
      },
    },
  });
  const clinics = await tx.clinic.findMany({
    where: { id: { in: rows.map((row) => row.clinicId) } },
    select: { id: true, name: true },
  });
  const names = new Map(clinics.map(({ id, name }) => [id, name]));
  return rows.map((row) => ({ ...row, clinic: names.get(row.clinicId) ?? "–" }));
}

type Treated = Awaited<ReturnType<typeof readTreated>>[number];

/** Where a booking stands, and by when it goes on; late once that has passed. */
function dueOf(
  row: Treated,
  { hasLeft, leftAt }: Patient,
  now: Date,
): { place: BillPlace; dueAt: Date | null } {
  const place = placeOf(row);
  const by = place === "awaited" ? leftAt && addHours(leftAt, BILLED_DAYS * 24) : backBy(row.bills, leftAt);
  const late = LATE[place];
  const dueAt = late && hasLeft ? by : null;
  return { place: late && dueAt && dueAt < now ? late : place, dueAt };
}

const LATE: Partial<Record<BillPlace, BillPlace>> = {
  awaited: "late",
  settle: "settle_late",
  refund: "refund_late",
};

function placeOf({ bills, accounts, planItems }: Treated): BillPlace {
  if (bills.some((bill) => bill.state === "entered")) return "check";
  const live = liveBills(bills);
  if (live.length === 0) return "awaited";
  const [account] = accounts;
  if (account?.billedMinor !== sumMinor(live.map((bill) => bill.totalMinor))) return "settle";
  const refunds = planItems.flatMap((item) => item.payments.flatMap((payment) => payment.refunds));
  const isOver = refunds.every(({ state }) => state === "settled" || state === "refused");
  const isRefused = refunds.some((one) => one.state === "refused" && one.createdAt >= account.settledAt);
  // A refused surplus is still the patient's: the account is closed anew.
  if (isOver) return isRefused && !account.finishedAt ? "settle" : "settled";
  return "refund";
}
