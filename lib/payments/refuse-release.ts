import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { claimTrip } from "@/lib/bookings/claim-trip";
import { asPerson } from "@/lib/infra/db";

/** Says no to a proposed release; what was in it can be proposed again. Whoever proposed it may take it back this way. */
export async function refuseRelease(
  finance: Finance,
  { releaseId: id, reason }: { releaseId: string; reason: string },
  now: Date,
): Promise<Outcome<{ id: string }, "not_found" | "illegal_transition">> {
  return asPerson(finance, async (tx) => {
    const release = await tx.release.findUnique({ where: { id }, select: { bookingId: true, caseId: true } });
    if (!release || !(await claimTrip(tx, release.bookingId))) return refused("not_found");
    const { count } = await tx.release.updateMany({
      where: { id, state: "proposed" },
      data: { state: "refused", refusedById: finance.personId, refusedReason: reason, refusedAt: now },
    });
    if (count === 0) return refused("illegal_transition");
    await tx.releaseLine.updateMany({ where: { releaseId: id }, data: { isLive: false } });
    const audit = { caseId: release.caseId, objectType: "release", objectId: id };
    await writeAudit(tx, finance, "release.refused", audit);
    return done({ id });
  });
}
