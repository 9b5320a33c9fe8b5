import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { lockedOpinion } from "@/lib/reviews/claim-opinion";
import { paidReleasePostings } from "./ledger";
import { postLedger } from "./post-ledger";

/** The fee of a second opinion was paid to its centre through the bank, by somebody else than who released it. */
export function payOpinion(
  finance: Finance,
  opinionId: string,
  bankReference: string,
  now: Date,
): Promise<Outcome<{ id: string }, "not_found" | "same_person" | "illegal_transition">> {
  return asPerson(finance, async (tx) => {
    const found = await lockedOpinion(tx, finance, opinionId);
    if (!found) return refused("not_found");
    if (found.state === "released" && found.releasedById === finance.personId) return refused("same_person");
    const { caseId, currency, feeMinor, number, payoutsReturned } = found;
    // Paid anew after the bank sent it back, it is booked anew.
    const time = payoutsReturned === 0 ? "" : `:${payoutsReturned + 1}`;
    const { count } = await tx.secondOpinion.updateMany({
      where: { id: opinionId, state: "released", releasedById: { not: finance.personId } },
      data: { state: "paid_out", paidOutById: finance.personId, paidOutAt: now, bankReference },
    });
    if (count === 0) return refused("illegal_transition", { from: found.state, to: "paid_out" });
    await postLedger(
      tx,
      {
        ...{ kind: "release_paid", reference: `opinion:${opinionId}:paid_out${time}`, memo: number },
        ...{ bookingId: null, opinionId, actorId: finance.personId, currency },
      },
      paidReleasePostings("A", feeMinor),
    );
    await writeAudit(tx, finance, "opinion.paid_out", { caseId, objectType: "opinion", objectId: opinionId });
    return done({ id: opinionId });
  });
}
