import "server-only";
import type { Admin, Coordinator } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import type { RequestChangesForm } from "./forms/listing";
import { revisionsOf } from "./scope";

/** Sends a proposal back with a reason, in general or for single changes; the centre's next draft begins from it. */
export async function requestChanges(
  approver: Admin | Coordinator,
  id: string,
  { reason, remarks }: RequestChangesForm,
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
      data: {
        state: "changes_asked",
        reason: reason ?? null,
        remarks,
        decidedById: approver.personId,
        decidedAt: now,
      },
    });
    if (count === 0) return refused("illegal_transition");
    await writeAudit(tx, approver, "listing.changes_asked", { objectType: "listing_revision", objectId: id });
    return done({ revisionId: id });
  });
}
