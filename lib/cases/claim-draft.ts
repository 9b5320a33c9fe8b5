import "server-only";
import type { DraftHolder, Patient } from "@/lib/kernel/actor";
import { done, type Outcome, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { noteCaseEvent } from "./move-case";

/**
 * Gives a draft to the account its holder opened. From then on the token opens nothing.
 * Neither of the two may see both ends of this change, so the system makes it.
 */
export async function claimDraft(
  patient: Patient,
  holder: DraftHolder,
  now: Date,
): Promise<Outcome<{ id: string }, "not_found">> {
  const { draftTokenHash } = holder;
  return asPerson(systemActor("claim-draft"), async (tx) => {
    const draft = await tx.case.findUnique({ where: { draftTokenHash }, select: { id: true } });
    if (!draft) return refused("not_found");
    const { count } = await tx.case.updateMany({
      where: { id: draft.id, draftTokenHash, patientId: null },
      data: { patientId: patient.personId, draftTokenHash: null, version: { increment: 1 } },
    });
    if (count === 0) return refused("not_found");
    await tx.caseAccess.createMany({
      data: [
        {
          caseId: draft.id,
          personId: patient.personId,
          scopes: ["owner"],
          purpose: "patient",
          grantedAt: now,
        },
      ],
    });
    await tx.consent.updateMany({
      where: { caseId: draft.id, givenById: null },
      data: { givenById: patient.personId },
    });
    await noteCaseEvent(tx, patient, { caseId: draft.id, kind: "claimed" });
    await writeAudit(tx, patient, "case.claimed", {
      caseId: draft.id,
      objectType: "case",
      objectId: draft.id,
    });
    return done({ id: draft.id });
  });
}
