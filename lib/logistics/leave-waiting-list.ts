import "server-only";
import type { Coordinator, Patient } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { noteCaseEvent } from "@/lib/cases/move-case";
import { claimCase, decidesFor } from "@/lib/estimates/claim-case";
import { asPerson } from "@/lib/infra/db";
import { readWaiting, type WaitingFacts } from "./read-waiting";
import { setWaitingStep } from "./set-waiting-step";

type Refusal = "not_found" | "forbidden" | "illegal_transition";

/** Ends an entry at any time. A day that is kept for it goes to the next in order in the same act. */
export async function leaveWaitingList(
  actor: Patient | Coordinator,
  entryId: string,
  now: Date,
): Promise<Outcome<WaitingFacts, Refusal>> {
  return asPerson(actor, async (tx) => {
    const seen = await readWaiting(tx, actor, entryId);
    const taken = seen && (await claimCase(tx, seen.caseId));
    if (!seen || !taken) return refused("not_found");
    if (actor.role === "patient" && !(await decidesFor(tx, actor.personId, taken)))
      return refused("forbidden");
    const cause = actor.role === "patient" ? "patient_left" : "desk_ended";
    const end = async () => {
      const rows = await tx.$queryRaw<{ ended: boolean | null }[]>`
        SELECT end_waiting(${entryId}::uuid, ${cause}, ${now}) AS ended`;
      return rows[0]?.ended ?? null;
    };
    if (((await end()) ?? (await end())) !== true)
      return refused("illegal_transition", { from: seen.state, event: "leave" });
    const { caseId } = seen;
    await writeAudit(tx, actor, "waiting.left", { caseId, objectType: "waiting_entry", objectId: entryId });
    await noteCaseEvent(tx, actor, { caseId, kind: "waiting_left" });
    await setWaitingStep(tx, taken.id, now);
    const after = await readWaiting(tx, actor, entryId);
    return after ? done(after) : refused("not_found");
  });
}
