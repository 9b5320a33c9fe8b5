import "server-only";
import type { Coordinator, Patient } from "@/lib/kernel/actor";
import { dateOf, dayOf, daysBetween } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, type Refused, done, refused } from "@/lib/kernel/outcome";
import { UNPAID } from "@/lib/bookings/plan-effect";
import { type BookingFacts, readBooking } from "@/lib/bookings/queries";
import { claimCase, decidesFor } from "@/lib/estimates/claim-case";
import { asPerson, type Tx } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { blocksTravel, holdsOn } from "@/lib/reviews/review";
import { type Need, type Purpose, rideServer, type Server } from "./care-plan";
import type { RescheduleForm } from "./forms";
import type { AssignmentState } from "./interpreter-assignment";
import { type NotReissued, papersFor, reissuePapers } from "./move-contracts";
import { noteMove } from "./note-move";
import { balanceDueOn, type NotMoved, shifted, whyNotMove } from "./reschedule";
import { expireHolds } from "@/lib/bookings/expire-holds";
import type { TransferState } from "./transfer";

type Mover = Patient | Coordinator;
type Taken = "slot_taken" | `${Server}_taken`;
type Refusal =
  | NotMoved
  | NotReissued
  | Taken
  | "not_found"
  | "invalid_arrival"
  | "reconfirm_needed"
  | "travel_blocked";
type Again = Refused<"again"> & { again: string[] };

interface Moved {
  clash: Taken | "illegal_transition" | "hold_expired" | "expired_near" | null;
  /** One for each need, in the same order. */
  resources?: string[];
  stale?: string[];
}

const TRIES = 5;

/**
 * Takes a booking to another day of the same centre: the new day, interpreter and drivers are won and the old ones let go
 * in one act, or everything stays as it is. Rides and talks keep their hour and their distance to the treatment. A paid
 * booking is confirmed again by the centre; money, services and signed contracts stay. A hold nobody has signed for gets
 * the texts and due dates of the new day, and ends when it would have ended.
 */
export async function rescheduleBooking(
  actor: Mover,
  bookingId: string,
  form: RescheduleForm,
  now: Date,
): Promise<Outcome<BookingFacts, Refusal>> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await tryToMove(actor, bookingId, form, now);
    if (answer.ok || !("again" in answer)) return answer;
    if (attempt === TRIES) return refused("slot_taken");
    await expireHolds(systemActor("reschedule"), answer.again);
  }
}

function tryToMove(
  actor: Mover,
  bookingId: string,
  form: RescheduleForm,
  now: Date,
): Promise<Outcome<BookingFacts, Refusal> | Again> {
  return asPerson(actor, async (tx) => {
    const seen = await readBooking(tx, actor, bookingId);
    const taken = seen && (await claimCase(tx, seen.caseId));
    // Read again now that the case is locked: nobody else changes this booking meanwhile.
    const booking = taken && (await readBooking(tx, actor, bookingId));
    const slot = await tx.procedureSlot.findUnique({ where: { id: form.slotId } });
    if (!taken || !booking || !slot) return refused("not_found");
    if (actor.role === "patient" && !(await decidesFor(tx, actor.personId, taken)))
      return refused("forbidden");
    const old = { ...booking, treatment: booking.slot.treatment };
    const { cause, fromSlotId: seenSlotId = null } = form;
    const facts = { booking: old, stage: taken.stage, slot, who: actor.role, cause, seenSlotId };
    const reason = whyNotMove(facts, now) ?? (await whyNotTravel(tx, actor, booking, slot.on));
    if (reason) return reason;
    const days = daysBetween(dayOf(booking.treatmentOn), dayOf(slot.on));
    const needs = await needsLater(tx, booking, days);
    if (needs.some(({ startsAt }) => startsAt <= now)) return refused("invalid_arrival", { path: "slotId" });
    const papers = booking.state === "held" ? await papersFor(tx, booking, dayOf(slot.on)) : null;
    if (papers && !papers.ok) return papers;
    const move = moveRow(actor, form, now);
    const moved = await moveParts(tx, booking.id, slot.id, needs, move);
    if (moved.clash === "expired_near") return { ...refused("again"), again: moved.stale ?? [] };
    if (moved.clash) return refused(moved.clash);
    await moveRows(tx, booking, { days, parts: partsByClaim(needs, moved.resources ?? []) });
    if (papers) await reissuePapers(tx, booking.id, papers.value, now);
    else await movePlan(tx, booking.id, slot.on, now);
    await noteMove(tx, actor, { id: move.id, booking, stage: taken.stage, form, to: slot.on }, now);
    const after = await readBooking(tx, actor, bookingId);
    return after ? done(after) : refused("not_found");
  });
}

/**
 * The heart team's answer holds on the day of arrival, or it is asked again before the day is moved there. Whom it tells
 * not to travel moves no day alone; the desk may, for it is the desk that puts such a trip off.
 */
async function whyNotTravel(
  tx: Tx,
  actor: Mover,
  booking: BookingFacts,
  on: Date,
): Promise<Refused<"reconfirm_needed" | "travel_blocked"> | null> {
  const estimate = await tx.estimate.findUnique({
    where: { id: booking.estimateId },
    select: { review: { select: { answer: true, answerExpiresAt: true } } },
  });
  const review = estimate?.review;
  if (!review || !holdsOn(review.answerExpiresAt, dayOf(on))) return refused("reconfirm_needed");
  return actor.role === "patient" && blocksTravel(review.answer) ? refused("travel_blocked") : null;
}

function moveRow({ personId, role, name }: Mover, { cause }: RescheduleForm, movedAt: Date) {
  return { id: newId(), cause, movedById: personId, movedByRole: role, movedByName: name, movedAt };
}

async function moveParts(
  tx: Tx,
  id: string,
  slotId: string,
  needs: readonly Need[],
  move: ReturnType<typeof moveRow>,
): Promise<Moved> {
  const rows = await tx.$queryRaw<{ moved: Moved }[]>`
    SELECT move_parts(${id}::uuid, ${slotId}::uuid, ${JSON.stringify(needs)}::jsonb, ${JSON.stringify(move)}::jsonb)
      AS moved`;
  const moved = rows[0]?.moved;
  if (!moved) throw new Error("move_parts gave no answer.");
  return moved;
}

/** What is asked for in place of a claim. */
type Later = Need & { formerClaimId: string };

/** What has not begun yet, and can be asked for on another day. */
const RIDES_TO_MOVE: readonly TransferState[] = ["requested", "assigned", "driver_waiting"];
const TALKS_TO_MOVE: readonly AssignmentState[] = ["requested", "offered", "confirmed"];

/** Whom the booking keeps busy now, some days later. What was driven or said already is not asked for again. */
async function needsLater(tx: Tx, booking: BookingFacts, days: number): Promise<Later[]> {
  const { timeZone: zone } = booking.clinic;
  const place = await tx.clinic.findUniqueOrThrow({
    where: { id: booking.clinicId },
    select: { country: true, city: true },
  });
  const claims = await tx.claim.findMany({
    where: { bookingId: booking.id, state: { in: ["held", "booked"] } },
    orderBy: { startsAt: "asc" },
  });
  const rides = booking.transfers.filter(({ state }) => RIDES_TO_MOVE.includes(state));
  const talks = booking.interpreters.filter(({ state }) => TALKS_TO_MOVE.includes(state));
  return claims.flatMap((claim) => {
    const ride = rides.find((one) => one.claimId === claim.id);
    const talk = talks.find((one) => one.claimId === claim.id);
    if (!ride && !talk) return [];
    return [
      {
        purpose: (ride?.direction ?? talk?.purpose) as Purpose,
        kind: ride ? rideServer(ride) : ("interpreter" as const),
        claimId: newId(),
        formerClaimId: claim.id,
        startsAt: shifted(claim.startsAt, days, zone),
        endsAt: shifted(claim.endsAt, days, zone),
        ...place,
        anywhere: !ride,
        languages: talk ? [talk.fromLang] : [],
        oneOf: talk && talk.toLang !== talk.fromLang ? [talk.toLang] : [],
        gender: talk?.genderWish ?? null,
        seats: ride?.passengers ?? 0,
        wheelchair: ride?.wheelchair ?? false,
      },
    ];
  });
}

interface Part {
  claimId: string | null;
  resourceId: string | null;
}
interface Shift {
  days: number;
  parts: ReadonlyMap<string, Part>;
}

/** Who takes the place of each claim: there may be two rides of one direction, each with a driver of its own. */
function partsByClaim(needs: readonly Later[], resources: readonly string[]): Shift["parts"] {
  return new Map(
    needs.map(({ formerClaimId, claimId }, at) => [
      formerClaimId,
      { claimId, resourceId: resources[at] ?? null },
    ]),
  );
}

const NOBODY: Part = { claimId: null, resourceId: null };

/** Whoever drives or speaks is asked anew; a flight of the old day is none of the new one. */
async function moveRows(tx: Tx, booking: BookingFacts, { days, parts }: Shift): Promise<void> {
  const { timeZone: zone } = booking.clinic;
  const asked = (former: string | null) => ({
    ...(parts.get(former ?? "") ?? NOBODY),
    ...{ state: "requested" as const, linkHash: null },
  });
  for (const ride of booking.transfers) {
    const pickupAt = shifted(ride.pickupAt, days, zone);
    await tx.transfer.updateMany({
      where: { id: ride.id, state: { in: [...RIDES_TO_MOVE] } },
      data: { ...asked(ride.claimId), pickupAt, flight: null, terminal: null },
    });
  }
  for (const talk of booking.interpreters) {
    const [startsAt, endsAt] = [shifted(talk.startsAt, days, zone), shifted(talk.endsAt, days, zone)];
    await tx.interpreterAssignment.updateMany({
      where: { id: talk.id, state: { in: [...TALKS_TO_MOVE] } },
      data: { ...asked(talk.claimId), startsAt, endsAt },
    });
  }
}

/** What is still to be paid is due before the new day. */
async function movePlan(tx: Tx, bookingId: string, on: Date, now: Date): Promise<void> {
  const open = { bookingId, kind: "balance", state: { in: [...UNPAID] } };
  const later = { dueOn: dateOf(balanceDueOn(dayOf(on), dayOf(now))), dueToldAt: null };
  await tx.planItem.updateMany({ where: { ...open, paidMinor: 0n }, data: { ...later, state: "planned" } });
  const inPart = { ...open, paidMinor: { gt: 0n } };
  await tx.planItem.updateMany({ where: inPart, data: { ...later, state: "partially_paid" } });
}
