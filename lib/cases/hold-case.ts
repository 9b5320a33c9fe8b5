import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { done, type Outcome, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { isEnded, isFirstAnswer, nextStepOf } from "./case";
import type { HoldCaseForm } from "./forms";
import { noteCaseEvent } from "./move-case";
import { absenceOf, lockedCase } from "./queries";

type Refusal = "not_found" | "forbidden" | "illegal_transition" | "invalid_until";

/** Lets a case rest until a moment, or wakes it. It keeps its owner and its next action; only the clock moves. */
export async function holdCase(
  coordinator: Coordinator,
  caseId: string,
  form: HoldCaseForm,
  now: Date,
): Promise<Outcome<{ id: string }, Refusal>> {
  return asPerson(coordinator, async (tx) => {
    const found = await lockedCase(tx, coordinator, caseId);
    if (!found) return absenceOf(tx, caseId);
    if (found.ownerId !== coordinator.personId) return refused("forbidden");
    if (isEnded(found.stage)) return refused("illegal_transition", { from: found.stage });
    const until = form.until === null ? null : new Date(form.until);
    if (until && until <= now) return refused("invalid_until", { path: "until" });
    const woken = nextStepOf(found.stage, now, found)?.nextDueAt ?? now;
    await tx.case.updateMany({
      where: { id: caseId, stage: found.stage },
      data: {
        holdUntil: until,
        holdReason: form.until === null ? null : form.reason,
        // What was promised before the case rests stays promised.
        nextDueAt: isFirstAnswer(found.nextAction) ? woken : (until ?? woken),
        version: { increment: 1 },
      },
    });
    const event = until ? "on_hold" : "hold_ended";
    await noteCaseEvent(tx, coordinator, { caseId, kind: event });
    await writeAudit(tx, coordinator, `case.${event}`, { caseId, objectType: "case", objectId: caseId });
    return done({ id: caseId });
  });
}
