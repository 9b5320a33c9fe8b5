import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { addHours } from "@/lib/kernel/day";
import { done, type Outcome, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { addTask } from "@/lib/cases/add-task";
import { endAgreed, endSharing } from "@/lib/cases/end-sharing";
import { moveCase, noteCaseEvent } from "@/lib/cases/move-case";
import { consentInside, isOwnCase, lockedCase } from "@/lib/cases/queries";
import type { ConsentFacts } from "@/lib/cases/consent";
import { asPerson, type Tx } from "@/lib/infra/db";
import { settleAnswers, wakeOpinions } from "./settle-answers";

type Refusal = "not_found" | "forbidden";

export interface WithdrawnConsent {
  consent: ConsentFacts;
  clinicSlugs: ReadonlyMap<string, string>;
}

const TALK_HOURS = 24;

/**
 * Takes a consent back. A centre loses access, open questions and offers in the same moment, and a hold that is not paid ends.
 * Taking back what was taken back already answers the same.
 */
export async function withdrawConsent(
  patient: Patient,
  caseId: string,
  consentId: string,
  now: Date,
): Promise<Outcome<WithdrawnConsent, Refusal>> {
  const outcome = await asPerson(patient, (tx) => withdraw(tx, patient, caseId, consentId, now));
  if (outcome.ok) await settleAnswers(caseId, now);
  return outcome;
}

async function withdraw(
  tx: Tx,
  patient: Patient,
  caseId: string,
  consentId: string,
  now: Date,
): Promise<Outcome<WithdrawnConsent, Refusal>> {
  const one = await lockedCase(tx, patient, caseId);
  const found = one && (await consentInside(tx, patient, caseId, consentId));
  if (!found) return refused("not_found");
  if (!(await isOwnCase(tx, patient, caseId))) return refused("forbidden");
  const { count } = await tx.consent.updateMany({
    where: { id: consentId, caseId, withdrawnAt: null },
    data: { withdrawnAt: now },
  });
  if (count === 0) return done(found);
  const { clinicId, purpose } = found.consent;
  if (clinicId) {
    const isEnded = await endAgreed(tx, caseId, clinicId);
    await endSharing(tx, caseId, clinicId, now);
    // There is nothing to hold, sign or pay any more: the patient chooses anew.
    if (isEnded && one.stage === "contracting")
      await moveCase(tx, patient, { caseId, to: "choosing", from: ["contracting"] }, now);
  }
  // What was paid for and is not answered is given back, also if nothing after this is ever written.
  await wakeOpinions(tx, caseId);
  // Whoever read, offered or planned on this consent must hear of it from a person.
  const isRunning = one.stage !== "draft" && one.closedAt === null;
  const dueAt = addHours(now, TALK_HOURS);
  if (isRunning) await addTask(tx, { caseId, kind: "consent_withdrawn", ownerId: one.ownerId, dueAt });
  await noteCaseEvent(tx, patient, { caseId, kind: "consent_withdrawn" });
  await writeAudit(tx, patient, "consent.withdrawn", {
    caseId,
    objectType: "consent",
    objectId: consentId,
    facts: { clinicId, purpose },
  });
  const after = await consentInside(tx, patient, caseId, consentId);
  return after ? done(after) : refused("not_found");
}
