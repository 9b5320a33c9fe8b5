import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { lockedOpinion } from "@/lib/reviews/claim-opinion";
import { approvedReleasePostings } from "./ledger";
import { postLedger } from "./post-ledger";

/**
 * Somebody of finance passes the fee of a delivered second opinion on: it leaves the held money and is owed to the centre. Two
 * signatures of its doctors are the evidence; somebody else pays it through the bank.
 */
export function releaseOpinion(
  finance: Finance,
  opinionId: string,
  now: Date,
): Promise<Outcome<{ id: string }, "not_found" | "illegal_transition">> {
  return asPerson(finance, async (tx) => {
    const found = await lockedOpinion(tx, finance, opinionId);
    if (!found) return refused("not_found");
    const { caseId, currency, feeMinor, number } = found;
    const { count } = await tx.secondOpinion.updateMany({
      where: { id: opinionId, state: "delivered" },
      data: { state: "released", releasedById: finance.personId, releasedAt: now },
    });
    if (count === 0) return refused("illegal_transition", { from: found.state, to: "released" });
    await postLedger(
      tx,
      {
        ...{ kind: "release_approved", reference: `opinion:${opinionId}:released`, memo: number },
        ...{ bookingId: null, opinionId, actorId: finance.personId, currency },
      },
      approvedReleasePostings("A", { amountMinor: feeMinor, taxMinor: 0n }),
    );
    await writeAudit(tx, finance, "opinion.released", { caseId, objectType: "opinion", objectId: opinionId });
    return done({ id: opinionId });
  });
}
