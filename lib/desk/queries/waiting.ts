import "server-only";
import type { ClinicManager, ClinicMember } from "@/lib/kernel/actor";
import { addDays, dateOf, type Day, dayIn, dayOf } from "@/lib/kernel/day";
import { confirmDueAt } from "@/lib/bookings/booking";
import { bookingsOf } from "@/lib/bookings/scope";
import { type CapacityGap, capacityGaps } from "@/lib/clinics/capacity";
import { expiringProofs, type ExpiringProof } from "@/lib/clinics/proof";
import { revisionsOf } from "@/lib/clinics/scope";
import { NOT_PROCEDURES } from "@/lib/guides/treatment";
import { asPerson, type Tx } from "@/lib/infra/db";
import { reviewsInside } from "@/lib/reviews/queries";
import { ANSWER_STAGES, confirmableFrom, holdsOn, needsReconfirm } from "@/lib/reviews/review";
import type { ReviewFacts } from "@/lib/reviews/views/review";

/** One thing a centre is waited for, or may now go on with. */
export type WaitingLine = {
  id: string;
  /** By when; of what has no clock, since when or from when on. */
  at: Date;
  /** When the clock began; null where none runs. */
  since: Date | null;
} & (
  | {
      kind: "review" | "signature" | "records_came" | "confirm";
      number: string;
      treatment: string | null;
      urgent: boolean;
    }
  | { kind: "booking"; number: string; treatment: string; treatmentOn: Day }
  | { kind: "gap"; gap: CapacityGap }
  | { kind: "listing"; state: "changes_asked" | "rejected" }
);

const GAP_DAYS = 30;
const BOOKED = ["held", "awaiting_deposit", "awaiting_centre", "confirmed"] as const;

/** What waits for a centre now, what is due first on top. Its doctors are shown the questions, its managers the rest too. */
export function waitingFor(member: ClinicMember, now: Date): Promise<WaitingLine[]> {
  return asPerson(member, async (tx) => {
    const reviews = await waitingReviews(tx, member, now);
    if (member.role !== "clinic_manager") return inOrder(reviews);
    const today = await todayAt(tx, member, now);
    return inOrder([
      ...reviews,
      ...(await waitingBookings(tx, member)),
      ...(await waitingGaps(tx, member, today)),
      ...(await waitingListing(tx, member)),
    ]);
  });
}

/** What a centre's public page shows and soon no longer holds, for those who can renew it. */
export async function expiringFor(member: ClinicMember, now: Date): Promise<ExpiringProof[]> {
  if (member.role !== "clinic_manager") return [];
  return asPerson(member, async (tx) => proofsOf(tx, member, await todayAt(tx, member, now)));
}

async function todayAt(tx: Tx, { clinicId }: ClinicManager, now: Date): Promise<Day> {
  const { timeZone } = await tx.clinic.findUniqueOrThrow({
    where: { id: clinicId },
    select: { timeZone: true },
  });
  return dayIn(timeZone, now);
}

function inOrder(lines: readonly WaitingLine[]): WaitingLine[] {
  return lines.toSorted((one, other) => one.at.getTime() - other.at.getTime());
}

async function waitingReviews(tx: Tx, member: ClinicMember, now: Date): Promise<WaitingLine[]> {
  const open = await reviewsInside(tx, member, { state: { in: ["requested", "opened"] } });
  const unsigned = await reviewsInside(tx, member, { state: "decided", secondSignerId: null });
  const asked = await reviewsInside(tx, member, { state: "more_info" });
  const came = await recordsCame(tx, asked);
  const line = (review: ReviewFacts) => ({
    id: review.id,
    number: review.case.number,
    treatment: review.case.treatment,
    urgent: review.case.urgent,
  });
  const others = unsigned.filter((review) => review.firstSignerId !== member.personId);
  return [
    ...open.map((one) => ({ ...line(one), kind: "review" as const, at: one.dueAt, since: one.requestedAt })),
    ...others.map((one) => ({
      ...line(one),
      kind: "signature" as const,
      at: one.dueAt,
      since: one.requestedAt,
    })),
    ...asked.flatMap((one) => {
      const at = came.get(one.id);
      return at ? [{ ...line(one), kind: "records_came" as const, at, since: null }] : [];
    }),
    ...(await unconfirmed(tx, member, now)).map(({ one, at }) => ({
      ...{ ...line(one), kind: "confirm" as const, at, since: null },
    })),
  ];
}

/** Answers that were estimated, and no longer hold: since when. One that ends before its booked day once a new word reaches to it. */
async function unconfirmed(
  tx: Tx,
  member: ClinicMember,
  now: Date,
): Promise<{ one: ReviewFacts; at: Date }[]> {
  const bound = await reviewsInside(tx, member, {
    ...{ state: "decided", secondSignedAt: { not: null }, case: { stage: { in: [...ANSWER_STAGES] } } },
    estimates: { some: { state: { in: ["sent", "accepted"] } } },
  });
  const booked = await tx.booking.findMany({
    where: { AND: [{ caseId: { in: bound.map(({ caseId }) => caseId) }, state: { in: [...BOOKED] } }] },
    select: { caseId: true, clinicId: true, treatmentOn: true },
  });
  return bound.flatMap((one) => {
    const { answerExpiresAt, newestRecordAt } = one;
    if (needsReconfirm(one, newestRecordAt, now))
      return [
        { one, at: answerExpiresAt && answerExpiresAt <= now ? answerExpiresAt : (newestRecordAt ?? now) },
      ];
    const trip = booked.find(({ caseId, clinicId }) => caseId === one.caseId && clinicId === one.clinicId);
    if (!trip || holdsOn(answerExpiresAt, dayOf(trip.treatmentOn))) return [];
    const at = dateOf(confirmableFrom(dayOf(trip.treatmentOn)));
    return at <= now ? [{ one, at }] : [];
  });
}

/** Of questions that wait for records: since when there are some the centre has not seen. */
async function recordsCame(tx: Tx, asked: readonly ReviewFacts[]): Promise<ReadonlyMap<string, Date>> {
  if (asked.length === 0) return new Map();
  const events = await tx.caseEvent.findMany({
    where: {
      caseId: { in: asked.map((review) => review.caseId) },
      kind: { in: ["more_info_asked", "record_accepted"] },
    },
    orderBy: { at: "asc" },
    select: { caseId: true, kind: true, note: true, at: true },
  });
  return new Map(
    asked.flatMap(({ id, caseId, clinic }) => {
      const own = events.filter((event) => event.caseId === caseId);
      const question = own.findLast(
        (event) => event.kind === "more_info_asked" && event.note === clinic.slug,
      );
      const record = own.findLast((event) => event.kind === "record_accepted");
      return question && record && record.at > question.at ? [[id, record.at] as const] : [];
    }),
  );
}

async function waitingBookings(tx: Tx, manager: ClinicManager): Promise<WaitingLine[]> {
  const rows = await tx.booking.findMany({
    where: { AND: [{ state: "awaiting_centre" }, bookingsOf(manager)] },
    select: {
      id: true,
      number: true,
      treatmentOn: true,
      paidAt: true,
      createdAt: true,
      slot: { select: { treatment: true } },
    },
  });
  return rows.map(({ id, number, treatmentOn, paidAt, createdAt, slot }) => {
    const since = paidAt ?? createdAt;
    const { treatment } = slot;
    return {
      id,
      kind: "booking",
      number,
      treatment,
      treatmentOn: dayOf(treatmentOn),
      since,
      at: confirmDueAt(since),
    };
  });
}

async function waitingGaps(tx: Tx, { clinicId }: ClinicManager, today: Day): Promise<WaitingLine[]> {
  const listed = await tx.clinicProcedure.findMany({
    where: { clinicId, treatment: { notIn: [...NOT_PROCEDURES] } },
    select: { treatment: true },
    distinct: ["treatment"],
    orderBy: { treatment: "asc" },
  });
  const slots = await tx.procedureSlot.findMany({
    where: { clinicId, on: { gte: dateOf(today), lt: dateOf(addDays(today, GAP_DAYS)) } },
    select: { treatment: true, on: true, capacity: true, taken: true },
  });
  const offered = slots.map((slot) => ({ ...slot, on: dayOf(slot.on) }));
  const gaps = capacityGaps(
    listed.map(({ treatment }) => treatment),
    offered,
    today,
    GAP_DAYS,
  );
  return gaps.map((gap) => ({
    id: gap.treatment,
    kind: "gap",
    gap,
    since: null,
    at: dateOf(gap.weeks[0] ?? today),
  }));
}

async function waitingListing(tx: Tx, manager: ClinicManager): Promise<WaitingLine[]> {
  const last = await tx.listingRevision.findFirst({
    where: { AND: [{ state: { not: "superseded" } }, revisionsOf(manager)] },
    orderBy: { createdAt: "desc" },
    select: { id: true, state: true, decidedAt: true },
  });
  if (last?.decidedAt == null || (last.state !== "changes_asked" && last.state !== "rejected")) return [];
  return [{ id: last.id, kind: "listing", state: last.state, since: null, at: last.decidedAt }];
}

async function proofsOf(tx: Tx, { clinicId }: ClinicManager, today: Day): Promise<ExpiringProof[]> {
  const clinic = await tx.clinic.findUniqueOrThrow({
    where: { id: clinicId },
    select: {
      licenceAuthority: true,
      licenceValidUntil: true,
      accreditations: { select: { body: true, validUntil: true } },
      procedures: { select: { treatment: true, device: true, validTo: true } },
    },
  });
  const { licenceAuthority: name, licenceValidUntil, accreditations, procedures } = clinic;
  return expiringProofs(
    [
      { kind: "licence", name, device: null, validUntil: dayOf(licenceValidUntil) },
      ...accreditations.map(({ body, validUntil }) => ({
        kind: "certificate" as const,
        name: body,
        device: null,
        validUntil: dayOf(validUntil),
      })),
      ...procedures.map(({ treatment, device, validTo }) => ({
        kind: "price" as const,
        name: treatment,
        device,
        validUntil: dayOf(validTo),
      })),
    ],
    today,
  );
}
