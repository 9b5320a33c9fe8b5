import "server-only";
import type { Admin, Coordinator } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import type { RequestChangesForm } from "./forms/listing";
import { revisionsOf } from "./scope";

export type RevisionNo = Outcome<{ revisionId: string }, "not_found" | "illegal_transition" | "own_work">;

/** A proposal that is not published as it is: the page the public sees stays, and the next draft begins from it. */
export async function answerRevision(
  approver: Admin | Coordinator,
  id: string,
  answer: { state: "changes_asked" | "rejected" } & Partial<RequestChangesForm>,
  now: Date,
): Promise<RevisionNo> {
  return asPerson(approver, async (tx) => {
    const revision = await tx.listingRevision.findFirst({
      where: { AND: [{ id }, revisionsOf(approver)] },
      select: { authorId: true },
    });
    if (revision === null) return refused("not_found");
    if (revision.authorId === approver.personId) return refused("own_work");
    const { state, reason, remarks } = answer;
    const { count } = await tx.listingRevision.updateMany({
      where: { AND: [{ id, state: "submitted" }, revisionsOf(approver)] },
      data: {
        state,
        reason: reason ?? null,
        ...(remarks ? { remarks } : {}),
        decidedById: approver.personId,
        decidedAt: now,
      },
    });
    if (count === 0) return refused("illegal_transition");
    await writeAudit(tx, approver, `listing.${state}`, { objectType: "listing_revision", objectId: id });
    return done({ revisionId: id });
  });
}
