import "server-only";
import { addHours, dayOf } from "@/lib/kernel/day";
import type { NextStep } from "@/lib/cases/case";
import { setNextStep } from "@/lib/cases/move-case";
import type { Tx } from "@/lib/infra/db";
import { hasDaysLeft } from "./waiting-list";

/** The coordinator looks at a case that waits once a week. */
const LOOK_AGAIN_HOURS = 7 * 24;
const CHOOSE_HOURS = 72;
/** Steps that belong to waiting; every other step of a case is none of its business. */
const STEPS = ["waiting_list", "answer_offer", "hold_sign_pay", "hold_expired"];

/**
 * Who acts next in a case that waits for a day: the patient while a day is offered, the coordinator while none is, and the
 * patient again once it waits no more. A case that is at something else keeps its step.
 */
export async function setWaitingStep(tx: Tx, caseId: string, now: Date): Promise<void> {
  const found = await tx.case.findUnique({
    where: { id: caseId },
    select: { nextAction: true, nextDueAt: true },
  });
  if (!found?.nextAction || !STEPS.includes(found.nextAction)) return;
  const offer = await tx.waitingOffer.findFirst({
    where: { caseId, state: "open" },
    select: { expiresAt: true },
    orderBy: { expiresAt: "asc" },
  });
  const next = stepOf(offer?.expiresAt ?? null, await mayBeOffered(tx, caseId, now), now);
  // One offer after another is the same step with a time of its own.
  const isLate = offer !== null && next.nextDueAt?.getTime() !== found.nextDueAt?.getTime();
  if (isLate || next.nextAction !== found.nextAction) await setNextStep(tx, caseId, next, now);
}

/** Who waits for days of which each was offered already waits for nothing: they choose another day, or other days. */
async function mayBeOffered(tx: Tx, caseId: string, now: Date): Promise<boolean> {
  const entries = await tx.waitingEntry.findMany({
    where: { caseId, state: "waiting" },
    select: { fromOn: true, toOn: true, offers: { select: { slot: { select: { on: true } } } } },
  });
  return entries.some(({ fromOn, toOn, offers }) =>
    hasDaysLeft(
      { fromOn: dayOf(fromOn), toOn: dayOf(toOn) },
      offers.map(({ slot }) => dayOf(slot.on)),
      now,
    ),
  );
}

function stepOf(answerBy: Date | null, waits: boolean, now: Date): NextStep {
  if (answerBy) return { waitingOn: "patient", nextAction: "answer_offer", nextDueAt: answerBy };
  if (waits) {
    const nextDueAt = addHours(now, LOOK_AGAIN_HOURS);
    return { waitingOn: "coordinator", nextAction: "waiting_list", nextDueAt };
  }
  return { waitingOn: "patient", nextAction: "hold_sign_pay", nextDueAt: addHours(now, CHOOSE_HOURS) };
}
