import "server-only";
import type { System } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { isBinding, isPositive } from "@/lib/reviews/review";
import { asPerson, type Tx } from "@/lib/infra/db";
import { messagesOf } from "@/i18n/messages";
import { announceToPatient, patientOf } from "./announce-document";
import { declineBody } from "./refusal-report";
import { issueDocument, type IssuedDocument } from "./issue-document";

/** The free report on a centre's "no", in the patient's language. A binding answer or a refused question; once each. */
export async function issueDeclineReport(
  system: System,
  reviewId: string,
  now: Date,
): Promise<Outcome<IssuedDocument, "not_found" | "not_a_no">> {
  const review = await asPerson(system, (tx) => readReview(tx, reviewId));
  if (!review) return refused("not_found");
  const no = noOf(review);
  if (!no) return refused("not_a_no");
  const { language, name } = review.patient;
  const words = messagesOf(language);
  const facts = {
    patientName: name,
    caseNumber: review.case.number,
    clinicName: review.clinic.name,
    ...no,
    verdict: no.verdict ? words.verdicts[no.verdict] : null,
  };
  const { caseId } = review;
  const issued = await issueDocument(
    system,
    {
      ...{ kind: "decline_report", subjectId: reviewId, caseId, bookingId: null, language },
      body: declineBody(facts, words.documents.decline, language),
      announce: (tx) => announceToPatient(tx, review.patient, caseId),
    },
    now,
  );
  return done(issued);
}

type ReadReview = NonNullable<Awaited<ReturnType<typeof readReview>>>;

/**
 * What the patient is told of a "no"; null for anything else. A centre that steps back says why in its own words: what
 * it wrote before, to its colleagues or about missing records, is no part of that.
 */
function noOf(review: ReadReview) {
  const { state, verdict, reason, answer, declineReason, secondSignedAt, endedAt, requestedAt } = review;
  if (state === "declined")
    return { answeredAt: endedAt ?? requestedAt, verdict: null, reason: declineReason, answer: null };
  if (!isBinding(review) || isPositive(verdict) || verdict === "need_more_data") return null;
  return { answeredAt: secondSignedAt ?? requestedAt, verdict, reason, answer };
}

async function readReview(tx: Tx, reviewId: string) {
  const review = await tx.review.findUnique({
    where: { id: reviewId },
    select: {
      ...{ caseId: true, state: true, verdict: true, reason: true, declineReason: true, answer: true },
      ...{ secondSignedAt: true, endedAt: true, requestedAt: true },
      clinic: { select: { name: true } },
      case: { select: { number: true } },
    },
  });
  if (!review) return null;
  const patient = await patientOf(tx, review.caseId);
  return patient && { ...review, patient };
}
