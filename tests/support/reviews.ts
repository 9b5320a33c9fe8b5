import { addHours } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import type { Coordinator, Patient } from "@/lib/kernel/actor";
import { asPerson } from "@/lib/infra/db";
import { makeCase, openCaseToClinic } from "./cases";
import { makeClinic, type ClinicWish } from "./clinics";
import { makeCoordinator, makePatient, makeReviewer, testSystem } from "./people";

export interface ReviewWish {
  verdict?: "eligible" | "eligible_with_conditions" | "not_eligible";
  /** Signed by one reviewer only. */
  preliminary?: boolean;
  answer?: Record<string, string>;
}

/** An answer of a clinic to a case, signed by two of its reviewers. */
export async function makeReview(
  about: { caseId: string; clinicId: string; owner: Coordinator },
  wish: ReviewWish = {},
): Promise<{ id: string }> {
  const id = newId();
  const first = await makeReviewer(about.clinicId);
  const second = await makeReviewer(about.clinicId, "Dr. Sven Surgeon");
  const now = new Date();
  await asPerson(testSystem, (tx) =>
    tx.review.create({
      data: {
        id,
        caseId: about.caseId,
        clinicId: about.clinicId,
        state: "decided",
        verdict: wish.verdict ?? "eligible",
        answer: wish.answer ?? {},
        requestedById: about.owner.personId,
        firstSignerId: first.personId,
        firstSignedAt: now,
        secondSignerId: wish.preliminary ? null : second.personId,
        secondSignedAt: wish.preliminary ? null : now,
        dueAt: addHours(now, 72),
      },
    }),
  );
  return { id };
}

export interface AnsweredCase {
  patient: Patient;
  owner: Coordinator;
  caseId: string;
  clinic: Awaited<ReturnType<typeof makeClinic>>;
  reviewId: string;
}

/** A patient's case with a clinic's binding yes, waiting for an estimate. */
export async function makeAnsweredCase(
  wish: ReviewWish & {
    clinic?: AnsweredCase["clinic"];
    clinicWish?: ClinicWish;
    owner?: Coordinator;
    country?: string;
  } = {},
): Promise<AnsweredCase> {
  const patient = await makePatient();
  const owner = wish.owner ?? (await makeCoordinator());
  const clinic = wish.clinic ?? (await makeClinic(wish.clinicWish));
  const { id: caseId } = await makeCase({
    patient,
    owner,
    stage: "with_centres",
    ...(wish.country ? { country: wish.country } : {}),
  });
  await openCaseToClinic(caseId, clinic.id, clinic.country);
  const { id: reviewId } = await makeReview({ caseId, clinicId: clinic.id, owner }, wish);
  return { patient, owner, caseId, clinic, reviewId };
}
