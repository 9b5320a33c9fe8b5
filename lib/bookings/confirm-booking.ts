import "server-only";
import type { ClinicManager } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { moveCase, noteCaseEvent } from "@/lib/cases/move-case";
import { claimCase } from "@/lib/estimates/claim-case";
import { asPerson, type Tx } from "@/lib/infra/db";
import { enqueue } from "@/lib/infra/jobs";
import { notify } from "@/lib/infra/events";
import { queueMail } from "@/lib/infra/mailer";
import { type BookingFacts, readBooking } from "./queries";

type Refusal = "not_found" | "forbidden" | "not_paid" | "illegal_transition" | "day_changed";

/**
 * The centre confirms the date and countersigns contract A; the case goes on to `preparing`. `seenSlotId` is the day it
 * had before its eyes: one the patient moved to meanwhile is not confirmed unseen.
 */
export async function confirmBooking(
  manager: ClinicManager,
  bookingId: string,
  now: Date,
  seenSlotId: string | null = null,
): Promise<Outcome<BookingFacts, Refusal>> {
  return asPerson(manager, async (tx) => {
    const seen = await readBooking(tx, manager, bookingId);
    if (!seen) return refused("not_found");
    // Without a live consent the centre no longer reaches the case; the booking alone is not enough to go on.
    const taken = await claimCase(tx, seen.caseId);
    if (!taken) return refused("forbidden");
    // Whoever moved it meanwhile held the case.
    const found = await readBooking(tx, manager, bookingId);
    if (!found) return refused("not_found");
    if (seenSlotId !== null && seenSlotId !== found.slotId) return refused("day_changed");
    if (found.state === "held" || found.state === "awaiting_deposit") return refused("not_paid");
    if (found.state !== "awaiting_centre" || taken.stage !== "contracting") {
      return refused("illegal_transition", { from: found.state, event: "confirm" });
    }
    const { count } = await tx.booking.updateMany({
      where: { id: bookingId, slotId: found.slotId, state: "awaiting_centre" },
      data: { state: "confirmed", confirmedAt: now, confirmedById: manager.personId },
    });
    if (count === 0) return refused("illegal_transition", { from: found.state, event: "confirm" });
    await tx.contract.updateMany({
      where: { bookingId, kind: "A", countersignedAt: null },
      data: { countersignedAt: now, countersignedName: manager.name, countersignedById: manager.personId },
    });
    const countersigned = found.contracts.find((contract) => contract.kind === "A");
    if (countersigned) await enqueue(tx, "document.contract", { contractId: countersigned.id });
    const { caseId } = found;
    await writeAudit(tx, manager, "booking.confirmed", {
      caseId,
      objectType: "booking",
      objectId: bookingId,
    });
    await noteCaseEvent(tx, manager, { caseId, kind: "booking_confirmed" });
    const moved = await moveCase(tx, manager, { caseId, to: "preparing", from: ["contracting"] }, now);
    if (!moved.ok) throw new Error("The case left its stage while it was locked.");
    await tell(tx, found);
    const confirmed = await readBooking(tx, manager, bookingId);
    return confirmed ? done(confirmed) : refused("not_found");
  });
}

async function tell(tx: Tx, booking: BookingFacts): Promise<void> {
  await notify(tx, { kind: "booking", caseId: booking.caseId, bookingId: booking.id });
  const patient = await tx.person.findUnique({
    where: { id: booking.patientId },
    select: { email: true, locale: true, erasedAt: true },
  });
  if (!patient || patient.erasedAt) return;
  const { email: to, locale } = patient;
  await queueMail(tx, {
    to,
    locale,
    template: "case_news",
    path: `/${locale}/my/cases/${booking.caseId}/booking`,
  });
}
