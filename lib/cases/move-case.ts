import "server-only";
import type { Actor } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Tx } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import { type CaseStage, isEnded, isPastUrgency, type NextStep, nextStepOf, stagesBefore } from "./case";

export interface Move {
  caseId: string;
  to: CaseStage;
  /** Narrower than the machine's own list, when the verb knows better. */
  from?: readonly CaseStage[];
  note?: string;
  next?: NextStep;
  /** The coordinator who owns the case from now on. */
  ownerId?: string;
  cancelCause?: string;
}

/**
 * Moves a case to another stage inside the caller's transaction: stage, next step, timeline and audit together.
 * The old stage stands in the `where`, so of two movers at once one is refused with `illegal_transition`.
 */
export async function moveCase(
  tx: Tx,
  actor: Actor,
  move: Move,
  now: Date,
): Promise<Outcome<{ from: CaseStage }, "illegal_transition" | "not_found">> {
  const found = await tx.case.findUnique({
    where: { id: move.caseId },
    select: { stage: true, urgent: true, submittedAt: true, firstAnsweredAt: true },
  });
  if (!found) return refused("not_found");
  const from = found.stage;
  const allowed = move.from ?? stagesBefore(move.to);
  if (!allowed.includes(from)) return refused("illegal_transition", { from, to: move.to });
  const facts = {
    ...found,
    dischargedAt: move.to === "settling" ? await readDischarge(tx, move.caseId) : null,
  };
  const next = isEnded(move.to) ? null : (move.next ?? nextStepOf(move.to, now, facts));
  const { count } = await tx.case.updateMany({
    where: { id: move.caseId, stage: from },
    data: {
      stage: move.to,
      version: { increment: 1 },
      waitingOn: next?.waitingOn ?? "nobody",
      nextAction: next?.nextAction ?? null,
      nextDueAt: next?.nextDueAt ?? null,
      clockPausedAt: next?.waitingOn === "patient" ? now : null,
      closedAt: isEnded(move.to) ? now : null,
      // A case that goes on rests no more: its new step has a due time of its own.
      holdUntil: null,
      holdReason: null,
      ...(isPastUrgency(move.to) ? { urgent: false } : {}),
      // The clock of the first answer runs from when the patient sent the case, also when its owner gives it back.
      ...(move.to === "submitted"
        ? { submittedAt: found.submittedAt ?? now, ownerKind: "on_call" as const, ownerId: null }
        : {}),
      ...(move.ownerId ? { ownerKind: "coordinator" as const, ownerId: move.ownerId } : {}),
      ...(move.cancelCause ? { cancelCause: move.cancelCause } : {}),
    },
  });
  if (count === 0) return refused("illegal_transition", { from, to: move.to });
  await noteCaseEvent(tx, actor, {
    caseId: move.caseId,
    kind: "stage",
    from,
    to: move.to,
    note: move.note ?? null,
  });
  await writeAudit(tx, actor, "case.stage", {
    caseId: move.caseId,
    objectType: "case",
    objectId: move.caseId,
    facts: { from, to: move.to },
  });
  return done({ from });
}

async function readDischarge(tx: Tx, caseId: string): Promise<Date | null> {
  const { _max } = await tx.caseEvent.aggregate({
    where: { caseId, kind: "stage", toStage: "discharged" },
    _max: { at: true },
  });
  return _max.at;
}

export interface CaseNote {
  caseId: string;
  /** A code the timeline turns into a sentence: "record_accepted", "estimate_sent". */
  kind: string;
  from?: CaseStage;
  to?: CaseStage;
  note?: string | null;
}

/** Adds a line to the timeline and tells open screens of this case to look again. */
export async function noteCaseEvent(tx: Tx, actor: Actor, event: CaseNote): Promise<void> {
  await tx.caseEvent.createMany({ data: [caseEventRow(actor, event)] });
  await notify(tx, { kind: "case", caseId: event.caseId });
}

/** The line itself, for an act the database writes whole. */
export function caseEventRow(actor: Actor, event: CaseNote) {
  return {
    id: newId(),
    caseId: event.caseId,
    kind: event.kind,
    fromStage: event.from ?? null,
    toStage: event.to ?? null,
    actorRole: actor.role,
    // Valvia itself has no name here; whoever sends by a link has the one it was made for.
    actorName: actor.role !== "system" && "name" in actor ? actor.name : null,
    note: event.note ?? null,
  };
}

/** Sets who acts next without a change of stage. */
export async function setNextStep(tx: Tx, caseId: string, next: NextStep, now: Date): Promise<void> {
  await tx.case.updateMany({
    where: { id: caseId },
    data: { ...next, version: { increment: 1 }, clockPausedAt: next.waitingOn === "patient" ? now : null },
  });
}
