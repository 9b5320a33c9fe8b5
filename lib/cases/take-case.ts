import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { done, type Outcome, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";
import { type Ownership, takeOf } from "./case";
import { moveCase, noteCaseEvent } from "./move-case";
import { absenceOf } from "./queries";
import { casesOf } from "./scope";

/** Makes a coordinator the owner of a case: of a new one, or of one that somebody else had. Both are logged. */
export async function takeCase(
  coordinator: Coordinator,
  caseId: string,
  now: Date,
): Promise<Outcome<{ id: string }, "not_found" | "illegal_transition">> {
  return asPerson(coordinator, async (tx) => {
    const found = await tx.case.findFirst({
      where: { AND: [{ id: caseId }, casesOf(coordinator)] },
      select: { stage: true, ownerId: true, updatedAt: true },
    });
    if (!found) return absenceOf(tx, caseId);
    const take = takeOf(found, coordinator.personId, now);
    if (take === "illegal_transition")
      return refused("illegal_transition", { from: found.stage, to: "triage" });
    if (take === "own_already") return done({ id: caseId });
    const ownerId = coordinator.personId;
    if (take === "take_over") return takeOver(tx, coordinator, caseId, found);
    const moved = await moveCase(
      tx,
      coordinator,
      { caseId, to: "triage", from: ["submitted"], ownerId },
      now,
    );
    if (!moved.ok) return moved;
    await writeAudit(tx, coordinator, "case.taken", { caseId, objectType: "case", objectId: caseId });
    return done({ id: caseId });
  });
}

async function takeOver(
  tx: Tx,
  coordinator: Coordinator,
  caseId: string,
  found: Ownership,
): Promise<Outcome<{ id: string }, "illegal_transition">> {
  const { count } = await tx.case.updateMany({
    where: { id: caseId, stage: found.stage, ownerId: found.ownerId },
    data: { ownerKind: "coordinator", ownerId: coordinator.personId, version: { increment: 1 } },
  });
  if (count === 0) return refused("illegal_transition", { from: found.stage });
  await noteCaseEvent(tx, coordinator, { caseId, kind: "taken_over" });
  await writeAudit(tx, coordinator, "case.taken_over", {
    caseId,
    objectType: "case",
    objectId: caseId,
    facts: { from: found.ownerId },
  });
  return done({ id: caseId });
}
