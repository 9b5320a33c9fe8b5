import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { done, type Outcome, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";
import { noteCaseEvent } from "./move-case";
import { isOwnCase } from "./queries";
import { casesOf } from "./scope";

/**
 * Ends somebody's help, however they were let in, or an invitation nobody accepted yet. From this moment they see nothing
 * of the case.
 */
export async function revokeAccess(
  patient: Patient,
  caseId: string,
  accessId: string,
  now: Date,
): Promise<Outcome<{ id: string }, "not_found" | "forbidden">> {
  return asPerson(patient, async (tx) => {
    const found = await tx.caseInvitation.findFirst({
      where: { AND: [{ id: accessId, caseId }, { case: casesOf(patient) }] },
      select: { id: true, personId: true },
    });
    if (!found) return closeDoor(tx, patient, { caseId, accessId }, now);
    if (!(await isOwnCase(tx, patient, caseId))) return refused("forbidden");
    const { count } = await tx.caseInvitation.updateMany({
      where: { id: accessId, caseId, revokedAt: null, personId: found.personId },
      data: { revokedAt: now },
    });
    if (count === 0) return done({ id: found.id });
    if (found.personId) {
      await tx.caseAccess.updateMany({
        where: { caseId, personId: found.personId, revokedAt: null, NOT: { scopes: { has: "owner" } } },
        data: { revokedAt: now },
      });
      await noteCaseEvent(tx, patient, { caseId, kind: "companion_left" });
    }
    await writeAudit(tx, patient, "access.revoked", { caseId, objectType: "invitation", objectId: found.id });
    return done({ id: found.id });
  });
}

/** Somebody who was let in without an invitation: their door itself is named. */
async function closeDoor(
  tx: Tx,
  patient: Patient,
  { caseId, accessId }: { caseId: string; accessId: string },
  now: Date,
): Promise<Outcome<{ id: string }, "not_found" | "forbidden">> {
  const helper = {
    id: accessId,
    caseId,
    personId: { not: null },
    NOT: { scopes: { has: "owner" as const } },
  };
  const found = await tx.caseAccess.count({ where: { AND: [helper, { case: casesOf(patient) }] } });
  if (found === 0) return refused("not_found");
  if (!(await isOwnCase(tx, patient, caseId))) return refused("forbidden");
  const { count } = await tx.caseAccess.updateMany({
    where: { ...helper, revokedAt: null },
    data: { revokedAt: now },
  });
  if (count > 0) {
    await noteCaseEvent(tx, patient, { caseId, kind: "companion_left" });
    await writeAudit(tx, patient, "access.revoked", { caseId, objectType: "access", objectId: accessId });
  }
  return done({ id: accessId });
}
