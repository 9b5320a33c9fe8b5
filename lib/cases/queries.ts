import "server-only";
import type { Actor, DraftHolder, Patient, SignedIn } from "@/lib/kernel/actor";
import { done, type Outcome, refused, type Refused } from "@/lib/kernel/outcome";
import { TOLD_ELSEWHERE } from "@/lib/audit/purpose";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { Prisma } from "@/lib/infra/generated/client";
import { findCases, narrowedBy } from "./find-cases";
import type { CasesQuery, PageQuery } from "./forms";
import { idOfCursor, type Page, pageOf } from "./page";
import { readDoors } from "./read-doors";
import { readOwnerNames } from "./read-owner-names";
import { readTraceNames } from "./read-trace-names";
import type { CompanionFacts } from "./invitation-view";
import { casesOf, ownCasesOf } from "./scope";
import type { CaseFacts, CaseLineFacts } from "./case-facts";

const lineSelect = {
  id: true,
  number: true,
  stage: true,
  treatment: true,
  contactName: true,
  contactEmail: true,
  contactPhone: true,
  country: true,
  urgent: true,
  ownerKind: true,
  ownerId: true,
  waitingOn: true,
  nextAction: true,
  nextDueAt: true,
  holdReason: true,
  holdUntil: true,
  createdAt: true,
  submittedAt: true,
  consents: { orderBy: { givenAt: "asc" } },
} satisfies Prisma.CaseSelect;

const caseSelect = {
  ...lineSelect,
  problem: true,
  language: true,
  birthOn: true,
  redFlags: true,
  symptoms: true,
  values: true,
  wishedClinicId: true,
  intakeStep: true,
  cancelCause: true,
  version: true,
  updatedAt: true,
  firstAnsweredAt: true,
  seenByDoctorAt: true,
  closedAt: true,
} satisfies Prisma.CaseSelect;

/** Locks a case until the transaction ends, for changes that read before they write; null for a stranger. */
export async function lockedCase(tx: Tx, actor: Actor, id: string) {
  await tx.$queryRaw`SELECT 1 FROM "Case" WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  return tx.case.findFirst({
    where: { AND: [{ id }, casesOf(actor)] },
    select: { ...caseSelect, consents: false, patientId: true },
  });
}

/** Whether it is this person's own case, or one of somebody they decide for. */
export async function isOwnCase(tx: Tx, patient: Patient, id: string): Promise<boolean> {
  const own = { AND: [{ id }, ownCasesOf(patient)] };
  return (await tx.case.findFirst({ where: own, select: { id: true } })) !== null;
}

/** The same as `lockedCase` for what only the patient does: a companion may see the case, and is refused. */
export async function lockedOwnCase(
  tx: Tx,
  patient: Patient,
  id: string,
): Promise<Outcome<LockedCase, "not_found" | "forbidden">> {
  const found = await lockedCase(tx, patient, id);
  if (!found) return refused("not_found");
  return (await isOwnCase(tx, patient, id)) ? done(found) : refused("forbidden");
}
type LockedCase = NonNullable<Awaited<ReturnType<typeof lockedCase>>>;

/**
 * Why a verb of the desk finds no case under this id. A coordinator who was told of a draft learns that it was not
 * sent yet, and nothing else of it.
 */
export async function absenceOf(tx: Tx, id: string): Promise<Refused<"not_found" | "illegal_transition">> {
  const [row] = await tx.$queryRaw<{ draft: boolean }[]>`
    SELECT app_role() = 'coordinator' AND is_draft(${id}::uuid) AS draft`;
  return row?.draft ? refused("illegal_transition", { from: "draft" }) : refused("not_found");
}

/** The whole case inside a transaction that is already open. */
export async function caseInside(tx: Tx, actor: Actor, id: string): Promise<CaseFacts | null> {
  const found = await tx.case.findFirst({ where: { AND: [{ id }, casesOf(actor)] }, select: caseSelect });
  if (!found) return null;
  const [named] = await withNames(tx, [found]);
  return named ?? null;
}

/** One case as its parties see it; null for everybody else. Does not count as opening it: verbs answer with it. */
export function caseForActor(actor: Actor, id: string): Promise<CaseFacts | null> {
  return asPerson(actor, (tx) => caseInside(tx, actor, id));
}

/** The draft behind the token in somebody's browser. */
export function draftForHolder(holder: DraftHolder): Promise<CaseFacts | null> {
  return asPerson(holder, async (tx) => {
    const found = await tx.case.findFirst({ where: casesOf(holder), select: { id: true } });
    return found ? caseInside(tx, holder, found.id) : null;
  });
}

/** The cases of this person, newest first. */
export function casesForActor(actor: SignedIn, query: CasesQuery): Promise<Page<CaseLineFacts>> {
  return asPerson(actor, async (tx) => {
    const rows = await tx.case.findMany({
      where: { AND: [casesOf(actor), ...(await filtersOf(tx, actor, query))] },
      select: lineSelect,
      orderBy: { id: "desc" },
      take: query.limit + 1,
    });
    const page = pageOf(rows, query.limit);
    return { items: await withNames(tx, page.items), next: page.next };
  });
}

/** Whom a case waits on is asked after its words, so that a page may need more finds than it shows. */
const FINDS_MAX = 1_000;

async function filtersOf(tx: Tx, actor: SignedIn, query: CasesQuery): Promise<Prisma.CaseWhereInput[]> {
  const { q, cursor, waitingOn, limit } = query;
  const before = cursor ? idOfCursor(cursor) : null;
  const filters = narrowedBy(actor, query);
  if (q && actor.role === "coordinator") {
    const most = waitingOn ? FINDS_MAX : limit + 1;
    return [...filters, { id: { in: await findCases(tx, actor, query, { before, most }) } }];
  }
  if (before) filters.push({ id: { lt: before } });
  if (q) filters.push(matching(actor, q));
  return filters;
}

/** Everybody else searches among few. A centre searches by number alone: names may be hidden from it. */
function matching(actor: SignedIn, words: string): Prisma.CaseWhereInput {
  const like = { contains: words.replaceAll(/[\\%_]/g, String.raw`\$&`), mode: "insensitive" } as const;
  if ("clinicId" in actor) return { number: like };
  return { OR: [{ number: like }, { contactName: like }, { contactEmail: like }] };
}

type Named = {
  ownerId: string | null;
  wishedClinicId?: string | null;
  consents: { clinicId: string | null }[];
};

async function withNames<T extends Named>(
  tx: Tx,
  rows: readonly T[],
): Promise<(T & { ownerName: string | null; clinicSlugs: ReadonlyMap<string, string> })[]> {
  const clinicIds = rows.flatMap((row) =>
    [row.wishedClinicId, ...row.consents.map((consent) => consent.clinicId)].flatMap((id) => id ?? []),
  );
  const clinicSlugs = await clinicSlugsOf(tx, clinicIds);
  return (await readOwnerNames(tx, rows)).map((row) => ({ ...row, clinicSlugs }));
}

/** A centre anybody may find, by its slug. */
export function publishedClinic(tx: Tx, slug: string): Promise<{ id: string; country: string } | null> {
  return tx.clinic.findFirst({
    where: { slug, publishedAt: { not: null } },
    select: { id: true, country: true },
  });
}

export async function clinicSlugsOf(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const clinics = await tx.clinic.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, slug: true },
  });
  return new Map(clinics.map((clinic) => [clinic.id, clinic.slug]));
}

/** The steps of a case, oldest first. A centre sees the stages, not what happened with other centres. */
export function timelineForActor(actor: SignedIn, caseId: string, query: PageQuery) {
  return asPerson(actor, async (tx) => {
    const visible = await tx.case.findFirst({
      where: { AND: [{ id: caseId }, casesOf(actor)] },
      select: { id: true },
    });
    if (!visible) return null;
    const after = query.cursor ? idOfCursor(query.cursor) : null;
    const rows = await tx.caseEvent.findMany({
      where: {
        caseId,
        ...(after ? { id: { gt: after } } : {}),
        ...("clinicId" in actor ? { kind: "stage" } : {}),
      },
      orderBy: { id: "asc" },
      take: query.limit + 1,
    });
    return pageOf(rows, query.limit);
  });
}

const TOLD_HERE = { OR: [{ purpose: null }, { purpose: { notIn: [...TOLD_ELSEWHERE] } }] };

/** Who saw and changed what, newest first: for the patient's side and the coordinators. */
export function accessLogForActor(actor: SignedIn, caseId: string, query: PageQuery) {
  return asPerson(actor, async (tx) => {
    const visible = await tx.case.findFirst({
      where: { AND: [{ id: caseId }, casesOf(actor)] },
      select: { id: true },
    });
    if (!visible) return null;
    const after = query.cursor ? idOfCursor(query.cursor) : null;
    const rows = await tx.auditEvent.findMany({
      where: { AND: [{ caseId, ...(after ? { id: { lt: after } } : {}) }, TOLD_HERE] },
      orderBy: { id: "desc" },
      take: query.limit + 1,
    });
    const page = pageOf(rows, query.limit);
    const clinicIds = page.items.flatMap((row) => row.clinicId ?? []);
    const names = await readTraceNames(tx, page.items);
    return { ...page, names, clinicSlugs: await clinicSlugsOf(tx, clinicIds) };
  });
}

/** Who helps with a case, however they were let in, and who was asked to, for its owner; null for everybody else. */
export function companionsOfCase(patient: Patient, caseId: string): Promise<CompanionFacts[] | null> {
  return asPerson(patient, async (tx) => {
    const own = { AND: [{ id: caseId }, ownCasesOf(patient)] };
    if ((await tx.case.count({ where: own })) === 0) return null;
    const rows = await tx.caseInvitation.findMany({
      where: { caseId },
      omit: { tokenHash: true },
      orderBy: { invitedAt: "asc" },
    });
    const ids = rows.flatMap((row) => row.personId ?? []);
    const people = await tx.person.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
    const asked = rows.map((row) => ({
      ...row,
      name: people.find((person) => person.id === row.personId)?.name ?? null,
    }));
    return [...asked, ...(await readDoors(tx, caseId, rows, new Date()))].toSorted(
      (one, other) => one.invitedAt.getTime() - other.invitedAt.getTime(),
    );
  });
}

/** The consents of a case inside an open transaction; null for a stranger. */
export async function consentInside(tx: Tx, actor: Actor, caseId: string, consentId: string) {
  const consent = await tx.consent.findFirst({
    where: { AND: [{ id: consentId, caseId }, { case: casesOf(actor) }] },
  });
  return (
    consent && { consent, clinicSlugs: await clinicSlugsOf(tx, consent.clinicId ? [consent.clinicId] : []) }
  );
}

export function consentForActor(actor: SignedIn, caseId: string, consentId: string) {
  return asPerson(actor, (tx) => consentInside(tx, actor, caseId, consentId));
}
