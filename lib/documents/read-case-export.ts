import "server-only";
import type { Coordinator, Patient } from "@/lib/kernel/actor";
import { dayOf } from "@/lib/kernel/day";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { Prisma } from "@/lib/infra/generated/client";
import { moveSelect } from "@/lib/bookings/queries";
import { caseInside } from "@/lib/cases/queries";
import { caseViewOf } from "@/lib/cases/views";
import { estimatesOfCase } from "@/lib/estimates/queries";
import { measurementsInside } from "@/lib/records/queries";
import { recordsOf } from "@/lib/records/scope";
import { showMeasurement } from "@/lib/records/views/measurement";
import { reviewsOfCase } from "@/lib/reviews/queries";
import { mayBeOpened } from "@/lib/records/record";
import { headerSchema } from "@/lib/records/views/record";
import { groupStudies } from "@/lib/records/study";
import { isBinding } from "@/lib/reviews/review";
import { opinionsOf } from "@/lib/reviews/scope";
import { statementsOfCase } from "@/lib/payments/read-statement";
import { TOLD_ELSEWHERE } from "@/lib/audit/purpose";
import { writeAudit } from "@/lib/audit/write-audit";
import { recordPath } from "./case-archive";

/** Cases somebody may take away as a whole: the patient their own, a coordinator those they look after. */
function exportableOf(actor: Patient | Coordinator): Prisma.CaseWhereInput {
  if (actor.role === "coordinator") return { ownerId: actor.personId };
  return { access: { some: { personId: actor.personId, revokedAt: null, scopes: { has: "owner" } } } };
}

/** Which cases a patient may take away, newest first. */
export function casesToTake(patient: Patient) {
  return asPerson(patient, (tx) =>
    tx.case.findMany({
      where: exportableOf(patient),
      select: { id: true, number: true, treatment: true },
      orderBy: { id: "desc" },
      take: CASES_LISTED,
    }),
  );
}

const CASES_LISTED = 100;

/** A second opinion as its owner knows it, with every try to pay it and what went back. */
const opinionSelect = {
  ...{ id: true, number: true, state: true, currency: true, feeMinor: true, answerDays: true },
  ...{ termsVersion: true, reviewId: true, endCause: true, askedAt: true, payBy: true, paidAt: true },
  ...{ dueAt: true, deliveredAt: true, releasedAt: true, paidOutAt: true, endedAt: true },
  clinic: { select: { slug: true, name: true, legalName: true } },
  payments: {
    orderBy: { createdAt: "asc" },
    select: {
      ...{ id: true, method: true, state: true, currency: true, amountMinor: true, refundedMinor: true },
      ...{ isSurplus: true, createdAt: true, succeededAt: true, endedAt: true },
      refunds: {
        orderBy: { createdAt: "asc" },
        select: {
          ...{ id: true, cause: true, state: true, currency: true, amountMinor: true },
          ...{ createdAt: true, sentAt: true, settledAt: true, refusedAt: true, refusedReason: true },
        },
      },
    },
  },
} satisfies Prisma.SecondOpinionSelect;

/** Everything a case holds, except the files themselves; null when it is not this person's to take. Leaves a trace. */
export async function readCaseExport(actor: Patient | Coordinator, caseId: string) {
  const read = await asPerson(actor, async (tx) => {
    const isOurs = await tx.case.findFirst({
      where: { AND: [{ id: caseId }, exportableOf(actor)] },
      select: { id: true, patientId: true },
    });
    const facts = isOurs && (await caseInside(tx, actor, caseId));
    if (!facts) return null;
    await writeAudit(tx, actor, "case.exported", { caseId, objectType: "case", objectId: caseId });
    return { facts, patientId: isOurs.patientId, ...(await readParts(tx, actor, caseId)) };
  });
  if (!read) return null;
  const [answers, estimates, statements] = [
    (await reviewsOfCase(actor, caseId)) ?? [],
    (await estimatesOfCase(actor, caseId)) ?? [],
    await statementsOfCase(actor, caseId),
  ];
  const { facts, ...parts } = read;
  return {
    ...parts,
    case: caseViewOf(facts, actor.role),
    birthOn: facts.birthOn ? dayOf(facts.birthOn) : null,
    answers: answers.map((answer) => ({ ...answer, isBinding: isBinding(answer) })),
    estimates,
    statements,
  };
}

export type CaseExport = NonNullable<Awaited<ReturnType<typeof readCaseExport>>>;

async function readParts(tx: Tx, actor: Patient | Coordinator, caseId: string) {
  const records = await tx.record.findMany({
    where: { AND: [{ caseId, erasedAt: null, sha256: { not: null } }, recordsOf(actor)] },
    orderBy: { createdAt: "asc" },
    select: {
      ...{ id: true, filename: true, mediaType: true, kind: true, state: true, item: true, sha256: true },
      ...{ sizeBytes: true, createdAt: true, examOn: true, header: true, frameCount: true },
    },
  });
  const given = await tx.consent.findMany({ where: { caseId }, orderBy: { givenAt: "asc" } });
  const clinics = await tx.clinic.findMany({
    where: { id: { in: given.flatMap(({ clinicId }) => clinicId ?? []) } },
    select: { id: true, name: true },
  });
  const nameOf = new Map(clinics.map(({ id, name }) => [id, name]));
  const consents = given.map((one) => ({ ...one, clinic: nameOf.get(one.clinicId ?? "") ?? null }));
  const timeline = await tx.caseEvent.findMany({
    where: { caseId },
    orderBy: { at: "asc" },
    select: {
      kind: true,
      fromStage: true,
      toStage: true,
      actorRole: true,
      actorName: true,
      note: true,
      at: true,
    },
  });
  const access = await tx.auditEvent.findMany({
    where: { caseId, OR: [{ purpose: null }, { purpose: { notIn: [...TOLD_ELSEWHERE] } }] },
    orderBy: { at: "asc" },
    take: 10_000,
    select: { event: true, actorRole: true, actorName: true, objectType: true, objectId: true, at: true },
  });
  const messages = await tx.message.findMany({
    where: { caseId, audience: "patient" },
    orderBy: { sentAt: "asc" },
    select: { id: true, authorName: true, authorRole: true, body: true, sentAt: true },
  });
  const bookings = await tx.booking.findMany({
    where: { caseId },
    orderBy: { createdAt: "asc" },
    include: {
      ...{ services: true, planItems: true, contracts: true },
      moves: { orderBy: { movedAt: "asc" }, select: moveSelect },
    },
  });
  const opinions = await tx.secondOpinion.findMany({
    where: { AND: [{ caseId }, opinionsOf(actor)] },
    orderBy: { askedAt: "asc" },
    select: opinionSelect,
  });
  const documents = await tx.document.findMany({
    where: { caseId, forClinicId: null },
    orderBy: { issuedAt: "asc" },
    select: { id: true, label: true, kind: true, sizeBytes: true, issuedAt: true },
  });
  const invoiceAddress = await tx.invoiceAddress.findUnique({
    where: { caseId },
    select: { lines: true, writtenAt: true },
  });
  const isOpenable = (record: (typeof records)[number]) =>
    mayBeOpened(record.state, actor.role === "patient");
  const measurements = (await measurementsInside(tx, caseId)).map(showMeasurement);
  const open = records
    .filter(isOpenable)
    .map((record, index) => ({ ...record, path: recordPath(index, record.filename) }));
  return {
    records: open,
    studies: groupStudies(open.map(studyFileOf)).studies,
    ...{ measurements, consents, timeline, access, messages, bookings, opinions, documents },
    invoiceAddress,
  };
}

function studyFileOf<R extends { header: unknown; examOn: Date | null; sizeBytes: bigint }>(record: R) {
  const { header, examOn, sizeBytes } = record;
  const read = headerSchema.safeParse(header);
  return {
    ...record,
    header: read.success ? read.data : null,
    examOn: examOn ? dayOf(examOn) : null,
    sizeBytes: Number(sizeBytes),
  };
}
