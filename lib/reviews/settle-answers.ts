import "server-only";
import { addHours } from "@/lib/kernel/day";
import type { NextStep } from "@/lib/cases/case";
import { moveCase, setNextStep } from "@/lib/cases/move-case";
import { lockedCase } from "@/lib/cases/queries";
import { asPerson, type Tx } from "@/lib/infra/db";
import { enqueue } from "@/lib/infra/jobs";
import { systemActor } from "@/lib/infra/session";
import { RUNNING_STATES } from "./opinion";
import { isBinding, isPositive, outlookOf } from "./review";

const COORDINATOR_HOURS = 24;

/**
 * Sets who acts next after the answers of all centres: build an estimate, wait, or look further.
 * Safe to run again: it only restates what the answers say.
 */
export async function settleAnswers(caseId: string, now: Date): Promise<void> {
  const system = systemActor("settle-answers");
  await asPerson(system, async (tx) => {
    const found = await lockedCase(tx, system, caseId);
    await wakeOpinions(tx, caseId);
    if (!found || !["with_centres", "collecting_records", "choosing"].includes(found.stage)) return;
    const step = await nextStepFor(tx, caseId, now);
    if (!step || found.nextAction === "travel_blocked" || found.nextAction === step.nextAction) return;
    if (found.stage === "collecting_records" && step.nextAction === "build_estimate") {
      // An estimate can be sent from here on, whatever another centre still wants to see.
      await moveCase(
        tx,
        system,
        { caseId, to: "with_centres", from: ["collecting_records"], next: step },
        now,
      );
      return;
    }
    await setNextStep(tx, caseId, step, now);
  });
}

/** An answer, a "no" or the end of a consent decides what becomes of a fee: a job looks, after this is written. */
export async function wakeOpinions(tx: Tx, caseId: string): Promise<void> {
  const running = await tx.secondOpinion.findMany({
    where: { caseId, state: { in: [...RUNNING_STATES] } },
    select: { id: true },
  });
  for (const { id } of running) await enqueue(tx, "opinion.settle", { opinionId: id });
}

async function nextStepFor(tx: Tx, caseId: string, now: Date): Promise<NextStep | null> {
  const answers = await tx.review.findMany({
    where: { caseId },
    select: {
      state: true,
      verdict: true,
      secondSignedAt: true,
      estimates: { where: { state: { in: ["sent", "accepted"] } }, select: { id: true } },
    },
  });
  const nextDueAt = addHours(now, COORDINATOR_HOURS);
  const lacksEstimate = answers.some(
    (answer) => isBinding(answer) && isPositive(answer.verdict) && answer.estimates.length === 0,
  );
  if (lacksEstimate) return { waitingOn: "coordinator", nextAction: "build_estimate", nextDueAt };
  if (outlookOf(answers) !== "negative") return null;
  return { waitingOn: "coordinator", nextAction: "widen_search", nextDueAt };
}
