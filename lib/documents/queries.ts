import "server-only";
import { type Actor, type Coordinator, type Patient, personIdOf } from "@/lib/kernel/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { casesOf, ownCasesOf } from "@/lib/cases/scope";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { Prisma } from "@/lib/infra/generated/client";
import { readSealedFile } from "@/lib/infra/sealed-file";
import { type PaperFacts, readPaperFacts } from "./read-paper-facts";
import { type CaseDoor, documentsOf } from "./scope";

const documentSelect = {
  id: true,
  caseId: true,
  bookingId: true,
  kind: true,
  subjectId: true,
  label: true,
  checkCode: true,
  language: true,
  sizeBytes: true,
  sha256: true,
  issuedAt: true,
} satisfies Prisma.DocumentSelect;

export type DocumentFacts = Prisma.DocumentGetPayload<{ select: typeof documentSelect }>;

export interface ListedDocument extends DocumentFacts, PaperFacts {
  /** The centre or the booking a paper is about, as the reader knows it. */
  about: string | null;
}

/** The papers of a case, newest first; null for a stranger. */
export function documentsOfCase(actor: Actor, caseId: string): Promise<ListedDocument[] | null> {
  return asPerson(actor, async (tx) => {
    if (!(await mayKnow(tx, actor, caseId))) return null;
    const papers = await tx.document.findMany({
      where: { AND: [{ caseId }, documentsOf(actor, await readDoors(tx, actor, caseId))] },
      orderBy: [{ issuedAt: "desc" }, { id: "desc" }],
      take: 200,
      select: documentSelect,
    });
    const names = await readSubjects(tx, papers);
    const facts = await readPaperFacts(tx, papers);
    return papers.map((paper) => ({
      ...paper,
      ...(facts.get(paper.id) ?? { sum: null, mark: null }),
      about: names.get(paper.subjectId ?? "") ?? names.get(paper.bookingId ?? "") ?? null,
    }));
  });
}

/** Where invoices of a case are addressed to; null where it is not this patient's own case, nor the desk's. */
export function invoiceAddressOf(
  reader: Patient | Coordinator,
  caseId: string,
): Promise<{ lines: string | null } | null> {
  return asPerson(reader, async (tx) => {
    const theirs = reader.role === "patient" ? ownCasesOf(reader) : casesOf(reader);
    const found = await tx.case.findFirst({
      where: { AND: [{ id: caseId }, theirs] },
      select: { invoiceAddress: { select: { lines: true } } },
    });
    return found && { lines: found.invoiceAddress?.lines ?? null };
  });
}

/** Centres of estimates and answers, numbers of bookings, by their ids; only what row-level security lets be read. */
async function readSubjects(tx: Tx, papers: readonly DocumentFacts[]): Promise<Map<string, string>> {
  const ids = papers.flatMap((paper) => paper.subjectId ?? []);
  const bookingIds = papers.flatMap((paper) => paper.bookingId ?? []);
  const select = { id: true, clinicId: true } as const;
  const estimates = await tx.estimate.findMany({ where: { id: { in: ids } }, select });
  const reviews = await tx.review.findMany({ where: { id: { in: ids } }, select });
  const answers = [...estimates, ...reviews];
  const clinics = await tx.clinic.findMany({
    where: { id: { in: answers.map((answer) => answer.clinicId) } },
    select: { id: true, name: true },
  });
  const bookings = await tx.booking.findMany({
    where: { id: { in: bookingIds } },
    select: { id: true, number: true },
  });
  const nameOf = new Map(clinics.map(({ id, name }) => [id, name]));
  return new Map([
    ...bookings.map(({ id, number }) => [id, number] as const),
    ...answers.map(({ id, clinicId }) => [id, nameOf.get(clinicId) ?? ""] as const),
  ]);
}

async function mayKnow(tx: Tx, actor: Actor, caseId: string): Promise<boolean> {
  // Finance knows no cases, only the bookings money was paid for.
  if (actor.role === "finance") return (await tx.booking.count({ where: { caseId } })) > 0;
  const known = await tx.case.findFirst({
    where: { AND: [{ id: caseId }, casesOf(actor)] },
    select: { id: true },
  });
  return known !== null;
}

/** The doors a private person holds into a case that are open now. Others need none. */
async function readDoors(tx: Tx, actor: Actor, caseId: string): Promise<CaseDoor[]> {
  const personId = personIdOf(actor);
  if (actor.role !== "patient" || !personId) return [];
  return tx.caseAccess.findMany({
    // Whether a door has run out by the clock is left to row-level security.
    where: { caseId, personId, revokedAt: null },
    select: { caseId: true, scopes: true },
  });
}

export interface DocumentContent {
  document: DocumentFacts;
  pdf: Buffer;
}

/** One paper with its bytes; opening it leaves a trace. Null for a stranger. */
export async function documentContent(actor: Actor, id: string): Promise<DocumentContent | null> {
  const found = await asPerson(actor, async (tx) => {
    const row = await tx.document.findUnique({
      where: { id },
      select: { ...documentSelect, wrappedKey: true, keyVersion: true },
    });
    if (!row) return null;
    const seen = await tx.document.findFirst({
      where: { AND: [{ id }, documentsOf(actor, await readDoors(tx, actor, row.caseId))] },
      select: { id: true },
    });
    if (!seen) return null;
    const { caseId, kind } = row;
    await writeAudit(tx, actor, "document.viewed", {
      caseId,
      objectType: "document",
      objectId: id,
      facts: { kind },
    });
    return row;
  });
  if (!found) return null;
  const { wrappedKey, keyVersion, ...document } = found;
  return { document, pdf: await readSealedFile(id, { wrappedKey, keyVersion }) };
}
