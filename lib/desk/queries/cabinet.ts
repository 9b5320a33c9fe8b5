import "server-only";
import type { ClinicManager, ClinicMember, ClinicReviewer } from "@/lib/kernel/actor";
import { addDays, dateOf, type Day, dayOf } from "@/lib/kernel/day";
import type { CaseStage } from "@/lib/cases/case";
import { casesOf } from "@/lib/cases/scope";
import { asPerson } from "@/lib/infra/db";
import { reviewsInside } from "@/lib/reviews/queries";
import { OPEN_STATES } from "@/lib/reviews/review";
import type { ReviewFacts } from "@/lib/reviews/views/review";

export interface Inbox {
  /** Questions still owed an answer, the one due first on top. */
  open: ReviewFacts[];
  /** Answers of a colleague, or of one's own, that lack the second signature. */
  unsigned: ReviewFacts[];
}

/** What the doctors of a centre have to do. */
export function inboxFor(reviewer: ClinicReviewer): Promise<Inbox> {
  return asPerson(reviewer, async (tx) => {
    const open = await reviewsInside(tx, reviewer, { state: { in: [...OPEN_STATES] } });
    const unsigned = await reviewsInside(tx, reviewer, { state: "decided", secondSignerId: null });
    return { open: open.toSorted((one, other) => one.dueAt.getTime() - other.dueAt.getTime()), unsigned };
  });
}

export interface OwnClinic {
  id: string;
  slug: string;
  name: string;
  country: string;
  timeZone: string;
}

/** The centre somebody works for. */
export function ownClinic(member: ClinicMember): Promise<OwnClinic> {
  return asPerson(member, (tx) =>
    tx.clinic.findUniqueOrThrow({
      where: { id: member.clinicId },
      select: { id: true, slug: true, name: true, country: true, timeZone: true },
    }),
  );
}

export interface CapacityTable {
  treatments: string[];
  days: Day[];
  /** By "2026-05-04 teer": how many places are offered and how many are taken. */
  slots: ReadonlyMap<string, { capacity: number; taken: number }>;
}

/** The weekdays of some weeks and what the centre offers on them, for the treatments it lists. */
export function capacityTable(manager: ClinicManager, from: Day, days: number): Promise<CapacityTable> {
  const until = addDays(from, days);
  return asPerson(manager, async (tx) => {
    const { clinicId } = manager;
    const procedures = await tx.clinicProcedure.findMany({
      where: { clinicId },
      select: { treatment: true },
      distinct: ["treatment"],
      orderBy: { treatment: "asc" },
    });
    const rows = await tx.procedureSlot.findMany({
      where: { clinicId, on: { gte: dateOf(from), lt: dateOf(until) } },
      select: { treatment: true, on: true, capacity: true, taken: true },
    });
    const slots = new Map(
      rows.map(({ treatment, on, capacity, taken }) => [`${dayOf(on)} ${treatment}`, { capacity, taken }]),
    );
    const treatments = [
      ...new Set([...procedures.map((one) => one.treatment), ...rows.map((row) => row.treatment)]),
    ];
    return { treatments, days: Array.from({ length: days }, (_, index) => addDays(from, index)), slots };
  });
}

/** The stage of the case behind a booking, while the centre may know it; null when its door has closed. */
export function stageForClinic(manager: ClinicManager, caseId: string): Promise<CaseStage | null> {
  return asPerson(manager, async (tx) => {
    const found = await tx.case.findFirst({
      where: { AND: [{ id: caseId }, casesOf(manager)] },
      select: { stage: true },
    });
    return found?.stage ?? null;
  });
}
