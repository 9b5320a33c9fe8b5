import "server-only";
import { asPerson, openDb, type Tx } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { liveBills } from "./bill";
import type { Evidence } from "./release";

interface Line {
  id: string;
  bookingId: string;
  caseId: string;
  evidence: string;
  evidenceId: string;
}

/** What proves one line: who said so and when, in which words, and the documents it rests on. */
export interface LineEvidence {
  /** Null where nobody but the portal itself wrote it down. */
  by: string | null;
  byRole: string | null;
  at: Date | null;
  /** Who drove or interpreted, as the supplier's invoice names them. */
  doer: string | null;
  /** What was written down as proof, or the carrier and number of a parcel. */
  note: string | null;
  minutes: number | null;
  documents: { id: string; number: string }[];
}

const NOTHING: LineEvidence = {
  ...{ by: null, byRole: null, at: null, doer: null, note: null, minutes: null },
  documents: [],
};

/** Which change of state proved it, as the trace names it. */
const EVENTS = {
  transfer_done: "transfer.done",
  interpreter_minutes: "interpreter_assignment.done",
  shipment_delivered: "shipment.delivered",
} as const satisfies Partial<Record<Evidence, string>>;

/** The evidence of each line of some releases. Finance reaches no ride and no talk: the system reads what proves them. */
export async function readEvidence(lines: readonly Line[]): Promise<Map<string, LineEvidence>> {
  const traced = await readTraced(lines);
  return asPerson(systemActor("releases"), async (tx) => {
    const [marks, accounts, things] = [
      await readMarks(tx, lines),
      await readAccounts(tx, lines),
      await readThings(tx, lines),
    ];
    return new Map(
      lines.map((line) => {
        const { evidenceId: id } = line;
        const known = { ...things.get(id), ...traced.get(id), ...marks.get(id), ...accounts.get(id) };
        return [line.id, { ...NOTHING, ...known }] as const;
      }),
    );
  });
}

/** Who reported a ride, a talk or a parcel as done. */
async function readTraced(lines: readonly Line[]): Promise<Map<string, Partial<LineEvidence>>> {
  const wanted = lines.filter((line) => line.evidence in EVENTS);
  if (wanted.length === 0) return new Map();
  const events = await openDb().auditEvent.findMany({
    where: {
      caseId: { in: wanted.map((line) => line.caseId) },
      objectId: { in: wanted.map((line) => line.evidenceId) },
      event: { in: Object.values(EVENTS) },
    },
    orderBy: { at: "asc" },
    select: { objectId: true, actorName: true, actorRole: true, at: true },
  });
  return new Map(
    events.map(({ objectId, actorName: by, actorRole: byRole, at }) => [objectId ?? "", { by, byRole, at }]),
  );
}

async function readMarks(tx: Tx, lines: readonly Line[]): Promise<Map<string, Partial<LineEvidence>>> {
  const marks = await tx.serviceDelivery.findMany({
    where: { id: { in: lines.map((line) => line.evidenceId) } },
    select: { id: true, note: true, markedById: true, markedAt: true },
  });
  const people = await tx.person.findMany({
    where: { id: { in: marks.map((mark) => mark.markedById) } },
    select: { id: true, name: true },
  });
  const nameOf = new Map(people.map(({ id, name }) => [id, name]));
  return new Map(
    marks.map(({ id, note, markedById, markedAt: at }) => [
      id,
      { by: nameOf.get(markedById) ?? null, byRole: "coordinator", at, note },
    ]),
  );
}

/** The account of the hospital's bills, with the invoices that counted and count now. */
async function readAccounts(tx: Tx, lines: readonly Line[]): Promise<Map<string, Partial<LineEvidence>>> {
  const ids = lines.filter((line) => line.evidence === "final_account").map((line) => line.evidenceId);
  const accounts = await tx.billAccount.findMany({
    where: { id: { in: ids } },
    select: { id: true, bookingId: true, settledByName: true, settledAt: true },
  });
  const bills = await tx.bill.findMany({
    where: { bookingId: { in: accounts.map((account) => account.bookingId) } },
    orderBy: { version: "asc" },
    select: { id: true, bookingId: true, state: true, correctsId: true, number: true },
  });
  return new Map(
    accounts.map(({ id, bookingId, settledByName: by, settledAt: at }) => [
      id,
      {
        ...{ by, byRole: "finance", at },
        documents: liveBills(bills.filter((bill) => bill.bookingId === bookingId)).map((bill) => ({
          ...{ id: bill.id, number: bill.number },
        })),
      },
    ]),
  );
}

/** Who drove or interpreted and for how long, and the number of a parcel: what a supplier's invoice names too. */
async function readThings(tx: Tx, lines: readonly Line[]): Promise<Map<string, Partial<LineEvidence>>> {
  const where = { id: { in: lines.map((line) => line.evidenceId) } };
  const rides = await tx.transfer.findMany({ where, select: { id: true, resourceId: true } });
  const talks = await tx.interpreterAssignment.findMany({
    where,
    select: { id: true, resourceId: true, minutes: true },
  });
  const parcels = await tx.shipment.findMany({ where, select: { id: true, carrier: true, tracking: true } });
  const resources = await tx.resource.findMany({
    where: { id: { in: [...rides, ...talks].flatMap((one) => one.resourceId ?? []) } },
    select: { id: true, name: true },
  });
  const nameOf = (id: string | null) => resources.find((one) => one.id === id)?.name ?? null;
  return new Map<string, Partial<LineEvidence>>([
    ...rides.map((one) => [one.id, { doer: nameOf(one.resourceId) }] as const),
    ...talks.map((one) => [one.id, { doer: nameOf(one.resourceId), minutes: one.minutes }] as const),
    ...parcels.map(
      ({ id, carrier, tracking }) =>
        [id, { note: [carrier, tracking].filter(Boolean).join(" ") || null }] as const,
    ),
  ]);
}
