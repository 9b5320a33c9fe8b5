import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { claimService } from "@/lib/bookings/claim-delivery";
import type { WithdrawMarkForm } from "@/lib/bookings/forms";
import { readBooking } from "@/lib/bookings/queries";
import { readRefundQuote } from "@/lib/bookings/read-refund-quote";
import { CANCEL_CAUSES } from "@/lib/bookings/refund-policy";
import { asPerson, type Tx } from "@/lib/infra/db";
import { isPassedOn } from "./check-change";
import { proposeRest } from "./propose-refunds";

type Refusal = "not_found" | "mark_withdrawn" | "mark_in_use" | "mark_in_refund";

/**
 * Takes a mark back that was made in error, with the reason: the mark stays as it was written and counts no more, and the
 * service may be marked anew. Not once it stands on an invoice or in a release, and not where a refund was counted by it that
 * nobody could ask back. What comes back more without it is proposed at once.
 */
export async function withdrawMark(
  coordinator: Coordinator,
  { markId, reason }: WithdrawMarkForm,
  now: Date,
): Promise<Outcome<{ id: string }, Refusal>> {
  return asPerson(coordinator, async (tx) => {
    const named = await tx.serviceDelivery.findUnique({ where: { id: markId }, select: { serviceId: true } });
    const service = named && (await claimService(tx, named.serviceId));
    if (!service) return refused("not_found");
    const { id: serviceId, bookingId, caseId } = service;
    const mark = await tx.serviceDelivery.findUniqueOrThrow({
      where: { id: markId },
      include: { withdrawal: { select: { id: true } } },
    });
    if (mark.withdrawal) return refused("mark_withdrawn");
    if (await isPassedOn(tx, serviceId)) return refused("mark_in_use");
    if (mark.kind === "kept" && (await isCountedBy(tx, coordinator, service)))
      return refused("mark_in_refund");
    const id = newId();
    await tx.deliveryWithdrawal.createMany({
      data: [
        {
          ...{ id, deliveryId: markId, bookingId, caseId, reason },
          ...{ withdrawnById: coordinator.personId, withdrawnAt: now },
        },
      ],
    });
    if (mark.kind === "delivered")
      await tx.bookingService.updateMany({ where: { id: serviceId }, data: { deliveredAt: null } });
    const facts = { kind: service.kind, mark: mark.kind };
    const audit = { caseId, objectType: "service", objectId: serviceId, facts };
    await writeAudit(tx, coordinator, "service.mark_withdrawn", audit);
    await proposeRest(tx, coordinator, bookingId, now);
    return done({ id });
  });
}

/** Whether the supplier's own rule gave something back by this proof: without it all would be kept again. */
async function isCountedBy(
  tx: Tx,
  coordinator: Coordinator,
  { id, bookingId }: { id: string; bookingId: string },
): Promise<boolean> {
  const booking = await readBooking(tx, coordinator, bookingId);
  const cause = CANCEL_CAUSES.find((one) => one === booking?.cancelCause);
  if (!booking?.cancelledAt || !cause) return false;
  const { quote } = await readRefundQuote(tx, booking, cause, dayOf(booking.cancelledAt));
  const lineId = booking.services.find((one) => one.id === id)?.lineId;
  return quote.parts.some((part) => part.lineId === lineId && part.rule === "supplier_rule");
}
