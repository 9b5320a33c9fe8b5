import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { dayOf } from "@/lib/kernel/day";
import { type Outcome, type Refused, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { moveCase, noteCaseEvent } from "@/lib/cases/move-case";
import { asPerson, type Tx } from "@/lib/infra/db";
import { blocksTravel } from "@/lib/reviews/review";
import { claimCase, decidesFor } from "./claim-case";
import type { AcceptEstimateForm } from "./forms";
import { bindingTerms } from "./kept-terms";
import { type EstimateFacts, readEstimate } from "./queries";

type Refusal =
  | "not_found"
  | "forbidden"
  | "not_sent"
  | "hash_mismatch"
  | "expired"
  | "travel_blocked"
  | "reconfirm_needed"
  | "another_accepted"
  | "payment_terms_changed"
  | "illegal_transition";

/**
 * The patient takes one version, named by its hash. The case waits 72 hours for hold, signatures and deposit.
 * Of two acceptances at once one wins. After a cancelled booking the earlier choice steps back for the new one.
 */
export async function acceptEstimate(
  patient: Patient,
  id: string,
  form: AcceptEstimateForm,
  now: Date,
): Promise<Outcome<EstimateFacts, Refusal>> {
  return asPerson(patient, async (tx) => {
    const seen = await readEstimate(tx, patient, id);
    const taken = seen && (await claimCase(tx, seen.caseId));
    const found = taken && (await readEstimate(tx, patient, id));
    if (!taken || !found) return refused("not_found");
    if (!(await decidesFor(tx, patient.personId, taken))) return refused("forbidden");
    const reason = (await whyNot(tx, found, form.hash, now)) ?? (await whyNoOther(tx, found, taken.stage));
    if (reason) return reason;
    const { caseId } = found;
    await tx.estimate.updateMany({ where: { caseId, state: "accepted" }, data: { state: "superseded" } });
    await tx.estimate.updateMany({
      where: { id, state: "sent" },
      data: { state: "accepted", answeredAt: now, answeredById: patient.personId },
    });
    const moved = await moveCase(tx, patient, { caseId, to: "contracting", from: ["choosing"] }, now);
    if (!moved.ok) throw new Error("The case left its stage while it was locked.");
    await noteCaseEvent(tx, patient, { caseId, kind: "estimate_accepted" });
    await writeAudit(tx, patient, "estimate.accepted", { caseId, objectType: "estimate", objectId: id });
    const accepted = await readEstimate(tx, patient, id);
    return accepted ? done(accepted) : refused("not_found");
  });
}

async function whyNot(
  tx: Tx,
  found: EstimateFacts,
  hash: string,
  now: Date,
): Promise<Refused<Refusal> | null> {
  if (found.state !== "sent")
    return refused(found.state === "expired" ? "expired" : "not_sent", { state: found.state });
  if (found.hash !== hash.toLowerCase()) return refused("hash_mismatch");
  if (dayOf(found.validUntil) < dayOf(now)) {
    await tx.estimate.updateMany({ where: { id: found.id, state: "sent" }, data: { state: "expired" } });
    return refused("expired");
  }
  const terms = bindingTerms(found.sentTerms, found.clinic);
  if (!terms.ok) return terms;
  const review = await tx.review.findUnique({
    where: { id: found.reviewId },
    select: { answer: true, state: true, answerExpiresAt: true },
  });
  if (!review || review.state !== "decided") return refused("reconfirm_needed");
  if (review.answerExpiresAt && review.answerExpiresAt <= now) return refused("reconfirm_needed");
  return blocksTravel(review.answer) ? refused("travel_blocked") : null;
}

async function whyNoOther(tx: Tx, found: EstimateFacts, stage: string): Promise<Refused<Refusal> | null> {
  if (stage === "choosing") return null;
  const other = await tx.estimate.findFirst({
    where: { caseId: found.caseId, state: "accepted" },
    select: { id: true },
  });
  if (other) return refused("another_accepted", { estimateId: other.id });
  return refused("illegal_transition", { from: stage, to: "contracting" });
}
