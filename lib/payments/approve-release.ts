import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { claimTrip } from "@/lib/bookings/claim-trip";
import { asPerson, type Tx } from "@/lib/infra/db";
import { approvedReleasePostings } from "./ledger";
import { postLedger } from "./post-ledger";
import { readFreeMoney } from "./read-free-money";
import { readNewestAccount } from "./read-releasable";

type Refusal = "not_found" | "same_person" | "illegal_transition" | "release_stale" | "held_too_little";

/**
 * The second person says yes: the money is no longer held for the patient but owed to whoever delivered. Never by an
 * account the hospital has corrected since, and never more than is held and not about to go back to the patient; of two
 * approvals at once one wins.
 */
export async function approveRelease(
  finance: Finance,
  id: string,
  now: Date,
): Promise<Outcome<{ id: string }, Refusal>> {
  return asPerson(finance, async (tx) => {
    const named = await tx.release.findUnique({ where: { id }, select: { bookingId: true } });
    if (!named || !(await claimTrip(tx, named.bookingId))) return refused("not_found");
    const release = await tx.release.findUniqueOrThrow({ where: { id } });
    if (release.proposedById === finance.personId) return refused("same_person");
    const { bookingId, caseId, contract, currency, amountMinor, taxMinor, payee } = release;
    if (release.state !== "proposed")
      return refused("illegal_transition", { from: release.state, to: "approved" });
    if (contract === "A" && !(await isByNewestAccount(tx, { id, bookingId })))
      return refused("release_stale");
    const heldMinor = await readFreeMoney(tx, bookingId, contract);
    if (heldMinor < amountMinor) return refused("held_too_little", { heldMinor: `${heldMinor}` });
    const { count } = await tx.release.updateMany({
      where: { id, state: "proposed", proposedById: { not: finance.personId } },
      data: { state: "approved", approvedById: finance.personId, approvedAt: now },
    });
    if (count === 0) return refused("illegal_transition", { from: release.state, to: "approved" });
    await postLedger(
      tx,
      {
        ...{ kind: "release_approved", reference: `release:${id}:approved`, bookingId, caseId, currency },
        ...{ memo: payee, actorId: finance.personId },
      },
      approvedReleasePostings(contract, { amountMinor, taxMinor }),
    );
    await writeAudit(tx, finance, "release.approved", { caseId, objectType: "release", objectId: id });
    return done({ id });
  });
}

async function isByNewestAccount(tx: Tx, { id, bookingId }: { id: string; bookingId: string }) {
  const account = await readNewestAccount(tx, bookingId);
  const lines = await tx.releaseLine.findMany({ where: { releaseId: id }, select: { evidenceId: true } });
  return account !== null && lines.every((line) => line.evidenceId === account.id);
}
