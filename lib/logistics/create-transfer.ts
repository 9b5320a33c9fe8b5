import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { findLiveBooking } from "./read-part";
import type { CreateTransferForm } from "./forms";
import type { TransferRow } from "./queries";

/** Asks for one more ride of a booking. It has no driver until one is assigned. */
export async function createTransfer(
  coordinator: Coordinator,
  form: CreateTransferForm,
): Promise<Outcome<TransferRow, "not_found" | "booking_cancelled">> {
  return asPerson(coordinator, async (tx) => {
    const booking = await findLiveBooking(tx, form.bookingId);
    if (!booking.ok) return booking;
    const { caseId, timeZone } = booking.value;
    const { meetingPoint, flight, terminal, ...asked } = form;
    const created = await tx.transfer.create({
      data: {
        id: newId(),
        caseId,
        timeZone,
        ...asked,
        meetingPoint: meetingPoint ?? null,
        flight: flight ?? null,
        terminal: terminal ?? null,
      },
    });
    await writeAudit(tx, coordinator, "transfer.requested", {
      caseId,
      objectType: "transfer",
      objectId: created.id,
    });
    return done(created);
  });
}
