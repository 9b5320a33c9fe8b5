import "server-only";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { casesOf } from "@/lib/cases/scope";
import { asPerson, type Tx } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import { queueMail } from "@/lib/infra/mailer";
import { recordsOf } from "@/lib/records/scope";
import type { PostMessageForm } from "./forms";
import { threadOf, type Audience } from "./message";
import { noteFirstAnswer } from "./note-first-answer";
import type { Writer } from "./scope";
import type { MessageFacts } from "./views";

type Reason = "not_found" | "forbidden" | "invalid_audience" | "invalid_clinic" | "invalid_attachment";

interface Thread {
  caseId: string;
  audience: Audience;
  clinicId: string | null;
  clinicSlug: string | null;
}

/** Writes one message into a thread of a case and tells the other side by a mail that holds a link only. */
export async function postMessage(
  writer: Writer,
  caseId: string,
  form: PostMessageForm,
  now: Date,
): Promise<Outcome<MessageFacts, Reason>> {
  const audience = threadOf(writer.role, form.audience ?? null);
  if (!audience.ok) return audience;
  return asPerson(writer, async (tx) => {
    const found = await tx.case.findFirst({
      where: { AND: [{ id: caseId }, casesOf(writer)] },
      select: { ownerId: true, patientId: true },
    });
    if (!found) return refused("not_found");
    if (writer.role === "patient" && !(await mayWrite(tx, caseId, writer.personId)))
      return refused("forbidden");
    const clinic = await clinicOf(tx, writer, audience.value, caseId, form.clinic ?? null);
    if (audience.value === "centre" && !clinic) return refused("invalid_clinic", { path: "clinic" });
    if (!(await ownRecords(tx, writer, caseId, form.attachments)))
      return refused("invalid_attachment", { path: "attachments" });
    const thread = {
      caseId,
      audience: audience.value,
      clinicId: clinic?.id ?? null,
      clinicSlug: clinic?.slug ?? null,
    };
    const facts = await writeRow(tx, writer, thread, form, now);
    if (writer.role === "coordinator" && audience.value === "patient")
      await noteFirstAnswer(tx, writer, caseId, now);
    await tellOthers(tx, writer, found, thread);
    return done(facts);
  });
}

async function mayWrite(tx: Tx, caseId: string, personId: string): Promise<boolean> {
  const access = await tx.caseAccess.findUnique({
    where: { caseId_personId: { caseId, personId } },
    select: { scopes: true },
  });
  return access?.scopes.some((scope) => scope === "owner" || scope === "message") ?? false;
}

async function clinicOf(tx: Tx, writer: Writer, audience: Audience, caseId: string, slug: string | null) {
  if (audience !== "centre") return null;
  const select = { id: true, slug: true } as const;
  if ("clinicId" in writer) return tx.clinic.findUnique({ where: { id: writer.clinicId }, select });
  if (!slug) return null;
  const asked = await tx.clinic.findFirst({ where: { slug, reviews: { some: { caseId } } }, select });
  // A centre whose door into the case has closed could not read it.
  const isOpen =
    asked && (await tx.caseAccess.count({ where: { caseId, clinicId: asked.id, revokedAt: null } })) > 0;
  return isOpen ? asked : null;
}

async function ownRecords(tx: Tx, writer: Writer, caseId: string, ids: readonly string[]): Promise<boolean> {
  if (ids.length === 0) return true;
  const count = await tx.record.count({
    where: { AND: [{ id: { in: [...ids] }, caseId }, recordsOf(writer)] },
  });
  return count === new Set(ids).size;
}

async function writeRow(
  tx: Tx,
  writer: Writer,
  thread: Thread,
  form: PostMessageForm,
  now: Date,
): Promise<MessageFacts> {
  const { caseId, audience, clinicId, clinicSlug } = thread;
  const { personId: authorId, role: authorRole, name: authorName } = writer;
  const { body, attachments } = form;
  const id = newId(now.getTime());
  const row = { id, audience, authorId, authorRole, authorName, body, attachments, sentAt: now };
  await tx.message.createMany({ data: [{ ...row, caseId, clinicId }] });
  await writeAudit(tx, writer, "message.sent", {
    caseId,
    objectType: "message",
    objectId: id,
    facts: { audience },
  });
  await notify(tx, { kind: "message", caseId, audience, clinicId });
  return { ...row, clinicSlug, readAt: null };
}

async function tellOthers(
  tx: Tx,
  writer: Writer,
  found: { ownerId: string | null; patientId: string | null },
  thread: Thread,
): Promise<void> {
  const { caseId, audience, clinicId } = thread;
  const toOwner = found.ownerId ? [found.ownerId] : [];
  const toPatient = audience === "patient" && found.patientId ? [found.patientId] : [];
  const wanted = { OR: [{ id: { in: [...toOwner, ...toPatient] } }, ...(clinicId ? [{ clinicId }] : [])] };
  if (audience === "internal") return;
  const people = await tx.person.findMany({
    where: { AND: [wanted, { id: { not: writer.personId }, erasedAt: null }] },
    select: { email: true, locale: true, kind: true },
  });
  for (const { email, locale, kind } of people) {
    const area = {
      private: `/my/cases/${caseId}/messages`,
      operator: `/desk/cases/${caseId}`,
      clinic: "/cabinet",
    }[kind];
    await queueMail(tx, { to: email, locale, template: "message_waiting", path: `/${locale}${area}` });
  }
}
