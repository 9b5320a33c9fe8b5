import "server-only";
import type { ClinicReviewer } from "@/lib/kernel/actor";
import { addHours } from "@/lib/kernel/day";
import { done, type Outcome, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { announceToPatient } from "@/lib/cases/announce-news";
import type { NextStep } from "@/lib/cases/case";
import { moveCase, noteCaseEvent, setNextStep } from "@/lib/cases/move-case";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { Prisma } from "@/lib/infra/generated/client";
import type { AskMoreInfoForm, InfoRequest } from "./forms";
import { isChecklistItem } from "@/lib/records/checklist";
import { settleItem } from "@/lib/records/settle-item";
import { reviewInside } from "./queries";
import { reviewsOf } from "./scope";
import type { ReviewFacts } from "./views/review";

/** A centre cannot answer yet and says what it needs. The patient is asked; the centre's clock waits. */
export async function askMoreInfo(
  reviewer: ClinicReviewer,
  reviewId: string,
  form: AskMoreInfoForm,
  now: Date,
): Promise<Outcome<ReviewFacts, "not_found" | "illegal_transition">> {
  return asPerson(reviewer, async (tx) => {
    const found = await reviewInside(tx, reviewer, reviewId);
    if (!found) return refused("not_found");
    const asked = await askPatient(tx, reviewer, found, form.requests, {}, now);
    if (!asked) return refused("illegal_transition", { from: found.state, to: "more_info" });
    const review = await reviewInside(tx, reviewer, reviewId);
    return review ? done(review) : refused("not_found");
  });
}

/** Puts the question to the patient inside an open transaction; false when the review is not open. */
export async function askPatient(
  tx: Tx,
  reviewer: ClinicReviewer,
  found: ReviewFacts,
  requests: readonly InfoRequest[],
  answer: Prisma.ReviewUpdateManyMutationInput,
  now: Date,
): Promise<boolean> {
  const { id, caseId } = found;
  const { count } = await tx.review.updateMany({
    where: { AND: [{ id, state: "opened" }, reviewsOf(reviewer)] },
    data: {
      ...answer,
      state: "more_info",
      requests: requests.map((request) => ({ ...request })) as Prisma.InputJsonArray,
    },
  });
  if (count === 0) return false;
  await askOnChecklist(tx, found, requests);
  const next: NextStep = { waitingOn: "patient", nextAction: "send_records", nextDueAt: addHours(now, 48) };
  if (found.case.stage === "with_centres") {
    await moveCase(tx, reviewer, { caseId, to: "collecting_records", from: ["with_centres"], next }, now);
  } else if (found.case.stage === "collecting_records" || found.case.stage === "choosing") {
    await setNextStep(tx, caseId, next, now);
  }
  await noteCaseEvent(tx, reviewer, { caseId, kind: "more_info_asked", note: found.clinic.slug });
  await writeAudit(tx, reviewer, "review.more_info", {
    caseId,
    objectType: "review",
    objectId: id,
    facts: { requests: requests.length },
  });
  const one = await tx.case.findUnique({ where: { id: caseId }, select: { id: true, patientId: true } });
  if (one) await announceToPatient(tx, one, "records_wanted", "/records");
  return true;
}

/** What the list of the case knows by name is asked for there too; a file that was accepted stays accepted. */
async function askOnChecklist(tx: Tx, found: ReviewFacts, requests: readonly InfoRequest[]): Promise<void> {
  const { caseId, clinic } = found;
  for (const request of requests) {
    const item = "item" in request ? request.item : undefined;
    if (!item || !isChecklistItem(item)) continue;
    const kept = await tx.checklistItem.findUnique({ where: { caseId_item: { caseId, item } } });
    if (kept?.status === "accepted") continue;
    // The reason keeps the line in view when the treatment's own list does not ask for it.
    const reason = ("reason" in request ? request.reason : undefined) ?? request.text ?? clinic.name;
    await settleItem(tx, { caseId, item, status: "missing", reason });
  }
}
