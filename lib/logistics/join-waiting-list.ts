import "server-only";
import type { Coordinator, Patient } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, type Refused, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { noteCaseEvent } from "@/lib/cases/move-case";
import { claimCase, type ClaimedCase, decidesFor } from "@/lib/estimates/claim-case";
import { offeredTreatments } from "@/lib/estimates/offered-treatment";
import { type EstimateFacts, readEstimate } from "@/lib/estimates/queries";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { JoinWaitingForm } from "./forms";
import { readWaiting, type WaitingFacts } from "./read-waiting";
import { setWaitingStep } from "./set-waiting-step";
import { type NotJoined, whyNotJoin } from "./waiting-list";

type Refusal = NotJoined | "not_found" | "forbidden" | "day_free" | "already_waiting";

interface Joined {
  clash: "day_free" | "already_waiting" | null;
  on?: string;
  slotId?: string;
}

/**
 * Puts a case on the waiting list of a centre and treatment, behind all who joined before. Only where no day of the window
 * is free; of two who join at once for one case, one is told that it waits already.
 */
export async function joinWaitingList(
  actor: Patient | Coordinator,
  form: JoinWaitingForm,
  now: Date,
): Promise<Outcome<WaitingFacts, Refusal>> {
  return asPerson(actor, async (tx) => {
    const seen = await readEstimate(tx, actor, form.estimateId);
    const taken = seen && (await claimCase(tx, seen.caseId));
    // Read again now that the case is locked: a consent taken back meanwhile has ended the offer.
    const estimate = taken && (await readEstimate(tx, actor, form.estimateId));
    if (!taken || !estimate || !taken.patientId) return refused("not_found");
    if (actor.role === "patient" && !(await decidesFor(tx, actor.personId, taken)))
      return refused("forbidden");
    const reason = await whyNot(tx, estimate, taken, form, now);
    if (reason) return reason;
    const id = newId(now.getTime());
    const { caseId, clinicId } = estimate;
    const entry = {
      ...{ ...form, id, caseId, clinicId, patientId: taken.patientId },
      ...{ joinedById: actor.personId, joinedRole: actor.role, joinedName: actor.name, joinedAt: now },
    };
    const rows = await tx.$queryRaw<{ joined: Joined }[]>`
      SELECT join_waiting(${JSON.stringify(entry)}::jsonb) AS joined`;
    const joined = rows[0]?.joined;
    if (!joined) throw new Error("join_waiting gave no answer.");
    if (joined.clash === "day_free")
      return refused("day_free", { slotId: joined.slotId ?? "", on: joined.on ?? "" });
    if (joined.clash) return refused(joined.clash);
    await trace(tx, actor, { id, caseId, form }, now);
    const facts = await readWaiting(tx, actor, id);
    return facts ? done(facts) : refused("not_found");
  });
}

async function whyNot(
  tx: Tx,
  estimate: EstimateFacts,
  taken: ClaimedCase,
  form: JoinWaitingForm,
  now: Date,
): Promise<Refused<NotJoined> | null> {
  const review = await tx.review.findUnique({
    where: { id: estimate.reviewId },
    select: { state: true, answer: true, answerExpiresAt: true },
  });
  const answer = review?.answer ?? null;
  const named = offeredTreatments({ lines: estimate.lines, answer, wished: taken.treatment });
  return whyNotJoin(
    {
      estimate: {
        ...{ state: estimate.state, answer, answerState: review?.state ?? "withdrawn" },
        answerExpiresAt: review?.answerExpiresAt ?? null,
      },
      ...{ stage: taken.stage, named, isBooked: await hasBooking(tx, taken), wish: form },
    },
    now,
  );
}

/** Holds past their time by the database's clock stand in nobody's way. */
async function hasBooking(tx: Tx, { id, patientId }: ClaimedCase): Promise<boolean> {
  const rows = await tx.$queryRaw<{ live: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM "Booking"
      WHERE ("caseId" = ${id}::uuid AND state IN ('awaiting_centre', 'confirmed'))
         OR (("caseId" = ${id}::uuid OR "patientId" = ${patientId}::uuid)
             AND state IN ('held', 'awaiting_deposit') AND "holdExpiresAt" > now())) AS live`;
  return rows[0]?.live === true;
}

interface Told {
  id: string;
  caseId: string;
  form: JoinWaitingForm;
}

async function trace(
  tx: Tx,
  actor: Patient | Coordinator,
  { id, caseId, form }: Told,
  now: Date,
): Promise<void> {
  const facts = { treatment: form.treatment, from: form.fromOn, to: form.toOn };
  await writeAudit(tx, actor, "waiting.joined", { caseId, objectType: "waiting_entry", objectId: id, facts });
  await noteCaseEvent(tx, actor, { caseId, kind: "waiting_joined" });
  await setWaitingStep(tx, caseId, now);
}
