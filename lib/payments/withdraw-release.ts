import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { claimTrip } from "@/lib/bookings/claim-trip";
import { asPerson } from "@/lib/infra/db";

interface Recall {
  releaseId: string;
  reason: string;
  evidence?: string | undefined;
}

type Refusal = "not_found" | "illegal_transition" | "recall_waits" | "invalid_evidence";

/**
 * Proposes to take an approved release back, or says with the bank's reference that a paid one came back; another person
 * confirms. Meanwhile nobody pays it.
 */
export async function withdrawRelease(
  finance: Finance,
  { releaseId, reason, evidence }: Recall,
  now: Date,
): Promise<Outcome<{ id: string }, Refusal>> {
  return asPerson(finance, async (tx) => {
    const named = await tx.release.findUnique({ where: { id: releaseId }, select: { bookingId: true } });
    if (!named || !(await claimTrip(tx, named.bookingId))) return refused("not_found");
    const { state, bookingId, caseId } = await tx.release.findUniqueOrThrow({ where: { id: releaseId } });
    if (state !== "approved" && state !== "paid") return refused("illegal_transition", { from: state });
    if (state === "paid" && !evidence) return refused("invalid_evidence", { path: "evidence" });
    const id = newId();
    const { count } = await tx.releaseRecall.createMany({
      data: [
        {
          ...{ id, releaseId, bookingId, caseId, reason, proposedById: finance.personId, proposedAt: now },
          ...(state === "paid"
            ? { kind: "returned" as const, evidence: evidence ?? null }
            : { kind: "withdrawn" as const, evidence: null }),
        },
      ],
      skipDuplicates: true,
    });
    if (count === 0) return refused("recall_waits");
    const audit = { caseId, objectType: "release", objectId: releaseId };
    await writeAudit(tx, finance, "release.recall_proposed", audit);
    return done({ id });
  });
}
