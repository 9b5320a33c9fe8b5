import { addHours } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { asPerson, openDb } from "@/lib/infra/db";
import { countersignReview } from "@/lib/reviews/countersign-review";
import { decideReview } from "@/lib/reviews/decide-review";
import { type DecideReviewForm, decideReviewForm } from "@/lib/reviews/forms";
import { openReview } from "@/lib/reviews/open-review";
import { makeCase, openCaseToClinic } from "./cases";
import { makeClinic } from "./clinics";
import { valueOf } from "./outcomes";
import { makeCoordinator, makePatient, makeReviewer, testSystem } from "./people";

export const now = new Date();
export const YES = decideReviewForm.parse({ verdict: "eligible", diagnosis: "Severe MR" });
export const NO = decideReviewForm.parse({ verdict: "not_eligible", reason: "Too calcified" });

export interface AskedClinic {
  clinic: Awaited<ReturnType<typeof makeClinic>>;
  first: Awaited<ReturnType<typeof makeReviewer>>;
  second: Awaited<ReturnType<typeof makeReviewer>>;
  reviewId: string;
}

/** A case with centres, each asked and with two reviewers. */
export async function asked(count = 1) {
  const patient = await makePatient();
  const owner = await makeCoordinator();
  const { id: caseId } = await makeCase({ patient, stage: "with_centres", owner });
  const clinics: AskedClinic[] = [];
  for (let index = 0; index < count; index += 1) {
    const clinic = await makeClinic();
    await openCaseToClinic(caseId, clinic.id);
    const reviewId = newId();
    const review = {
      id: reviewId,
      caseId,
      clinicId: clinic.id,
      requestedById: owner.personId,
      dueAt: addHours(now, 72),
    };
    await asPerson(testSystem, (tx) => tx.review.createMany({ data: [review] }));
    const [first, second] = await Promise.all([
      makeReviewer(clinic.id, "Dr. First"),
      makeReviewer(clinic.id, "Dr. Second"),
    ]);
    clinics.push({ clinic, first, second, reviewId });
  }
  const [one, two] = clinics;
  if (!one) throw new Error("No clinic was asked.");
  return { patient, owner, caseId, one, two };
}

/** How often the worker was asked to do something about a review. */
export async function jobs(name: string, reviewId: string): Promise<number> {
  const rows = await openDb().$queryRaw<{ count: bigint }[]>`
    SELECT count(*) AS count FROM pgboss.job WHERE name = ${name} AND data->>'reviewId' = ${reviewId}`;
  return Number(rows[0]?.count ?? 0);
}

export async function signTwice({ first, second, reviewId }: AskedClinic, form: DecideReviewForm) {
  valueOf(await openReview(first, reviewId, now));
  valueOf(await decideReview(first, reviewId, form, now));
  return countersignReview(second, reviewId, now);
}
