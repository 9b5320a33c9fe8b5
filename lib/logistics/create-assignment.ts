import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import type { CreateAssignmentForm } from "./forms";
import type { AssignmentRow } from "./queries";
import { findLiveBooking } from "./read-part";

/** Asks for an interpreter for one more talk of a booking. */
export async function createAssignment(
  coordinator: Coordinator,
  form: CreateAssignmentForm,
): Promise<Outcome<AssignmentRow, "not_found" | "booking_cancelled">> {
  return asPerson(coordinator, async (tx) => {
    const booking = await findLiveBooking(tx, form.bookingId);
    if (!booking.ok) return booking;
    const { caseId, timeZone } = booking.value;
    const { genderWish, ...asked } = form;
    const created = await tx.interpreterAssignment.create({
      data: { id: newId(), caseId, timeZone, ...asked, genderWish: genderWish ?? null },
    });
    const about = { caseId, objectType: "interpreter_assignment", objectId: created.id };
    await writeAudit(tx, coordinator, "interpreter_assignment.requested", about);
    return done(created);
  });
}
