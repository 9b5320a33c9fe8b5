import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { lockedOpinion } from "@/lib/reviews/claim-opinion";
import { paidReleasePostings } from "./ledger";
import { postLedger } from "./post-ledger";

/**
 * The bank sent back what was paid to a centre: the fee is owed to it again, and is paid anew as the first time. Somebody else
 * than who paid it says so, with the bank's reference of what came back.
 */
export function recordPayoutReturn(
  finance: Finance,
  opinionId: string,
  evidence: string,
  now: Date,
): Promise<Outcome<{ id: string }, "not_found" | "same_person" | "illegal_transition">> {
  return asPerson(finance, async (tx) => {
    const found = await lockedOpinion(tx, finance, opinionId);
    if (!found) return refused("not_found");
    if (found.paidOutById === finance.personId) return refused("same_person");
    const { caseId, currency, feeMinor, payoutsReturned, bankReference } = found;
    const { count } = await tx.secondOpinion.updateMany({
      where: { id: opinionId, state: "paid_out", paidOutById: { not: finance.personId } },
      data: {
        ...{ state: "released", paidOutById: null, paidOutAt: null, bankReference: null },
        payoutsReturned: payoutsReturned + 1,
      },
    });
    if (count === 0) return refused("illegal_transition", { from: found.state, to: "released" });
    await postLedger(
      tx,
      {
        ...{
          kind: "payout_returned",
          reference: `opinion:${opinionId}:payout_returned:${payoutsReturned + 1}`,
        },
        ...{ bookingId: null, opinionId, actorId: finance.personId, currency, memo: evidence },
      },
      paidReleasePostings("A", -feeMinor),
    );
    const facts = { bankReference, at: now.toISOString() };
    const audit = { caseId, objectType: "opinion", objectId: opinionId, facts };
    await writeAudit(tx, finance, "opinion.payout_returned", audit);
    return done({ id: opinionId });
  });
}
