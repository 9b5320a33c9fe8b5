import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { claimTrip } from "@/lib/bookings/claim-trip";
import { asPerson } from "@/lib/infra/db";
import { approvedReleasePostings } from "./ledger";
import { postLedger, readHeldMoney } from "./post-ledger";

type Refusal = "not_found" | "same_person" | "illegal_transition" | "held_too_little";

/**
 * The second person says yes: the money is no longer held for the patient but owed to whoever delivered. Never more than
 * is held; of two approvals at once one wins.
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
    const held = await readHeldMoney(tx, bookingId);
    const heldMinor = contract === "A" ? held.treatmentMinor : held.servicesMinor;
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
