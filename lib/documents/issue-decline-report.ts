import "server-only";
import type { System } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { isPositive } from "@/lib/reviews/review";
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
  const isNo = review.state === "declined" || (review.state === "decided" && !isPositive(review.verdict));
  if (!isNo || review.verdict === "need_more_data") return refused("not_a_no");
  const { language, name } = review.patient;
  const words = messagesOf(language);
  const facts = {
    patientName: name,
    caseNumber: review.case.number,
    clinicName: review.clinic.name,
    answeredAt: review.secondSignedAt ?? review.endedAt ?? review.requestedAt,
    verdict: review.verdict ? words.verdicts[review.verdict] : null,
    reason: review.reason ?? review.declineReason,
    answer: review.answer,
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
