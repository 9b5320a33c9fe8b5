import "server-only";
import { randomBytes } from "node:crypto";
import type { System } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { writeAudit } from "@/lib/audit/write-audit";
import { noteCaseEvent } from "@/lib/cases/move-case";
import { asPerson, openDb, type Tx } from "@/lib/infra/db";
import { env, siteSettings } from "@/lib/infra/env";
import { sha256 } from "@/lib/infra/hash";
import { renderPdf } from "@/lib/infra/pdf";
import { removeSealedFile, writeSealedFile } from "@/lib/infra/sealed-file";
import { messagesOf } from "@/i18n/messages";
import { isLocale } from "@/i18n/locales";
import { checkCodeOf, type DocumentKind, labelOf, seriesOf } from "./document";
import { frameWords, type PaperBody, paperOf } from "./paper";

export interface DocumentWish {
  kind: DocumentKind;
  /** What the paper is about: issued once for each kind and subject. */
  subjectId: string;
  caseId: string;
  bookingId: string | null;
  language: string;
  body: PaperBody;
  /** Whether what the paper says still holds, asked before its number is taken; without it, it always does. */
  isStill?: (tx: Tx) => Promise<boolean>;
  /** What else happens in the same transaction: the mail that announces it. */
  announce?: (tx: Tx, document: IssuedDocument) => Promise<void>;
}

export interface IssuedDocument {
  id: string;
  label: string;
}

/** Whoever else issues in the same series meanwhile takes our number; then we set the paper again with the next. */
const TRIES_MAX = 40;

/**
 * Issues a paper with the next number of its series: no number twice, none left out, one paper for each subject.
 * The paper is set and sealed before the transaction, which only takes the number if it is still the next one.
 */
export async function issueDocument(system: System, wish: DocumentWish, now: Date): Promise<IssuedDocument> {
  const issued = await issueIfStill(system, wish, now);
  if (!issued) throw new Error("A paper that always holds no longer does.");
  return issued;
}

/** The same for a paper that may have become untrue while it was set: null then, and no number is taken. */
export async function issueIfStill(
  system: System,
  wish: DocumentWish,
  now: Date,
): Promise<IssuedDocument | null> {
  const series = seriesOf(wish.kind, now);
  await openDb().documentSeries.createMany({ data: [{ series, last: 0 }], skipDuplicates: true });
  for (let attempt = 1; attempt <= TRIES_MAX; attempt += 1) {
    const issued = await readIssued(system, wish);
    if (issued) return issued;
    const { last } = await openDb().documentSeries.findUniqueOrThrow({ where: { series } });
    const fresh = await tryNumber(system, wish, { series, number: last + 1 }, now);
    if (fresh === "untrue") return null;
    if (fresh) return fresh;
  }
  throw new Error(`The series ${series} is too busy.`);
}

function readIssued(system: System, { kind, subjectId }: DocumentWish): Promise<IssuedDocument | null> {
  return asPerson(system, (tx) =>
    tx.document.findUnique({
      where: { kind_subjectId: { kind, subjectId } },
      select: { id: true, label: true },
    }),
  );
}

async function tryNumber(
  system: System,
  wish: DocumentWish,
  { series, number }: { series: string; number: number },
  now: Date,
): Promise<IssuedDocument | "untrue" | null> {
  const id = newId();
  const label = labelOf(series, number);
  const checkCode = checkCodeOf(randomBytes(16));
  const pdf = setPaper(wish, label, checkCode, now);
  const sealed = await writeSealedFile(id, pdf);
  const { kind, subjectId, caseId, bookingId, language } = wish;
  const facts = { id, kind, subjectId, caseId, bookingId, series, number, label, checkCode, language };
  const bytes = { sizeBytes: pdf.length, sha256: sha256(pdf), ...sealed, issuedAt: now };
  const taken = await asPerson(system, async (tx) => {
    if (wish.isStill && !(await wish.isStill(tx))) return "untrue";
    if (!(await takeNumber(tx, wish, series, number))) return null;
    await tx.document.createMany({ data: [{ ...facts, ...bytes }] });
    await writeAudit(tx, system, "document.issued", {
      caseId,
      objectType: "document",
      objectId: id,
      facts: { kind },
    });
    await noteCaseEvent(tx, system, { caseId, kind: "document_issued", note: label });
    await wish.announce?.(tx, { id, label });
    return { id, label };
  });
  if (taken === null || taken === "untrue") await removeSealedFile(id);
  return taken;
}

/** The row of the series is the queue; whoever comes second finds the number, or the paper itself, taken. */
async function takeNumber(tx: Tx, wish: DocumentWish, series: string, number: number): Promise<boolean> {
  await tx.$queryRaw`SELECT 1 FROM "DocumentSeries" WHERE series = ${series} FOR UPDATE`;
  const { kind, subjectId } = wish;
  const known = await tx.document.findUnique({
    where: { kind_subjectId: { kind, subjectId } },
    select: { id: true },
  });
  if (known) return false;
  const { count } = await tx.documentSeries.updateMany({
    where: { series, last: number - 1 },
    data: { last: number },
  });
  return count === 1;
}

function setPaper(wish: DocumentWish, label: string, checkCode: string, now: Date): Buffer {
  const { language, body } = wish;
  const { frame } = messagesOf(isLocale(language) ? language : "en").documents;
  const paper = paperOf(
    body,
    { language, label, checkCode, appUrl: env().APP_URL },
    frameWords(frame, siteSettings().demo),
  );
  return renderPdf("paper", paper, now);
}
