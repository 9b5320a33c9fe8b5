import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { done, type Outcome, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";
import { isEnded } from "./case";
import type { AssignCaseForm } from "./forms";
import { moveCase, noteCaseEvent } from "./move-case";
import { absenceOf, lockedCase } from "./queries";

type Refusal = "not_found" | "illegal_transition" | "invalid_coordinator";

/** Gives a case to a named coordinator; a submitted one is thereby in triage. */
export async function assignCase(
  coordinator: Coordinator,
  caseId: string,
  form: AssignCaseForm,
  now: Date,
): Promise<Outcome<{ id: string }, Refusal>> {
  return asPerson(coordinator, async (tx) => {
    const found = await lockedCase(tx, coordinator, caseId);
    if (!found) return absenceOf(tx, caseId);
    const ownerId = await coordinatorNamed(tx, form);
    if (!ownerId)
      return refused("invalid_coordinator", { path: form.coordinatorId ? "coordinatorId" : "email" });
    if (isEnded(found.stage)) return refused("illegal_transition", { from: found.stage });
    if (found.ownerId === ownerId) return done({ id: caseId });
    if (found.stage === "submitted") {
      const moved = await moveCase(tx, coordinator, { caseId, to: "triage", ownerId }, now);
      if (!moved.ok) return moved;
    } else {
      await tx.case.updateMany({
        where: { id: caseId, stage: found.stage, ownerId: found.ownerId },
        data: { ownerKind: "coordinator", ownerId, version: { increment: 1 } },
      });
      await noteCaseEvent(tx, coordinator, { caseId, kind: "assigned" });
    }
    await writeAudit(tx, coordinator, "case.assigned", {
      caseId,
      objectType: "case",
      objectId: caseId,
      facts: { from: found.ownerId, to: ownerId },
    });
    return done({ id: caseId });
  });
}

async function coordinatorNamed(tx: Tx, form: AssignCaseForm): Promise<string | null> {
  const who = form.coordinatorId ? { id: form.coordinatorId } : { email: form.email ?? "" };
  const found = await tx.person.findFirst({
    where: { ...who, roles: { has: "coordinator" }, erasedAt: null },
    select: { id: true },
  });
  return found?.id ?? null;
}
