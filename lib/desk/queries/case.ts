import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { casesOf } from "@/lib/cases/scope";
import { asPerson } from "@/lib/infra/db";

export interface Colleague {
  id: string;
  name: string;
}

/** Everybody a case can be given to. */
export function coordinators(coordinator: Coordinator): Promise<Colleague[]> {
  return asPerson(coordinator, (tx) =>
    tx.person.findMany({
      where: { roles: { has: "coordinator" }, erasedAt: null },
      select: { id: true, name: true },
      orderBy: { name: "asc" },
      take: 500,
    }),
  );
}

/** The open and done tasks of a case, open ones first. */
export function tasksOfCase(coordinator: Coordinator, caseId: string) {
  return asPerson(coordinator, (tx) =>
    tx.task.findMany({
      where: { AND: [{ caseId }, { case: casesOf(coordinator) }] },
      select: { id: true, kind: true, title: true, state: true, dueAt: true, doneAt: true },
      orderBy: [{ state: "asc" }, { dueAt: "asc" }],
      take: 100,
    }),
  );
}
export type TaskLine = Awaited<ReturnType<typeof tasksOfCase>>[number];

export interface ConsentedClinic {
  id: string;
  slug: string;
  name: string;
  country: string;
  /** The state of the newest question to it, or null when it was never asked. */
  lastReview: string | null;
}

/** The centres the patient lets us ask, and whether they were. */
export function consentedClinics(coordinator: Coordinator, caseId: string): Promise<ConsentedClinic[]> {
  return asPerson(coordinator, async (tx) => {
    const consents = await tx.consent.findMany({
      where: {
        AND: [{ caseId, purpose: "share_with_clinic", withdrawnAt: null }, { case: casesOf(coordinator) }],
      },
      select: { clinicId: true },
    });
    const ids = consents.flatMap((consent) => consent.clinicId ?? []);
    const clinics = await tx.clinic.findMany({
      where: { id: { in: ids } },
      select: {
        id: true,
        slug: true,
        name: true,
        country: true,
        reviews: { where: { caseId }, select: { state: true }, orderBy: { round: "desc" }, take: 1 },
      },
      orderBy: { name: "asc" },
    });
    return clinics.map(({ reviews, ...clinic }) => ({ ...clinic, lastReview: reviews[0]?.state ?? null }));
  });
}

/** How many files lie behind a case that is not this coordinator's: they are opened by its owner alone. */
export function waitingFiles(coordinator: Coordinator, caseId: string): Promise<number> {
  return asPerson(coordinator, async (tx) => {
    const [row] = await tx.$queryRaw<{ n: number }[]>`SELECT files_waiting(${caseId}::uuid) AS n`;
    return row?.n ?? 0;
  });
}

/** Names of centres by id, for consents and logs. */
export function clinicNames(coordinator: Coordinator, ids: readonly string[]): Promise<Map<string, string>> {
  return asPerson(coordinator, async (tx) => {
    const rows = await tx.clinic.findMany({
      where: { id: { in: [...ids] } },
      select: { id: true, name: true },
    });
    return new Map(rows.map((row) => [row.id, row.name]));
  });
}
