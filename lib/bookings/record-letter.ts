import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { addHours, dateOf, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { addTask } from "@/lib/cases/add-task";
import { mayMove } from "@/lib/cases/case";
import { noteCaseEvent } from "@/lib/cases/move-case";
import { claimCase } from "@/lib/estimates/claim-case";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { LetterForm } from "./forms";
import { PROVING_STATES } from "./letter";
import { type LetterRow, readLetter } from "./queries";

type Refusal =
  | "not_found"
  | "forbidden"
  | "illegal_transition"
  | "letter_waiting"
  | "invalid_record"
  | "invalid_day_ahead";

const CHECK_HOURS = 24;

/**
 * The owner of a case enters what a centre wrote on paper, because it does not sign in or may no longer: its letter is
 * among the records. Nothing moves before a second person has read it.
 */
export async function recordLetter(
  coordinator: Coordinator,
  caseId: string,
  form: LetterForm,
  now: Date,
): Promise<Outcome<LetterRow, Refusal>> {
  return asPerson(coordinator, async (tx) => {
    const taken = await claimCase(tx, caseId);
    if (!taken) return refused("not_found");
    if (taken.ownerId !== coordinator.personId) return refused("forbidden");
    const { to, recordId, happenedOn } = form;
    const bookingId = await findTrip(tx, caseId);
    if (!bookingId || !mayMove(taken.stage, to))
      return refused("illegal_transition", { from: taken.stage, to });
    if (happenedOn > dayOf(now)) return refused("invalid_day_ahead", { path: "happenedOn" });
    const record = await tx.record.count({
      where: { id: recordId, caseId, erasedAt: null, state: { in: [...PROVING_STATES] } },
    });
    if (record === 0) return refused("invalid_record", { path: "recordId" });
    if ((await tx.centreLetter.count({ where: { caseId, state: "entered" } })) > 0)
      return refused("letter_waiting");
    const id = newId();
    await tx.centreLetter.createMany({
      data: [
        {
          ...{ id, caseId, bookingId, recordId, to, enteredById: coordinator.personId },
          ...{ happenedOn: dateOf(happenedOn), enteredAt: now },
        },
      ],
    });
    await addTask(tx, { caseId, kind: "check_letter", ownerId: null, dueAt: addHours(now, CHECK_HOURS) });
    await noteCaseEvent(tx, coordinator, { caseId, kind: "letter_entered" });
    const about = { caseId, objectType: "letter", objectId: id, facts: { to } };
    await writeAudit(tx, coordinator, "letter.entered", about);
    const written = await readLetter(tx, id);
    return written ? done(written) : refused("not_found");
  });
}

async function findTrip(tx: Tx, caseId: string): Promise<string | null> {
  const booking = await tx.booking.findFirst({
    where: { caseId, state: { in: ["confirmed", "completed"] } },
    orderBy: { id: "desc" },
    select: { id: true },
  });
  return booking?.id ?? null;
}
