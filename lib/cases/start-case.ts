import "server-only";
import type { Actor, Patient } from "@/lib/kernel/actor";
import { dateOf, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { done, type Outcome, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { Prisma } from "@/lib/infra/generated/client";
import { caseNumber, isEmergency, nextStepOf } from "./case";
import { currentConsentText } from "./consent-text";
import type { StartCaseForm } from "./forms";
import { noteCaseEvent } from "./move-case";
import { publishedClinic } from "./queries";
import { recordConsent } from "./record-consent";

/**
 * Starts a case for a signed-in person. Sending health answers is done with consent to keep them: its wording is
 * the one named in the form, else the current one.
 */
export async function startCase(
  patient: Patient,
  form: StartCaseForm,
  now: Date,
): Promise<Outcome<{ id: string }, "invalid_birth_date" | "invalid_clinic">> {
  if (form.birthOn && form.birthOn > dayOf(now)) return refused("invalid_birth_date", { path: "birthOn" });
  const id = newId(now.getTime());
  const language = form.language ?? languageOf(patient.locale);
  return asPerson(patient, async (tx) => {
    const clinic = form.clinic ? await publishedClinic(tx, form.clinic) : null;
    if (form.clinic && !clinic) return refused("invalid_clinic", { path: "clinic" });
    const who = { id, patientId: patient.personId, language, wishedClinicId: clinic?.id ?? null };
    await insertCase(tx, { ...who, ...answersOf(form) }, now);
    await tx.caseAccess.createMany({
      data: [{ caseId: id, personId: patient.personId, scopes: ["owner"], purpose: "patient" }],
    });
    const textVersion = form.consent?.textVersion ?? currentConsentText("health_intake").version;
    await recordConsent(tx, {
      caseId: id,
      purpose: "health_intake",
      textVersion,
      language,
      givenById: patient.personId,
    });
    await noteStart(tx, patient, id);
    return done({ id });
  });
}

export function languageOf(locale: string): "en" | "de" | "zh" | "ru" | "ar" {
  const known = ["en", "de", "zh", "ru", "ar"] as const;
  return known.find((language) => language === locale) ?? "en";
}

function answersOf(form: StartCaseForm) {
  return {
    treatment: form.treatment,
    problem: form.problem,
    contactName: form.contact.name,
    contactEmail: form.contact.email,
    country: form.contact.country,
    redFlags: flagsToStore(form.redFlags),
    urgent: isEmergency(known(form.redFlags)),
    ...(form.contact.phone ? { contactPhone: form.contact.phone } : {}),
    ...(form.birthOn ? { birthOn: dateOf(form.birthOn) } : {}),
    ...(form.symptoms === undefined ? {} : { symptoms: form.symptoms as Prisma.InputJsonValue }),
    ...(form.values === undefined ? {} : { values: form.values as Prisma.InputJsonValue }),
  };
}

/** Drops answers that were not given: the database client refuses undefined. */
export function known<T extends object>(given: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const pairs = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(pairs) as { [K in keyof T]: Exclude<T[K], undefined> };
}

export function flagsToStore(flags: object): Prisma.InputJsonObject {
  return known(flags) as Prisma.InputJsonObject;
}

/** Writes the row with the next number of the year. */
export async function insertCase(
  tx: Tx,
  data: Omit<Prisma.CaseCreateManyInput, "number"> & { id: string },
  now: Date,
): Promise<void> {
  const [row] = await tx.$queryRaw<{ next: bigint }[]>`SELECT nextval('case_number_seq') AS next`;
  const number = caseNumber(now.getUTCFullYear(), row?.next ?? 0n);
  const next = nextStepOf("draft", now);
  await tx.case.createMany({ data: [{ ...data, number, createdAt: now, ...next }] });
}

export async function noteStart(tx: Tx, actor: Actor, caseId: string): Promise<void> {
  await noteCaseEvent(tx, actor, { caseId, kind: "started" });
  await writeAudit(tx, actor, "case.started", { caseId, objectType: "case", objectId: caseId });
}
