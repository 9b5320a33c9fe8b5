import "server-only";
import type { Tx } from "@/lib/infra/db";
import type { CaseStage } from "@/lib/cases/case";

export interface ClaimedCase {
  id: string;
  stage: CaseStage;
  patientId: string | null;
  ownerId: string | null;
  country: string | null;
  language: string;
  treatment: string | null;
  contactName: string | null;
}

/**
 * Takes the case for the rest of the transaction, so that decisions about one case happen one after the other.
 * Null when this person may not know the case. Rows that point to the case may still be written by others.
 */
export async function claimCase(tx: Tx, caseId: string): Promise<ClaimedCase | null> {
  const rows = await tx.$queryRaw<ClaimedCase[]>`
    SELECT id, stage::text AS stage, "patientId", "ownerId", country, language, treatment, "contactName"
      FROM "Case" WHERE id = ${caseId}::uuid FOR NO KEY UPDATE`;
  return rows[0] ?? null;
}

/** Whether this private person decides for the case: its patient, or a representative with the same rights. */
export async function decidesFor(
  tx: Tx,
  personId: string,
  one: { id: string; patientId: string | null },
): Promise<boolean> {
  if (one.patientId === personId) return true;
  const door = await tx.caseAccess.findFirst({
    where: {
      caseId: one.id,
      personId,
      scopes: { has: "owner" },
      revokedAt: null,
      OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }],
    },
    select: { id: true },
  });
  return door !== null;
}
