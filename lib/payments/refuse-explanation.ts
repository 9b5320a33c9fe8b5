import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";

/** Says no to what somebody took a movement for; whoever said it may take it back this way. The movement stays open. */
export async function refuseExplanation(
  finance: Finance,
  id: string,
  now: Date,
): Promise<Outcome<{ id: string }, "not_found" | "illegal_transition">> {
  return asPerson(finance, async (tx) => {
    const explanation = await tx.movementExplanation.findUnique({ where: { id } });
    if (!explanation) return refused("not_found");
    const { count } = await tx.movementExplanation.updateMany({
      where: { id, state: "proposed" },
      data: { state: "refused", answeredById: finance.personId, answeredAt: now },
    });
    if (count === 0) return refused("illegal_transition");
    const audit = { objectType: "movement", objectId: explanation.movementId };
    await writeAudit(tx, finance, "movement.explanation_refused", audit);
    return done({ id });
  });
}
