import "server-only";
import type { Coordinator, Patient } from "@/lib/kernel/actor";
import { done, type Outcome, refused } from "@/lib/kernel/outcome";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { CancelCaseForm } from "./forms";
import { endSharing, hasLiveBooking } from "./end-sharing";
import { moveCase } from "./move-case";
import { isOwnCase, lockedCase } from "./queries";

type Refusal = "not_found" | "forbidden" | "illegal_transition" | "booking_live";

/** Ends a case before treatment. A booking is cancelled first, on its own page, where its refund is shown. */
export async function cancelCase(
  actor: Patient | Coordinator,
  caseId: string,
  form: CancelCaseForm,
  now: Date,
): Promise<Outcome<{ id: string }, Refusal>> {
  return asPerson(actor, async (tx) => {
    const found = await lockedCase(tx, actor, caseId);
    if (!found) return refused("not_found");
    if (!(await mayCancel(tx, actor, found))) return refused("forbidden");
    if (await hasLiveBooking(tx, caseId)) return refused("booking_live");
    const moved = await moveCase(tx, actor, { caseId, to: "cancelled", cancelCause: form.cause }, now);
    if (!moved.ok) return moved;
    await endSharing(tx, caseId, null, now);
    await tx.task.updateMany({ where: { caseId, state: "open" }, data: { state: "cancelled", doneAt: now } });
    return done({ id: caseId });
  });
}

async function mayCancel(
  tx: Tx,
  actor: Patient | Coordinator,
  found: { id: string; ownerId: string | null },
): Promise<boolean> {
  if (actor.role === "coordinator") return found.ownerId === actor.personId;
  return isOwnCase(tx, actor, found.id);
}
