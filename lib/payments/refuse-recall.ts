import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";

/** Says that a release stands after all; whoever wanted it back may take that word back this way. */
export async function refuseRecall(
  finance: Finance,
  id: string,
  now: Date,
): Promise<Outcome<{ id: string }, "not_found" | "illegal_transition">> {
  return asPerson(finance, async (tx) => {
    const recall = await tx.releaseRecall.findUnique({ where: { id } });
    if (!recall) return refused("not_found");
    const { count } = await tx.releaseRecall.updateMany({
      where: { id, state: "proposed" },
      data: { state: "refused", answeredById: finance.personId, answeredAt: now },
    });
    if (count === 0) return refused("illegal_transition");
    const { caseId, releaseId } = recall;
    const audit = { caseId, objectType: "release", objectId: releaseId };
    await writeAudit(tx, finance, "release.recall_refused", audit);
    return done({ id });
  });
}
