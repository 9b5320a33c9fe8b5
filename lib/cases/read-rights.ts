import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { asPerson } from "@/lib/infra/db";
import { type CaseRights, rightsOf } from "./invitation";

/** What this person may do with a case, by their live door into it: nothing for a stranger. */
export function readRights(patient: Patient, caseId: string, now: Date): Promise<CaseRights> {
  return asPerson(patient, async (tx) => {
    const door = await tx.caseAccess.findFirst({
      where: {
        caseId,
        personId: patient.personId,
        revokedAt: null,
        OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
      },
      select: { scopes: true },
    });
    return rightsOf(door?.scopes ?? []);
  });
}
