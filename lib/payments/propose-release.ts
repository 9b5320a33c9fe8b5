import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { sumMinor } from "@/lib/kernel/money";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { claimTrip } from "@/lib/bookings/claim-trip";
import { asPerson } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { findPayee } from "./find-payee";
import type { ProposeReleaseForm } from "./forms";
import { readReleasable } from "./read-releasable";
import { releaseKey } from "./release";

/**
 * Proposes to pass on what was delivered and proven, exactly as it was shown; another person approves. Where no supplier is
 * known whoever proposes names the payee. Finance reaches no ride: the system reads the proof, the audit row names the person.
 */
export async function proposeRelease(
  finance: Finance,
  form: ProposeReleaseForm,
  now: Date,
): Promise<Outcome<{ id: string }, "not_found" | "release_stale" | "payee_missing" | "payee_ambiguous">> {
  const { bookingId, contract, payee, key } = form;
  return asPerson(systemActor("releases"), async (tx) => {
    if (!(await claimTrip(tx, bookingId))) return refused("not_found");
    const { due } = await readReleasable(tx, [bookingId]);
    const group = due.find((one) => one.contract === contract && releaseKey(one) === key);
    if (!group) return refused("release_stale");
    const named = await findPayee(tx, group, payee);
    if (!named.ok) return named;
    const { caseId, currency, lines } = group;
    const id = newId();
    await tx.release.createMany({
      data: [
        {
          ...{ id, bookingId, caseId, contract, currency, ...named.value },
          amountMinor: sumMinor(lines.map((line) => line.amountMinor)),
          taxMinor: sumMinor(lines.map((line) => line.taxMinor)),
          ...{ proposedById: finance.personId, proposedAt: now },
        },
      ],
    });
    await tx.releaseLine.createMany({
      data: lines.map((line) => ({ id: newId(), releaseId: id, bookingId, caseId, ...line })),
    });
    await writeAudit(tx, finance, "release.proposed", { caseId, objectType: "release", objectId: id });
    return done({ id });
  });
}
