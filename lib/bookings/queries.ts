import "server-only";
import type { Actor, Coordinator, Patient } from "@/lib/kernel/actor";
import { idOfCursor, type Page, pageOf } from "@/lib/cases/page";
import { caseForActor } from "@/lib/cases/queries";
import { type OwnRule, ownRuleOf } from "@/lib/estimates/line-rule";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { Prisma } from "@/lib/infra/generated/client";
import type { BookingListForm } from "./forms";
import { bookingsOf } from "./scope";

const bookingSelect = {
  id: true,
  number: true,
  caseId: true,
  patientId: true,
  estimateId: true,
  clinicId: true,
  slotId: true,
  state: true,
  currency: true,
  policyVersion: true,
  regime: true,
  contractAMode: true,
  cancelCause: true,
  cancellationBands: true,
  treatmentOn: true,
  createdAt: true,
  holdExpiresAt: true,
  paidAt: true,
  confirmedAt: true,
  completedAt: true,
  cancelledAt: true,
  slot: { select: { treatment: true } },
} satisfies Prisma.BookingSelect;

/** What books a service: a line of the estimate, or a line of an agreed change. */
export const bookedBySelect = {
  changeLineId: true,
  line: { select: { contract: true, kind: true, label: true, highMinor: true, options: true } },
  changeLine: { select: { label: true, changeOrder: { select: { contract: true } } } },
} satisfies Prisma.BookingServiceSelect;

type BookedBy = Prisma.BookingServiceGetPayload<{ select: typeof bookedBySelect }>;

export interface BookedLine {
  contract: "A" | "B";
  label: string | null;
  /** The most it may cost by the accepted estimate; null for a line a change has added. */
  highMinor: bigint | null;
  /** What it says comes back of it; null where the days of the house hold, and for a line a change has added. */
  ownRule: OwnRule | null;
}

/** Contract and name of what is booked, whichever line books it; null where this person may not know. */
export function bookedLineOf({ line, changeLine }: Pick<BookedBy, "line" | "changeLine">): BookedLine | null {
  if (line) {
    const { contract, label, highMinor } = line;
    return { contract, label, highMinor, ownRule: ownRuleOf(line) };
  }
  if (!changeLine) return null;
  const { label, changeOrder } = changeLine;
  return { contract: changeOrder.contract, label, highMinor: null, ownRule: null };
}

/** Where the day went, oldest first. */
export const moveSelect = {
  fromOn: true,
  toOn: true,
  movedAt: true,
  movedByRole: true,
  movedByName: true,
} satisfies Prisma.BookingMoveSelect;

const detailSelect = {
  ...bookingSelect,
  services: {
    select: {
      lineId: true,
      kind: true,
      amountMinor: true,
      deliveredAt: true,
      id: true,
      ...bookedBySelect,
    },
    orderBy: [{ line: { position: "asc" } }, { id: "asc" }],
  },
  contracts: { orderBy: { kind: "asc" } },
  planItems: {
    orderBy: { position: "asc" },
    include: { payments: { where: { state: "processing" }, select: { id: true } } },
  },
  moves: { orderBy: { movedAt: "asc" }, select: moveSelect },
} satisfies Prisma.BookingSelect;

type ClinicName = { slug: string; name: string; timeZone: string };
export type BookingLine = Prisma.BookingGetPayload<{ select: typeof bookingSelect }> & { clinic: ClinicName };
type Details = Prisma.BookingGetPayload<{ select: typeof detailSelect }>;
export interface ServiceFacts {
  id: string;
  /** Of the estimate's line, or of the line of a change that added it. */
  lineId: string;
  kind: string;
  amountMinor: bigint;
  deliveredAt: Date | null;
  line: BookedLine;
}
export type BookingFacts = Omit<Details, "services"> & {
  services: ServiceFacts[];
  clinic: ClinicName;
  transfers: Prisma.TransferGetPayload<object>[];
  interpreters: Prisma.InterpreterAssignmentGetPayload<object>[];
  shipments: Prisma.ShipmentGetPayload<object>[];
};

/** One booking with all that hangs on it; null for a stranger and for no row. */
export async function readBooking(tx: Tx, actor: Actor, id: string): Promise<BookingFacts | null> {
  const found = await tx.booking.findFirst({
    where: { AND: [{ id }, bookingsOf(actor)] },
    select: detailSelect,
  });
  if (!found) return null;
  const [named] = await withClinics(tx, [found]);
  if (!named) return null;
  const where = { bookingId: id };
  return {
    ...named,
    services: named.services.flatMap(serviceOf),
    transfers: await tx.transfer.findMany({ where, orderBy: { pickupAt: "asc" } }),
    interpreters: await tx.interpreterAssignment.findMany({ where, orderBy: { startsAt: "asc" } }),
    shipments: await tx.shipment.findMany({ where, orderBy: { createdAt: "asc" } }),
  };
}

function serviceOf({
  id,
  kind,
  amountMinor,
  deliveredAt,
  ...by
}: Details["services"][number]): ServiceFacts[] {
  const line = bookedLineOf(by);
  const lineId = by.lineId ?? by.changeLineId;
  return line && lineId ? [{ id, lineId, kind, amountMinor, deliveredAt, line }] : [];
}

export function bookingFor(actor: Actor, id: string): Promise<BookingFacts | null> {
  return asPerson(actor, (tx) => readBooking(tx, actor, id));
}

/** Whose names a contract of this booking may be signed with: the patient of the case, and whoever is signed in. */
export async function namesToSign(patient: Patient, id: string): Promise<string[]> {
  const booking = await bookingFor(patient, id);
  const found = booking && (await caseForActor(patient, booking.caseId));
  return [...new Set([found?.contactName ?? null, patient.name])].filter((name) => name !== null);
}

/** Bookings this person may know about, newest first. */
export function bookingsFor(actor: Actor, form: BookingListForm): Promise<Page<BookingLine>> {
  return asPerson(actor, async (tx) => {
    const before = form.cursor ? idOfCursor(form.cursor) : null;
    const rows = await tx.booking.findMany({
      where: {
        AND: [
          bookingsOf(actor),
          form.caseId ? { caseId: form.caseId } : {},
          before ? { id: { lt: before } } : {},
        ],
      },
      select: bookingSelect,
      orderBy: { id: "desc" },
      take: form.limit + 1,
    });
    return pageOf(await withClinics(tx, rows), form.limit);
  });
}

async function withClinics<T extends { clinicId: string }>(
  tx: Tx,
  rows: T[],
): Promise<(T & { clinic: ClinicName })[]> {
  const clinics = await tx.clinic.findMany({
    where: { id: { in: [...new Set(rows.map((row) => row.clinicId))] } },
    select: { id: true, slug: true, name: true, timeZone: true },
  });
  const byId = new Map(clinics.map(({ id, ...clinic }) => [id, clinic]));
  return rows.flatMap((row) => {
    const clinic = byId.get(row.clinicId);
    return clinic ? [{ ...row, clinic }] : [];
  });
}

const letterSelect = {
  id: true,
  caseId: true,
  bookingId: true,
  recordId: true,
  state: true,
  to: true,
  reason: true,
  enteredById: true,
  checkedById: true,
  happenedOn: true,
  enteredAt: true,
  checkedAt: true,
} satisfies Prisma.CentreLetterSelect;

export type LetterRow = Prisma.CentreLetterGetPayload<{ select: typeof letterSelect }>;

export function readLetter(tx: Tx, id: string): Promise<LetterRow | null> {
  return tx.centreLetter.findUnique({ where: { id }, select: letterSelect });
}

/** The letters of a case, the newest first. */
export function lettersFor(coordinator: Coordinator, caseId: string): Promise<LetterRow[]> {
  return asPerson(coordinator, (tx) =>
    tx.centreLetter.findMany({ where: { caseId }, orderBy: { id: "desc" }, take: 50, select: letterSelect }),
  );
}
