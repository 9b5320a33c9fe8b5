import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { claimTrip } from "@/lib/bookings/claim-trip";
import { asPerson } from "@/lib/infra/db";
import { paidReleasePostings } from "./ledger";
import { postLedger } from "./post-ledger";
import { payableOf } from "./release";

/** Writes down that an approved release left the bank, with the bank's reference; told twice, booked once. */
export async function payRelease(
  finance: Finance,
  { releaseId: id, bankReference }: { releaseId: string; bankReference: string },
  now: Date,
): Promise<Outcome<{ id: string }, "not_found" | "illegal_transition" | "recall_waits">> {
  return asPerson(finance, async (tx) => {
    const release = await tx.release.findUnique({ where: { id } });
    if (!release || !(await claimTrip(tx, release.bookingId))) return refused("not_found");
    const isRecalled = (await tx.releaseRecall.count({ where: { releaseId: id, state: "proposed" } })) > 0;
    if (isRecalled) return refused("recall_waits");
    const { count } = await tx.release.updateMany({
      where: { id, state: "approved" },
      data: { state: "paid", paidById: finance.personId, paidAt: now, bankReference },
    });
    if (count === 0) return refused("illegal_transition");
    const { bookingId, caseId, contract, currency } = release;
    await postLedger(
      tx,
      {
        ...{ kind: "release_paid", reference: `release:${id}:paid`, bookingId, caseId, currency },
        ...{ memo: bankReference, actorId: finance.personId },
      },
      paidReleasePostings(contract, payableOf(release)),
    );
    await writeAudit(tx, finance, "release.paid", { caseId, objectType: "release", objectId: id });
    return done({ id });
  });
}
