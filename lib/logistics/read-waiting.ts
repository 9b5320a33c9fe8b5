import "server-only";
import type { Actor, ClinicManager, Coordinator } from "@/lib/kernel/actor";
import { idOfCursor, type Page, pageOf } from "@/lib/cases/page";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { Prisma } from "@/lib/infra/generated/client";
import type { WaitingListForm } from "./forms";
import { waitingOf } from "./scope";

const offerSelect = {
  id: true,
  slotId: true,
  state: true,
  bookingId: true,
  offeredAt: true,
  expiresAt: true,
  endedAt: true,
  slot: { select: { on: true } },
} satisfies Prisma.WaitingOfferSelect;

const waitingSelect = {
  id: true,
  caseId: true,
  patientId: true,
  estimateId: true,
  clinicId: true,
  treatment: true,
  state: true,
  turn: true,
  reason: true,
  endCause: true,
  joinedRole: true,
  joinedName: true,
  fromOn: true,
  toOn: true,
  joinedAt: true,
  endedAt: true,
  offers: { select: offerSelect, orderBy: { offeredAt: "desc" } },
} satisfies Prisma.WaitingEntrySelect;

type Row = Prisma.WaitingEntryGetPayload<{ select: typeof waitingSelect }>;
/** An entry of the waiting list with its offers, newest first, and its place in the line while it waits. */
export type WaitingFacts = Row & {
  clinic: { slug: string; name: string; timeZone: string };
  position: number | null;
};
export type OfferFacts = Row["offers"][number];

/** One entry; null for a stranger and for no row. */
export async function readWaiting(tx: Tx, actor: Actor, id: string): Promise<WaitingFacts | null> {
  const found = await tx.waitingEntry.findFirst({
    where: { AND: [{ id }, waitingOf(actor)] },
    select: waitingSelect,
  });
  if (!found) return null;
  const [told] = await withPlaces(tx, [found]);
  return told ?? null;
}

/** The entry an offer belongs to; null for a stranger and for no row. */
export async function readOfferOwner(tx: Tx, actor: Actor, offerId: string): Promise<WaitingFacts | null> {
  const offer = await tx.waitingOffer.findFirst({
    where: { id: offerId, entry: waitingOf(actor) },
    select: { entryId: true },
  });
  return offer && readWaiting(tx, actor, offer.entryId);
}

export function waitingFor(actor: Actor, id: string): Promise<WaitingFacts | null> {
  return asPerson(actor, (tx) => readWaiting(tx, actor, id));
}

/** Entries this person may know about, of one case or one centre, newest first. */
export function waitingEntries(actor: Actor, form: WaitingListForm): Promise<Page<WaitingFacts>> {
  return asPerson(actor, async (tx) => {
    const before = form.cursor ? idOfCursor(form.cursor) : null;
    const clinic = form.clinic
      ? await tx.clinic.findUnique({ where: { slug: form.clinic }, select: { id: true } })
      : null;
    const rows = await tx.waitingEntry.findMany({
      where: {
        AND: [
          waitingOf(actor),
          form.caseId ? { caseId: form.caseId } : {},
          form.clinic ? { clinicId: clinic?.id ?? EMPTY_ID } : {},
          before ? { id: { lt: before } } : {},
        ],
      },
      select: waitingSelect,
      orderBy: { id: "desc" },
      take: form.limit + 1,
    });
    return pageOf(await withPlaces(tx, rows), form.limit);
  });
}

const EMPTY_ID = "00000000-0000-0000-0000-000000000000";

export interface WaitingLine extends WaitingFacts {
  case: { number: string; stage: string; contactName: string | null };
}

/** Everybody who waits, list by list and in order, for the desk. */
export function waitingLists(coordinator: Coordinator): Promise<WaitingLine[]> {
  return asPerson(coordinator, async (tx) => {
    const rows = await tx.waitingEntry.findMany({
      where: { state: "waiting" },
      select: waitingSelect,
      orderBy: [{ clinicId: "asc" }, { treatment: "asc" }, { turn: "asc" }],
      take: 500,
    });
    return withCases(tx, await withPlaces(tx, rows));
  });
}

/** Those whose waiting has ended, the newest first. */
export function endedWaiting(coordinator: Coordinator, limit: number): Promise<WaitingLine[]> {
  return asPerson(coordinator, async (tx) => {
    const rows = await tx.waitingEntry.findMany({
      where: { state: { not: "waiting" } },
      select: waitingSelect,
      orderBy: { endedAt: "desc" },
      take: limit,
    });
    return withCases(tx, await withPlaces(tx, rows));
  });
}

/** How many wait at one's own centre, by treatment; never who. */
export function waitingCounts(manager: ClinicManager): Promise<{ treatment: string; waiting: number }[]> {
  return asPerson(
    manager,
    (tx) => tx.$queryRaw<{ treatment: string; waiting: number }[]>`
      SELECT * FROM waiting_counts(${manager.clinicId}::uuid)`,
  );
}

async function withPlaces(tx: Tx, rows: Row[]): Promise<WaitingFacts[]> {
  const clinics = await tx.clinic.findMany({
    where: { id: { in: [...new Set(rows.map((row) => row.clinicId))] } },
    select: { id: true, slug: true, name: true, timeZone: true },
  });
  const placed = await tx.$queryRaw<{ id: string; position: number | null }[]>`
    SELECT id, waiting_position(id) AS position FROM unnest(${rows.map((row) => row.id)}::uuid[]) AS id`;
  const byId = new Map(clinics.map(({ id, ...clinic }) => [id, clinic]));
  const positions = new Map(placed.map(({ id, position }) => [id, position]));
  return rows.flatMap((row) => {
    const clinic = byId.get(row.clinicId);
    return clinic ? [{ ...row, clinic, position: positions.get(row.id) ?? null }] : [];
  });
}

async function withCases(tx: Tx, rows: WaitingFacts[]): Promise<WaitingLine[]> {
  const cases = await tx.case.findMany({
    where: { id: { in: [...new Set(rows.map((row) => row.caseId))] } },
    select: { id: true, number: true, stage: true, contactName: true },
  });
  const byId = new Map(cases.map(({ id, ...one }) => [id, one]));
  return rows.flatMap((row) => {
    const found = byId.get(row.caseId);
    return found ? [{ ...row, case: found }] : [];
  });
}
