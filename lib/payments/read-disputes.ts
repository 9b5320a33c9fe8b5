import "server-only";
import type { Coordinator, Finance } from "@/lib/kernel/actor";
import { asPerson } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { paymentsOf } from "./scope";

const WAITING_MAX = 200;
const ENDED_SHOWN = 20;
const select = {
  ...{ id: true, caseId: true, state: true, reason: true, currency: true, amountMinor: true },
  ...{ answerBy: true, openedAt: true, endedAt: true },
  payment: {
    select: {
      ...{ id: true, bookingId: true, lostMinor: true },
      planItem: { select: { booking: { select: { number: true } } } },
      opinion: { select: { number: true } },
    },
  },
} as const;

/** What payers' banks ask for: what waits, the nearest last day first, then the last that ended. */
export async function disputesFor(finance: Finance) {
  const rows = await asPerson(finance, async (tx) => {
    const of = { payment: paymentsOf(finance) };
    const waiting = await tx.dispute.findMany({
      where: { AND: [of, { endedAt: null }] },
      // Those that wait for us come before those that wait for the bank.
      orderBy: [{ state: "asc" }, { answerBy: "asc" }, { id: "asc" }],
      take: WAITING_MAX,
      select,
    });
    const ended = await tx.dispute.findMany({
      where: { AND: [of, { endedAt: { not: null } }] },
      orderBy: [{ endedAt: "desc" }, { id: "desc" }],
      take: ENDED_SHOWN,
      select,
    });
    return [...waiting, ...ended];
  });
  const owners = await readOwners(rows.map(({ caseId }) => caseId));
  return rows.map(({ payment, ...row }) => ({
    ...row,
    paymentId: payment.id,
    bookingId: payment.bookingId,
    /** Of the booking, or of the second opinion where there is none. */
    number: payment.planItem?.booking.number ?? payment.opinion?.number ?? null,
    owner: owners.get(row.caseId) ?? null,
  }));
}
export type DisputeRow = Awaited<ReturnType<typeof disputesFor>>[number];

/** Finance reaches no case; of one it learns whom to ask for papers. */
function readOwners(ids: readonly string[]): Promise<Map<string, string>> {
  return asPerson(systemActor("disputes"), async (tx) => {
    const cases = await tx.case.findMany({
      where: { id: { in: [...new Set(ids)] }, ownerId: { not: null } },
      select: { id: true, ownerId: true },
    });
    const people = await tx.person.findMany({
      where: { id: { in: cases.flatMap(({ ownerId }) => ownerId ?? []) } },
      select: { id: true, name: true },
    });
    const names = new Map(people.map(({ id, name }) => [id, name]));
    return new Map(cases.map(({ id, ownerId }) => [id, names.get(ownerId ?? "") ?? "–"]));
  });
}

/** What payers' banks ask for of the bookings of a case: for whoever speaks with the patient. */
export function disputesOfCase(coordinator: Coordinator, caseId: string) {
  return asPerson(coordinator, (tx) =>
    tx.dispute.findMany({
      where: { AND: [{ caseId }, { payment: paymentsOf(coordinator) }] },
      orderBy: [{ openedAt: "asc" }, { id: "asc" }],
      take: WAITING_MAX,
      select: {
        ...{ id: true, state: true, reason: true, currency: true, amountMinor: true },
        ...{ answerBy: true, openedAt: true, endedAt: true, payment: { select: { bookingId: true } } },
      },
    }),
  );
}
export type DisputeOfCase = Awaited<ReturnType<typeof disputesOfCase>>[number];
