import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { addHours } from "@/lib/kernel/day";
import { sumMinor } from "@/lib/kernel/money";
import type { CaseStage } from "@/lib/cases/case";
import { asPerson } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { BILLED_DAYS, liveBills, PAST_BILLING, SURPLUS, SURPLUS_DAYS } from "@/lib/payments/bill";

const TAKEN = 200;

export type BillPlace = "late" | "refund_late" | "check" | "settle" | "awaited" | "refund" | "settled";
const ORDER: readonly BillPlace[] = [
  "late",
  "refund_late",
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
      const place = placeOf(row, cases.get(row.caseId) ?? null, now);
      const live = liveBills(row.bills);
      const billedMinor = live.length === 0 ? null : sumMinor(live.map((bill) => bill.totalMinor));
      return { id, number, clinicId, clinic, currency, place, billedMinor };
    })
    .toSorted((one, other) => ORDER.indexOf(one.place) - ORDER.indexOf(other.place));
}

/**
 * Finance reaches no case; of those a bill may still come for it learns when the patient left the hospital, or died after the
 * treatment. Null where the patient is still there.
 */
async function readOpenCases(ids: readonly string[]): Promise<Map<string, Date | null>> {
  const left: CaseStage[] = ["discharged", "deceased"];
  const cases = await asPerson(systemActor("bills"), (tx) =>
    tx.case.findMany({
      where: { id: { in: [...new Set(ids)] }, stage: { notIn: [...PAST_BILLING] } },
      select: {
        id: true,
        events: {
          where: { kind: "stage", toStage: { in: left } },
          orderBy: { at: "desc" },
          select: { at: true, toStage: true },
        },
      },
    }),
  );
  const leftAt = (events: (typeof cases)[number]["events"]) =>
    events.find(({ toStage }) => toStage === "discharged") ?? events.at(0);
  return new Map(cases.map(({ id, events }) => [id, leftAt(events)?.at ?? null]));
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
      bills: { select: { id: true, state: true, correctsId: true, totalMinor: true } },
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

function placeOf({ bills, accounts, planItems }: Treated, leftAt: Date | null, now: Date): BillPlace {
  if (bills.some((bill) => bill.state === "entered")) return "check";
  const live = liveBills(bills);
  if (live.length === 0) return leftAt && addHours(leftAt, BILLED_DAYS * 24) < now ? "late" : "awaited";
  const [account] = accounts;
  if (account?.billedMinor !== sumMinor(live.map((bill) => bill.totalMinor))) return "settle";
  const refunds = planItems.flatMap((item) => item.payments.flatMap((payment) => payment.refunds));
  const isOver = refunds.every(({ state }) => state === "settled" || state === "refused");
  const isRefused = refunds.some((one) => one.state === "refused" && one.createdAt >= account.settledAt);
  // A refused surplus is still the patient's: the account is closed anew.
  if (isOver) return isRefused && !account.finishedAt ? "settle" : "settled";
  return addHours(account.settledAt, SURPLUS_DAYS * 24) < now ? "refund_late" : "refund";
}
