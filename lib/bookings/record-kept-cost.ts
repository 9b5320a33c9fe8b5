import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { dateOf, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import type { KeepCostForm } from "./forms";
import { claimService } from "./claim-delivery";

type Refusal = "not_found" | "invalid_service" | "invalid_amount_kept" | "service_marked";

/**
 * Writes down what a supplier or centre is owed for a service that is not delivered, as it has proven. Where the refund
 * rules keep proven costs a refund leaves it out, and once the booking is cancelled it can be passed on.
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
    const id = newId();
    const mark = { id, serviceId, bookingId, caseId, note, amountMinor, deliveredOn: dateOf(dayOf(now)) };
    const { count } = await tx.serviceDelivery.createMany({
      data: [{ ...mark, kind: "kept", markedById: coordinator.personId, markedAt: now }],
      skipDuplicates: true,
    });
    if (count === 0) return refused("service_marked");
    const audit = { caseId, objectType: "service", objectId: serviceId, facts: { kind } };
    await writeAudit(tx, coordinator, "service.cost_kept", audit);
    return done({ id });
  });
}
