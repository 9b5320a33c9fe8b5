import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { claimTrip } from "@/lib/bookings/claim-trip";
import { asPerson, type Tx } from "@/lib/infra/db";
import { recalledReleasePostings } from "./ledger";
import { postLedger } from "./post-ledger";

type Refusal = "not_found" | "same_person" | "illegal_transition" | "recall_stale";

/**
 * The second person says yes: the money is held for the patient again, by entries of its own, and what was delivered can be
 * proposed anew. What was paid between the two words is recalled as paid or not at all.
 */
export async function confirmRecall(
  finance: Finance,
  id: string,
  now: Date,
): Promise<Outcome<{ id: string }, Refusal>> {
  return asPerson(finance, async (tx) => {
    const named = await tx.releaseRecall.findUnique({ where: { id }, select: { bookingId: true } });
    if (!named || !(await claimTrip(tx, named.bookingId))) return refused("not_found");
    const recall = await tx.releaseRecall.findUniqueOrThrow({ where: { id }, include: { release: true } });
    if (recall.proposedById === finance.personId) return refused("same_person");
    const { release, releaseId, kind, caseId } = recall;
    if (recall.state !== "proposed") return refused("illegal_transition", { from: recall.state });
    if (release.state !== (kind === "returned" ? "paid" : "approved")) return refused("recall_stale");
    const { count } = await tx.releaseRecall.updateMany({
      where: { id, state: "proposed", proposedById: { not: finance.personId } },
      data: { state: "confirmed", answeredById: finance.personId, answeredAt: now },
    });
    if (count === 0) return refused("illegal_transition");
    // The booking is taken, so nobody pays or ends the release meanwhile.
    await tx.release.updateMany({
      where: { id: releaseId, state: release.state },
      data: { state: kind, recalledById: finance.personId, recalledAt: now },
    });
    await tx.releaseLine.updateMany({ where: { releaseId }, data: { isLive: false } });
    await bookBack(tx, finance, { ...recall, release });
    const audit = { caseId, objectType: "release", objectId: releaseId };
    await writeAudit(tx, finance, `release.${kind}`, audit);
    return done({ id });
  });
}

interface ConfirmedRecall {
  kind: "withdrawn" | "returned";
  reason: string;
  evidence: string | null;
  release: {
    id: string;
    bookingId: string;
    caseId: string;
    contract: "A" | "B";
    currency: string;
    amountMinor: bigint;
    taxMinor: bigint;
  };
}

async function bookBack(tx: Tx, finance: Finance, recall: ConfirmedRecall): Promise<void> {
  const { kind, reason, evidence, release } = recall;
  const { id, bookingId, caseId, contract, currency } = release;
  await postLedger(
    tx,
    {
      ...{ kind: `release_${kind}`, reference: `release:${id}:${kind}`, bookingId, caseId, currency },
      ...{ memo: evidence ?? reason, actorId: finance.personId },
    },
    recalledReleasePostings(contract, release, kind === "returned"),
  );
}
