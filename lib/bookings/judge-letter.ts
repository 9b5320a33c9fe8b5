import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { mayMove } from "@/lib/cases/case";
import { endTreatment } from "@/lib/cases/end-treatment";
import { moveCase, noteCaseEvent } from "@/lib/cases/move-case";
import { claimCase } from "@/lib/estimates/claim-case";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { JudgeLetterForm } from "./forms";
import { PROVING_STATES } from "./letter";
import { type LetterRow, readLetter } from "./queries";

type Refusal = "not_found" | "forbidden" | "own_work" | "illegal_transition";

/**
 * A second coordinator, who has taken the case over and so may read the letter, says that it says what was entered.
 * With a yes the case moves as if the centre had said it; with a no nothing moves.
 */
export async function judgeLetter(
  coordinator: Coordinator,
  letterId: string,
  form: JudgeLetterForm,
  now: Date,
): Promise<Outcome<LetterRow, Refusal>> {
  return asPerson(coordinator, async (tx) => {
    const seen = await readLetter(tx, letterId);
    const taken = seen && (await claimCase(tx, seen.caseId));
    if (!seen || !taken) return refused("not_found");
    if (seen.enteredById === coordinator.personId) return refused("own_work");
    if (taken.ownerId !== coordinator.personId || !(await canRead(tx, seen.recordId)))
      return refused("forbidden");
    const { caseId, to } = seen;
    const { state } = form;
    // Overtaken by the centre's own word: such a letter can only be refused.
    if (state === "confirmed" && !mayMove(taken.stage, to))
      return refused("illegal_transition", { from: taken.stage, to });
    const { count } = await tx.centreLetter.updateMany({
      where: { id: letterId, state: "entered" },
      data: { state, reason: form.reason ?? null, checkedById: coordinator.personId, checkedAt: now },
    });
    if (count === 0) return refused("illegal_transition", { from: seen.state, to: state });
    await tx.task.updateMany({
      where: { caseId, kind: "check_letter", state: "open" },
      data: { state: "done", doneAt: now, doneById: coordinator.personId },
    });
    await noteCaseEvent(tx, coordinator, { caseId, kind: `letter_${state}`, note: form.reason ?? null });
    const about = { caseId, objectType: "letter", objectId: letterId, facts: { to } };
    await writeAudit(tx, coordinator, `letter.${state}`, about);
    if (state === "confirmed") {
      const moved = await moveCase(tx, coordinator, { caseId, to }, now);
      if (!moved.ok) throw new Error("The case left its stage while it was locked.");
      await endTreatment(tx, coordinator, { caseId, to }, now);
    }
    const judged = await readLetter(tx, letterId);
    return judged ? done(judged) : refused("not_found");
  });
}

/** Asked under row-level security: only the owner of a case reads its files. */
async function canRead(tx: Tx, recordId: string): Promise<boolean> {
  const found = await tx.record.count({
    where: { id: recordId, erasedAt: null, state: { in: [...PROVING_STATES] } },
  });
  return found > 0;
}
