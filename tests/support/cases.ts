import { addHours } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import type { Coordinator, Patient } from "@/lib/kernel/actor";
import type { CaseStage } from "@/lib/cases/case";
import { asPerson } from "@/lib/infra/db";
import { testSystem } from "./people";

export interface CaseWish {
  patient: Patient;
  stage?: CaseStage;
  owner?: Coordinator;
  treatment?: string;
  country?: string;
}

/** A case row in the wished stage, with the patient's door into it. */
export async function makeCase(wish: CaseWish): Promise<{ id: string }> {
  const id = newId();
  const stage = wish.stage ?? "draft";
  const now = new Date();
  await asPerson(testSystem, async (tx) => {
    await tx.case.create({
      data: {
        id,
        number: `T-${id.slice(-10)}`,
        stage,
        patientId: wish.patient.personId,
        treatment: wish.treatment ?? "teer",
        problem: "Leaky mitral valve",
        contactName: wish.patient.name,
        contactEmail: wish.patient.email,
        country: wish.country ?? "AE",
        redFlags: {},
        ownerKind: wish.owner ? "coordinator" : stage === "draft" ? "patient" : "on_call",
        ownerId: wish.owner?.personId ?? null,
        waitingOn: "coordinator",
        nextAction: "test",
        nextDueAt: addHours(now, 24),
        consentedAt: now,
        submittedAt: stage === "draft" ? null : now,
        // Who is further than triage has heard from the desk.
        firstAnsweredAt: ["draft", "submitted", "triage"].includes(stage) ? null : now,
      },
    });
    await tx.caseAccess.create({
      data: { caseId: id, personId: wish.patient.personId, scopes: ["owner"], purpose: "patient" },
    });
  });
  return { id };
}

/** Lets a clinic into a case, with consent, as a sent review would. */
export async function openCaseToClinic(caseId: string, clinicId: string, country = "DE"): Promise<void> {
  await asPerson(testSystem, async (tx) => {
    await tx.consent.create({
      data: { caseId, purpose: "share_with_clinic", clinicId, country, textVersion: "1", language: "en" },
    });
    await tx.caseAccess.create({ data: { caseId, clinicId, scopes: ["clinic"], purpose: "review" } });
  });
}
