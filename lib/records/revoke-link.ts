import "server-only";
import type { Coordinator, Patient } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { casesWithLinksOf } from "./scope";

/** Closes a link at once, also for bytes that are on their way. What came whole before stays. */
export function revokeLink(
  maker: Patient | Coordinator,
  caseId: string,
  linkId: string,
  now: Date,
): Promise<Outcome<null, "not_found">> {
  return asPerson(maker, async (tx) => {
    const where = { AND: [{ id: linkId, caseId }, { case: casesWithLinksOf(maker) }] };
    const found = await tx.uploadLink.findFirst({ where, select: { id: true } });
    if (!found) return refused("not_found");
    const { count } = await tx.uploadLink.updateMany({
      where: { AND: [{ revokedAt: null }, where] },
      data: { revokedAt: now },
    });
    const about = { caseId, objectType: "upload_link", objectId: linkId };
    if (count > 0) await writeAudit(tx, maker, "upload_link.revoked", about);
    return done(null);
  });
}
