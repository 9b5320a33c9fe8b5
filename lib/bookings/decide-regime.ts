import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { claimCase } from "@/lib/estimates/claim-case";
import { asPerson } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import type { RegimeForm } from "./forms";
import { type BookingFacts, readBooking } from "./queries";

type Refusal = "not_found" | "forbidden" | "illegal_transition";

/**
 * The owner of the case says which travel law a hold falls under, where its lines alone do not tell, and why. It is said once:
 * after it the contracts can be signed, of a package with its cover.
 */
export async function decideRegime(
  coordinator: Coordinator,
  bookingId: string,
  { regime, reason }: RegimeForm,
  now: Date,
): Promise<Outcome<BookingFacts, Refusal>> {
  return asPerson(coordinator, async (tx) => {
    const seen = await readBooking(tx, coordinator, bookingId);
    const taken = seen && (await claimCase(tx, seen.caseId));
    if (!seen || !taken) return refused("not_found");
    if (taken.ownerId !== coordinator.personId) return refused("forbidden");
    const { count } = await tx.booking.updateMany({
      where: { id: bookingId, state: "held", regime: "LEGAL_REVIEW" },
      data: { regime },
    });
    if (count === 0) return refused("illegal_transition", { from: seen.regime, to: regime });
    const { caseId } = seen;
    await tx.task.updateMany({
      where: { caseId, kind: "decide_regime", state: "open" },
      data: { state: "done", doneAt: now, doneById: coordinator.personId },
    });
    await writeAudit(tx, coordinator, "booking.regime", {
      ...{ caseId, objectType: "booking", objectId: bookingId },
      facts: { from: "LEGAL_REVIEW", to: regime, reason },
    });
    await notify(tx, { kind: "booking", caseId, bookingId });
    const decided = await readBooking(tx, coordinator, bookingId);
    return decided ? done(decided) : refused("not_found");
  });
}
