import "server-only";
import type { Coordinator, Patient } from "@/lib/kernel/actor";
import { noteLook } from "@/lib/audit/note-look";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { LiveEvent } from "@/lib/infra/events";
import { casesOf } from "@/lib/cases/scope";
import { idOfCursor, type Page, pageOf } from "@/lib/cases/page";
import type { Prisma } from "@/lib/infra/generated/client";
import type { MessagesQuery } from "./forms";
import type { Audience } from "./message";
import { messagesOf, type Writer } from "./scope";
import type { CallView, MessageFacts } from "./views";

const CALLS_MAX = 100;

const select = {
  id: true,
  audience: true,
  clinicId: true,
  authorId: true,
  authorRole: true,
  authorName: true,
  body: true,
  attachments: true,
  sentAt: true,
  reads: { select: { personId: true, readAt: true }, orderBy: { readAt: "asc" } },
} as const;

/**
 * A page of a case's messages, newest first; null for a stranger's case. Opening the thread marks it read and leaves a
 * trace.
 */
export function messagesOfCase(
  writer: Writer,
  caseId: string,
  query: MessagesQuery,
  now = new Date(),
): Promise<Page<MessageFacts> | null> {
  return asPerson(writer, async (tx) => {
    const found = await tx.case.findFirst({
      where: { AND: [{ id: caseId }, casesOf(writer)] },
      select: { id: true },
    });
    if (!found) return null;
    const before = query.cursor ? idOfCursor(query.cursor) : null;
    const rows = await tx.message.findMany({
      where: {
        AND: [
          { caseId },
          messagesOf(writer),
          query.audience ? { audience: query.audience } : {},
          before ? { id: { lt: before } } : {},
        ],
      },
      select,
      orderBy: { id: "desc" },
      take: query.limit + 1,
    });
    await markRead(
      tx,
      writer,
      query.cursor ? rows.map(({ id }) => id) : await unreadIds(tx, writer, caseId, query),
    );
    const seen = { caseId, objectType: "messages", objectId: caseId } as const;
    await noteLook(tx, writer, "messages.viewed", seen, now);
    const slugs = await slugsOf(tx, rows);
    const page = pageOf(rows, query.limit);
    return { next: page.next, items: page.items.map((row) => factsOf(row, slugs)) };
  });
}

type Row = Omit<MessageFacts, "clinicSlug" | "readAt"> & {
  clinicId: string | null;
  reads: { personId: string; readAt: Date }[];
};

function factsOf({ clinicId, reads, ...row }: Row, slugs: ReadonlyMap<string, string>): MessageFacts {
  const byOthers = reads.find((read) => read.personId !== row.authorId);
  return {
    ...row,
    clinicSlug: clinicId ? (slugs.get(clinicId) ?? null) : null,
    readAt: byOthers?.readAt ?? null,
  };
}

/** What this reader has not read: written by somebody else, in a thread they may read. */
function unreadBy(writer: Writer): Prisma.MessageWhereInput {
  const { personId } = writer;
  return { AND: [messagesOf(writer), { authorId: { not: personId }, reads: { none: { personId } } }] };
}

const UNREAD_MAX = 1_000;

/** Opening a thread reads all of it, also what stands on its older pages. */
async function unreadIds(tx: Tx, writer: Writer, caseId: string, query: MessagesQuery): Promise<string[]> {
  const thread = query.audience ? { audience: query.audience } : {};
  const rows = await tx.message.findMany({
    where: { AND: [{ caseId }, unreadBy(writer), thread] },
    select: { id: true },
    take: UNREAD_MAX,
  });
  return rows.map(({ id }) => id);
}

async function markRead(tx: Tx, writer: Writer, ids: readonly string[]): Promise<void> {
  const { personId } = writer;
  const where = { AND: [{ id: { in: [...ids] } }, unreadBy(writer)] };
  const rows = ids.length === 0 ? [] : await tx.message.findMany({ where, select: { id: true } });
  if (rows.length === 0) return;
  const data = rows.map(({ id: messageId }) => ({ messageId, personId }));
  await tx.messageRead.createMany({ data, skipDuplicates: true });
}

/** How many messages of each case this reader has not read; a case without one is not in the map. */
export function unreadOfCases(writer: Writer, caseIds: readonly string[]): Promise<Map<string, number>> {
  return asPerson(writer, async (tx) => {
    if (caseIds.length === 0) return new Map();
    const rows = await tx.message.groupBy({
      by: ["caseId"],
      where: { AND: [{ caseId: { in: [...caseIds] } }, unreadBy(writer)] },
      _count: true,
    });
    return new Map(rows.map((row) => [row.caseId, row._count]));
  });
}

/** The same for the threads of one case. */
export function unreadThreads(writer: Writer, caseId: string): Promise<Map<Audience, number>> {
  return asPerson(writer, async (tx) => {
    const rows = await tx.message.groupBy({
      by: ["audience"],
      where: { AND: [{ caseId }, unreadBy(writer)] },
      _count: true,
    });
    return new Map(rows.map((row) => [row.audience, row._count]));
  });
}

async function slugsOf(tx: Tx, rows: readonly { clinicId: string | null }[]): Promise<Map<string, string>> {
  const ids = rows.flatMap((row) => (row.clinicId ? [row.clinicId] : []));
  if (ids.length === 0) return new Map();
  const clinics = await tx.clinic.findMany({ where: { id: { in: ids } }, select: { id: true, slug: true } });
  return new Map(clinics.map((clinic) => [clinic.id, clinic.slug]));
}

/** Whether a live hint is this person's business: the case is theirs, and a message is of a thread they read. */
export async function mayHear(writer: Writer, event: LiveEvent): Promise<boolean> {
  if (event.kind === "message" && writer.role === "patient" && event.audience !== "patient") return false;
  if (event.kind === "message" && "clinicId" in writer && event.clinicId !== writer.clinicId) return false;
  return asPerson(writer, async (tx) => {
    const count = await tx.case.count({ where: { AND: [{ id: event.caseId }, casesOf(writer)] } });
    return count === 1;
  });
}

/** The calls of a case, newest first; null for a stranger's case. What the desk noted is the desk's. */
export function callsOfCase(reader: Patient | Coordinator, caseId: string): Promise<CallView[] | null> {
  return asPerson(reader, async (tx) => {
    const found = await tx.case.count({ where: { AND: [{ id: caseId }, casesOf(reader)] } });
    if (found === 0) return null;
    const rows = await tx.call.findMany({ where: { caseId }, orderBy: { at: "desc" }, take: CALLS_MAX });
    return rows.map(({ id, state, phone, wish, note, askedByName, madeByName, at, madeAt }) => ({
      id,
      state,
      phone,
      wish,
      note: reader.role === "coordinator" ? note : null,
      askedBy: askedByName,
      madeBy: madeByName,
      at: at.toISOString(),
      madeAt: madeAt?.toISOString() ?? null,
    }));
  });
}
