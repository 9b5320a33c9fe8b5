import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { claimService } from "@/lib/bookings/claim-delivery";
import type { WithdrawMarkForm } from "@/lib/bookings/forms";
import { asPerson } from "@/lib/infra/db";
import { isPassedOn } from "./check-change";
import { isPaidBackBy, proposeAnew } from "./propose-anew";

type Refusal = "not_found" | "mark_withdrawn" | "mark_in_use" | "mark_in_refund";

/**
 * Takes a mark back that was made in error, with the reason: the mark stays as it was written and counts no more, and the
 * service may be marked anew. Not once it stands on an invoice or in a release, and not where more is on its way back by it
 * than would come back without it. What comes back more is proposed at once; what would come back less is counted anew.
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
    if (mark.kind === "kept" && (await isPaidBackBy(tx, coordinator, service)))
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
    await proposeAnew(tx, coordinator, bookingId, now);
    return done({ id });
  });
}
