import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { dateOf, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { claimService } from "@/lib/bookings/claim-delivery";
import { MARKED_KINDS } from "@/lib/bookings/delivery";
import type { DeliverServiceForm } from "@/lib/bookings/forms";
import { asPerson } from "@/lib/infra/db";
import { proposeAnew } from "./propose-anew";

type DeliverRefusal =
  | "not_found"
  | "booking_cancelled"
  | "invalid_service"
  | "invalid_day_ahead"
  | "invalid_day_before_booking"
  | "invalid_day_after_end"
  | "service_marked";

/**
 * Marks a service that no ride, talk or parcel tells of as delivered, with what proves it. From then on it can be invoiced
 * and, by two people of finance, passed on. The day stands on the invoice: it lies between the booking and today, and not
 * behind the day contract B was withdrawn from. What nobody has approved to go back is then counted anew.
 */
export async function recordDelivery(
  coordinator: Coordinator,
  form: DeliverServiceForm,
  now: Date,
): Promise<Outcome<{ id: string }, DeliverRefusal>> {
  const { serviceId, deliveredOn, note } = form;
  return asPerson(coordinator, async (tx) => {
    const service = await claimService(tx, serviceId);
    if (!service) return refused("not_found");
    const { bookingId, caseId, kind, booking } = service;
    if (!MARKED_KINDS.includes(kind)) return refused("invalid_service", { path: "serviceId" });
    if (booking.state === "cancelled") return refused("booking_cancelled");
    if (deliveredOn > dayOf(now)) return refused("invalid_day_ahead", { path: "deliveredOn" });
    if (deliveredOn < dayOf(booking.createdAt))
      return refused("invalid_day_before_booking", { path: "deliveredOn" });
    if (booking.contracts.some(({ withdrawnAt }) => withdrawnAt && deliveredOn > dayOf(withdrawnAt)))
      return refused("invalid_day_after_end", { path: "deliveredOn" });
    const { count } = await tx.bookingService.updateMany({
      where: { id: serviceId, deliveredAt: null },
      data: { deliveredAt: dateOf(deliveredOn) },
    });
    if (count === 0) return refused("service_marked");
    const id = newId();
    const version = 1 + (await tx.serviceDelivery.count({ where: { serviceId, kind: "delivered" } }));
    const mark = { id, serviceId, bookingId, caseId, note, version, deliveredOn: dateOf(deliveredOn) };
    await tx.serviceDelivery.createMany({
      data: [{ ...mark, kind: "delivered", markedById: coordinator.personId, markedAt: now }],
    });
    const audit = { caseId, objectType: "service", objectId: serviceId, facts: { kind } };
    await writeAudit(tx, coordinator, "service.delivered", audit);
    await proposeAnew(tx, coordinator, bookingId, now);
    return done({ id });
  });
}
