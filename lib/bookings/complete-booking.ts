import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import type { CaseStage } from "@/lib/cases/case";
import { noteCaseEvent } from "@/lib/cases/move-case";
import { claimCase } from "@/lib/estimates/claim-case";
import { asPerson } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import { type BookingFacts, readBooking } from "./queries";

const AFTER_DISCHARGE: readonly CaseStage[] = ["discharged", "settling", "aftercare", "closed"];

/** The trip is over: everything booked was done or settled. Only once the patient has been discharged. */
export async function completeBooking(
  coordinator: Coordinator,
  bookingId: string,
  now: Date,
): Promise<Outcome<BookingFacts, "not_found" | "illegal_transition">> {
  return asPerson(coordinator, async (tx) => {
    const found = await readBooking(tx, coordinator, bookingId);
    const taken = found && (await claimCase(tx, found.caseId));
    if (!found || !taken) return refused("not_found");
    const { count } = AFTER_DISCHARGE.includes(taken.stage)
      ? await tx.booking.updateMany({
          where: { id: bookingId, state: "confirmed" },
          data: { state: "completed", completedAt: now },
        })
      : { count: 0 };
    if (count === 0) return refused("illegal_transition", { from: found.state, event: "complete" });
    const { caseId } = found;
    await writeAudit(tx, coordinator, "booking.completed", {
      caseId,
      objectType: "booking",
      objectId: bookingId,
    });
    await noteCaseEvent(tx, coordinator, { caseId, kind: "booking_completed" });
    await notify(tx, { kind: "booking", caseId, bookingId });
    const completed = await readBooking(tx, coordinator, bookingId);
    return completed ? done(completed) : refused("not_found");
  });
}
