import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { dateOf, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { claimService } from "@/lib/bookings/claim-delivery";
import type { KeepCostForm } from "@/lib/bookings/forms";
import { asPerson } from "@/lib/infra/db";
import { proposeAnew } from "./propose-anew";

type Refusal = "not_found" | "invalid_service" | "invalid_amount_kept" | "service_marked";

/**
 * Writes down what a supplier or centre is owed for a service that is not delivered, as it has proven; nothing too. Where
 * the refund rules keep proven costs a refund leaves it out, and once the booking is cancelled it can be passed on. Where all
 * was kept until the supplier had said its rule, the rest is proposed to go back at once; where more is kept now, what nobody
 * has approved is counted anew.
 */
export async function recordKeptCost(
  coordinator: Coordinator,
  form: KeepCostForm,
  now: Date,
): Promise<Outcome<{ id: string }, Refusal>> {
  const { serviceId, amountMinor, note } = form;
  return asPerson(coordinator, async (tx) => {
    const service = await claimService(tx, serviceId);
    if (!service) return refused("not_found");
    const { bookingId, caseId, kind, deliveredAt } = service;
    if (kind === "operator_fee") return refused("invalid_service", { path: "serviceId" });
    if (deliveredAt) return refused("service_marked");
    if (amountMinor > service.amountMinor) return refused("invalid_amount_kept", { path: "amount" });
    const before = await tx.serviceDelivery.findMany({
      where: { serviceId, kind: "kept" },
      select: { withdrawal: { select: { id: true } } },
    });
    if (before.some((mark) => mark.withdrawal === null)) return refused("service_marked");
    const id = newId();
    const version = 1 + before.length;
    const said = { note, amountMinor, version, deliveredOn: dateOf(dayOf(now)) };
    await tx.serviceDelivery.createMany({
      data: [
        {
          ...{ id, serviceId, bookingId, caseId, ...said, kind: "kept" },
          ...{ markedById: coordinator.personId, markedAt: now },
        },
      ],
    });
    const audit = { caseId, objectType: "service", objectId: serviceId, facts: { kind } };
    await writeAudit(tx, coordinator, "service.cost_kept", audit);
    await proposeAnew(tx, coordinator, bookingId, now);
    return done({ id });
  });
}
