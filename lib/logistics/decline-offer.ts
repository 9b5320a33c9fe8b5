import "server-only";
import type { Coordinator, Patient } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { noteCaseEvent } from "@/lib/cases/move-case";
import { claimCase, decidesFor } from "@/lib/estimates/claim-case";
import { asPerson } from "@/lib/infra/db";
import { readOfferOwner, readWaiting, type WaitingFacts } from "./read-waiting";
import { setWaitingStep } from "./set-waiting-step";

type Refusal = "not_found" | "forbidden" | "offer_over";

/** Says no to an offered day: the next in order is offered it in the same act. The turn stays, for every other day. */
export async function declineOffer(
  actor: Patient | Coordinator,
  offerId: string,
  now: Date,
): Promise<Outcome<WaitingFacts, Refusal>> {
  return asPerson(actor, async (tx) => {
    const entry = await readOfferOwner(tx, actor, offerId);
    const taken = entry && (await claimCase(tx, entry.caseId));
    if (!entry || !taken) return refused("not_found");
    if (actor.role === "patient" && !(await decidesFor(tx, actor.personId, taken)))
      return refused("forbidden");
    const rows = await tx.$queryRaw<{ ended: boolean }[]>`
      SELECT end_offer(${offerId}::uuid, 'declined') AS ended`;
    if (rows[0]?.ended !== true) return refused("offer_over");
    const { id, caseId } = entry;
    await writeAudit(tx, actor, "waiting.declined", {
      caseId,
      objectType: "waiting_offer",
      objectId: offerId,
    });
    await noteCaseEvent(tx, actor, { caseId, kind: "waiting_declined" });
    await setWaitingStep(tx, caseId, now);
    const after = await readWaiting(tx, actor, id);
    return after ? done(after) : refused("not_found");
  });
}
