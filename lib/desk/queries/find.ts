import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { findCases } from "@/lib/cases/find-cases";
import { casesOf } from "@/lib/cases/scope";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { Prisma } from "@/lib/infra/generated/client";

const select = {
  id: true,
  number: true,
  contactName: true,
  stage: true,
  reviews: { select: { clinic: { select: { name: true } } }, orderBy: { round: "desc" }, take: 3 },
} satisfies Prisma.CaseSelect;

export interface FoundCase {
  id: string;
  number: string;
  contactName: string | null;
  stage: Prisma.CaseGetPayload<{ select: typeof select }>["stage"];
  /** The centres that were asked. */
  centres: string[];
}

const FOUND_SHOWN = 8;
const RECENT_SHOWN = 6;
const RECENT_DAYS = 14;

/** Cases by number, patient's name or mail address, and those a centre of this name was asked about; newest first. */
export function findCasesFor(coordinator: Coordinator, words: string): Promise<FoundCase[]> {
  return asPerson(coordinator, async (tx) => {
    const ids = await findCases(tx, coordinator, { q: words }, { most: FOUND_SHOWN });
    const found = await inOrder(tx, coordinator, ids);
    const clinics = await clinicsNamed(tx, words);
    if (clinics.length === 0 || found.length >= FOUND_SHOWN) return found;
    const asked = await tx.case.findMany({
      where: {
        AND: [{ id: { notIn: ids }, reviews: { some: { clinicId: { in: clinics } } } }, casesOf(coordinator)],
      },
      select,
      orderBy: { id: "desc" },
      take: FOUND_SHOWN - found.length,
    });
    return [...found, ...asked.map(foundOf)];
  });
}

async function clinicsNamed(tx: Tx, words: string): Promise<string[]> {
  const contains = words.replaceAll(/[\\%_]/g, String.raw`\$&`);
  const where = { name: { contains, mode: "insensitive" } } as const;
  const clinics = await tx.clinic.findMany({ where, select: { id: true }, take: 20 });
  return clinics.map(({ id }) => id);
}

/** The cases this coordinator looked at last, the latest first. */
export function recentCasesFor(coordinator: Coordinator): Promise<FoundCase[]> {
  return asPerson(coordinator, async (tx) => {
    const seen = await tx.$queryRaw<{ id: string }[]>`
      SELECT "caseId" AS id FROM "AuditEvent"
       WHERE "actorId" = ${coordinator.personId}::uuid AND event = 'case.viewed' AND "caseId" IS NOT NULL
         AND at > now() - make_interval(days => ${RECENT_DAYS}::integer)
       GROUP BY "caseId" ORDER BY max(at) DESC LIMIT ${RECENT_SHOWN}`;
    return inOrder(
      tx,
      coordinator,
      seen.map(({ id }) => id),
    );
  });
}

async function inOrder(tx: Tx, coordinator: Coordinator, ids: readonly string[]): Promise<FoundCase[]> {
  if (ids.length === 0) return [];
  const rows = await tx.case.findMany({
    where: { AND: [{ id: { in: [...ids] } }, casesOf(coordinator)] },
    select,
  });
  return rows.toSorted((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id)).map(foundOf);
}

function foundOf({ reviews, ...row }: Prisma.CaseGetPayload<{ select: typeof select }>): FoundCase {
  return { ...row, centres: [...new Set(reviews.map(({ clinic }) => clinic.name))] };
}
