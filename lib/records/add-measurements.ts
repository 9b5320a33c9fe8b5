import "server-only";
import type { ClinicReviewer, Coordinator, Patient } from "@/lib/kernel/actor";
import { addDays, dateOf, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { done, type Outcome, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { casesOf } from "@/lib/cases/scope";
import { asPerson, type Tx } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import type { Prisma } from "@/lib/infra/generated/client";
import type { AddMeasurementsForm } from "./forms";
import { type Measured, measured, type Slip } from "./measure";
import { MEASUREMENTS_MAX } from "./measurement";
import { casesTakingFilesFrom, recordsOf } from "./scope";

/** A patient's own numbers are shown as unverified. */
export type Author = Coordinator | ClinicReviewer | Patient;

/**
 * Writes down the numbers of one examination, all or none. The same number sent twice stands once. A file they were
 * read in must be one of the case that its author may know about.
 */
export async function addMeasurements(
  author: Author,
  caseId: string,
  form: AddMeasurementsForm,
  now: Date,
): Promise<
  Outcome<
    { added: number },
    "not_found" | "invalid_day_ahead" | "invalid_record" | "too_many_measurements" | Slip
  >
> {
  const read = readAll(form);
  if (!read.ok) return read;
  // A day further east has begun where this one has not.
  if (form.measuredOn > addDays(dayOf(now), 1)) return refused("invalid_day_ahead", { path: "measuredOn" });
  return asPerson(author, async (tx) => {
    if (!(await mayWrite(tx, author, caseId))) return refused("not_found");
    if (form.recordId !== undefined && !(await knowsRecord(tx, author, caseId, form.recordId)))
      return refused("invalid_record", { path: "recordId" });
    if ((await tx.measurement.count({ where: { caseId } })) + read.value.length > MEASUREMENTS_MAX)
      return refused("too_many_measurements", { most: MEASUREMENTS_MAX });
    const { count } = await tx.measurement.createMany({
      data: read.value.map((one) => rowOf(author, caseId, form, one, now)),
      skipDuplicates: true,
    });
    if (count > 0) {
      await writeAudit(tx, author, "measurement.added", {
        caseId,
        objectType: "measurement",
        facts: { count },
      });
      await notify(tx, { kind: "case", caseId });
    }
    return done({ added: count });
  });
}

function readAll({ values }: AddMeasurementsForm): Outcome<Measured[], Slip> {
  const all: Measured[] = [];
  for (const [field, { value, unit }] of Object.entries(values)) {
    const one = measured(field, value, unit);
    if (!one.ok) return refused(one.reason, { ...one.detail, path: `values.${field}.value` });
    all.push(one.value);
  }
  return done(all);
}

async function mayWrite(tx: Tx, author: Author, caseId: string): Promise<boolean> {
  return (
    (await tx.case.count({ where: { AND: [{ id: caseId }, casesOf(author), writtenBy(author)] } })) === 1
  );
}

/** The desk writes for cases it owns, a centre where the patient's consent lives, a patient where files may be sent. */
function writtenBy(author: Author): Prisma.CaseWhereInput {
  if (author.role === "clinic_reviewer")
    return { consents: { some: { clinicId: author.clinicId, withdrawnAt: null } } };
  return casesTakingFilesFrom(author);
}

async function knowsRecord(tx: Tx, author: Author, caseId: string, id: string): Promise<boolean> {
  return (
    (await tx.record.count({ where: { AND: [{ id, caseId, erasedAt: null }, recordsOf(author)] } })) === 1
  );
}

const SOURCE = { coordinator: "coordinator", clinic_reviewer: "clinic", patient: "patient" } as const;

function rowOf(author: Author, caseId: string, form: AddMeasurementsForm, one: Measured, now: Date) {
  return {
    id: newId(now.getTime()),
    caseId,
    ...one,
    method: form.method ?? null,
    source: SOURCE[author.role],
    clinicId: author.role === "clinic_reviewer" ? author.clinicId : null,
    recordId: form.recordId ?? null,
    enteredById: author.personId,
    // A centre that was asked without the patient's name may read these.
    enteredByName: author.role === "patient" ? "" : author.name,
    measuredOn: dateOf(form.measuredOn),
    enteredAt: now,
  };
}
