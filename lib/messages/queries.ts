import "server-only";
import { noteLook } from "@/lib/audit/note-look";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { LiveEvent } from "@/lib/infra/events";
import { casesOf } from "@/lib/cases/scope";
import { idOfCursor, type Page, pageOf } from "@/lib/cases/page";
import type { MessagesQuery } from "./forms";
import { messagesOf, type Writer } from "./scope";
import type { MessageFacts } from "./views";

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
    await markRead(tx, writer, rows);
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

async function markRead(tx: Tx, writer: Writer, rows: readonly Row[]): Promise<void> {
  const unread = rows.filter(
    (row) => row.authorId !== writer.personId && !row.reads.some((read) => read.personId === writer.personId),
  );
  if (unread.length === 0) return;
  const data = unread.map((row) => ({ messageId: row.id, personId: writer.personId }));
  await tx.messageRead.createMany({ data, skipDuplicates: true });
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
