import "server-only";
import type { Admin, Coordinator } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { revisionsOf } from "./scope";

/** Says no to a whole proposal; the public page stays, and the centre's next draft begins from it. */
export async function rejectRevision(
  approver: Admin | Coordinator,
  id: string,
  reason: string,
  now: Date,
): Promise<Outcome<{ revisionId: string }, "not_found" | "illegal_transition" | "own_work">> {
  return asPerson(approver, async (tx) => {
    const revision = await tx.listingRevision.findFirst({
      where: { AND: [{ id }, revisionsOf(approver)] },
      select: { authorId: true },
    });
    if (revision === null) return refused("not_found");
    if (revision.authorId === approver.personId) return refused("own_work");
    const { count } = await tx.listingRevision.updateMany({
      where: { AND: [{ id, state: "submitted" }, revisionsOf(approver)] },
      data: { state: "rejected", reason, decidedById: approver.personId, decidedAt: now },
    });
    if (count === 0) return refused("illegal_transition");
    await writeAudit(tx, approver, "listing.rejected", { objectType: "listing_revision", objectId: id });
    return done({ revisionId: id });
  });
}
