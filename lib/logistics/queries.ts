import "server-only";
import type { Actor } from "@/lib/kernel/actor";
import { addDays, type Day, dayOf } from "@/lib/kernel/day";
import { type BookingState, holdLeadDays } from "@/lib/bookings/booking";
import { type FreeSlot, freeSlots } from "@/lib/bookings/published";
import { bookingsOf } from "@/lib/bookings/scope";
import { idOfCursor, type Page, pageOf } from "@/lib/cases/page";
import { casesOf } from "@/lib/cases/scope";
import { isOffered } from "@/lib/estimates/offered-treatment";
import { offerOfEstimate } from "@/lib/estimates/queries";
import { asPerson, type Tx } from "@/lib/infra/db";
import { env } from "@/lib/infra/env";
import type { Prisma } from "@/lib/infra/generated/client";
import { holdsOn } from "@/lib/reviews/review";
import type { LogisticsListForm } from "./forms";
import { partsOf, visasOf } from "./scope";

/** The bookings a private person or a centre may look into; the desk sees all and needs no list. */
export async function knownBookings(tx: Tx, actor: Actor): Promise<string[]> {
  if (actor.role === "coordinator" || actor.role === "system") return [];
  const rows = await tx.booking.findMany({
    where: { AND: [bookingsOf(actor)] },
    select: { id: true },
    take: 5_000,
  });
  return rows.map((row) => row.id);
}

async function knownCases(tx: Tx, actor: Actor): Promise<string[]> {
  if (actor.role !== "patient") return [];
  const rows = await tx.case.findMany({
    where: { AND: [casesOf(actor)] },
    select: { id: true },
    take: 1_000,
  });
  return rows.map((row) => row.id);
}

function pageWhere(form: LogisticsListForm) {
  const before = form.cursor ? idOfCursor(form.cursor) : null;
  return {
    ...(form.bookingId ? { bookingId: form.bookingId } : {}),
    ...(form.caseId ? { caseId: form.caseId } : {}),
    ...(before ? { id: { lt: before } } : {}),
  };
}

function stateOf<S extends string>(
  states: readonly S[],
  wanted: string | undefined,
): { state?: S | { in: S[] } } {
  if (wanted === undefined) return {};
  const found = states.find((state) => state === wanted);
  return { state: found ?? { in: [] } };
}

export type TransferRow = Prisma.TransferGetPayload<object>;
export type AssignmentRow = Prisma.InterpreterAssignmentGetPayload<object>;
export type ShipmentRow = Prisma.ShipmentGetPayload<object>;
export type VisaRow = Prisma.VisaGetPayload<object>;

export function transfersFor(
  actor: Actor,
  form: LogisticsListForm,
  states: readonly TransferRow["state"][],
): Promise<Page<TransferRow>> {
  return asPerson(actor, async (tx) => {
    const mine = partsOf(actor, await knownBookings(tx, actor));
    const where = { AND: [mine, pageWhere(form), stateOf(states, form.state)] };
    return pageOf(
      await tx.transfer.findMany({ where, orderBy: { id: "desc" }, take: form.limit + 1 }),
      form.limit,
    );
  });
}

export function assignmentsFor(
  actor: Actor,
  form: LogisticsListForm,
  states: readonly AssignmentRow["state"][],
): Promise<Page<AssignmentRow>> {
  return asPerson(actor, async (tx) => {
    const mine = partsOf(actor, await knownBookings(tx, actor));
    const where = { AND: [mine, pageWhere(form), stateOf(states, form.state)] };
    return pageOf(
      await tx.interpreterAssignment.findMany({ where, orderBy: { id: "desc" }, take: form.limit + 1 }),
      form.limit,
    );
  });
}

export function shipmentsFor(
  actor: Actor,
  form: LogisticsListForm,
  states: readonly ShipmentRow["state"][],
): Promise<Page<ShipmentRow>> {
  return asPerson(actor, async (tx) => {
    // What somebody takes home is between patient and desk.
    const known = actor.role === "patient" ? await knownBookings(tx, actor) : [];
    const where = { AND: [partsOf(actor, known), pageWhere(form), stateOf(states, form.state)] };
    return pageOf(
      await tx.shipment.findMany({ where, orderBy: { id: "desc" }, take: form.limit + 1 }),
      form.limit,
    );
  });
}

export function visasFor(
  actor: Actor,
  form: LogisticsListForm,
  states: readonly VisaRow["state"][],
): Promise<Page<VisaRow>> {
  return asPerson(actor, async (tx) => {
    const where = {
      AND: [visasOf(actor, await knownCases(tx, actor)), pageWhere(form), stateOf(states, form.state)],
    };
    return pageOf(
      await tx.visa.findMany({ where, orderBy: { id: "desc" }, take: form.limit + 1 }),
      form.limit,
    );
  });
}

export function transferFor(actor: Actor, id: string): Promise<TransferRow | null> {
  return asPerson(actor, async (tx) => {
    const mine = partsOf(actor, await knownBookings(tx, actor));
    return tx.transfer.findFirst({ where: { AND: [{ id }, mine] } });
  });
}

export function assignmentFor(actor: Actor, id: string): Promise<AssignmentRow | null> {
  return asPerson(actor, async (tx) => {
    const mine = partsOf(actor, await knownBookings(tx, actor));
    return tx.interpreterAssignment.findFirst({ where: { AND: [{ id }, mine] } });
  });
}

export function shipmentFor(actor: Actor, id: string): Promise<ShipmentRow | null> {
  return asPerson(actor, async (tx) => {
    const mine = partsOf(actor, await knownBookings(tx, actor));
    return tx.shipment.findFirst({ where: { AND: [{ id }, mine] } });
  });
}

export function visaFor(actor: Actor, id: string): Promise<VisaRow | null> {
  return asPerson(actor, async (tx) => {
    const mine = visasOf(actor, await knownCases(tx, actor));
    return tx.visa.findFirst({ where: { AND: [{ id }, mine] } });
  });
}

/**
 * Days of the treatment an accepted estimate is for, and what that is; the days of all of them where nobody has named it.
 * Of each whether the centre's answer still holds then.
 */
export async function daysToHold(
  actor: Actor,
  estimate: { id: string; clinic: string },
  between: { from: Day; to?: Day },
  now: Date,
): Promise<{ treatments: string[]; slots: (FreeSlot & { isAnswered: boolean })[] }> {
  const offer = await offerOfEstimate(actor, estimate.id);
  if (!offer) return { treatments: [], slots: [] };
  const { treatments, answerExpiresAt } = offer;
  const [only] = treatments;
  const wished = only !== undefined && treatments.length === 1 ? { treatment: only } : {};
  const slots = (await freeSlots(estimate.clinic, { ...between, ...wished }, now)) ?? [];
  const fitting = slots.filter(({ treatment }) => isOffered(treatment, treatments));
  return {
    treatments,
    slots: fitting.map((slot) => ({ ...slot, isAnswered: holdsOn(answerExpiresAt, slot.on) })),
  };
}

/**
 * Days a booking could move to: of the same centre and treatment, with a free place, from tomorrow on. A hold is still to
 * be signed and paid, and is shown the days a new one would be.
 */
export async function daysToMove(
  booking: { state: BookingState; clinic: string; treatment: string; slotId: string },
  now: Date,
): Promise<FreeSlot[]> {
  const { clinic, treatment, slotId } = booking;
  const from = addDays(dayOf(now), booking.state === "held" ? holdLeadDays(env().HOLD_MINUTES) : 1);
  const slots = (await freeSlots(clinic, { treatment, from }, now)) ?? [];
  return slots.filter((slot) => slot.free > 0 && slot.slotId !== slotId);
}
