import "server-only";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import type { Tx } from "@/lib/infra/db";
import { type Demand, type Helper, type Place, whyUnfit } from "./fitness";

export interface Wanted {
  bookingId: string;
  resourceId: string;
  purpose: string;
  startsAt: Date;
  endsAt: Date;
  /** What the ride or talk asks of whoever serves it, at the place of the clinic. */
  demandAt: (place: Place) => Demand;
  /** The claim this one takes the place of. */
  formerClaimId: string | null;
}

/**
 * Gives one driver or interpreter this stretch of time, and lets the former one go. The database refuses what
 * overlaps; of two coordinators who ask at once, one is told `resource_busy`.
 */
export async function claimResource(
  tx: Tx,
  wanted: Wanted,
): Promise<
  Outcome<
    { claimId: string; resourceId: string },
    "resource_busy" | "invalid_resource" | "resource_unfit" | "terms_missing" | "booking_cancelled"
  >
> {
  const { bookingId, resourceId, purpose, startsAt, endsAt } = wanted;
  const booking = await tx.booking.findUnique({
    where: { id: bookingId },
    select: { state: true, holdExpiresAt: true, clinicId: true },
  });
  if (!booking || booking.state === "cancelled") return refused("booking_cancelled");
  const rows = await tx.$queryRaw<(Helper & { terms: boolean })[]>`
    SELECT r.kind, r.country, r.city, r.languages, r.gender, r.seats, r.wheelchair, s."termsAcceptedOn" IS NOT NULL AS terms
      FROM "Resource" r JOIN "Supplier" s ON s.id = r."supplierId"
     WHERE r.id = ${resourceId}::uuid AND r.active FOR NO KEY UPDATE OF r`;
  const [helper] = rows;
  const demand = wanted.demandAt(await readPlace(tx, booking.clinicId));
  if (helper?.kind !== demand.kind) return refused("invalid_resource", { path: "resourceId" });
  if (!helper.terms) return refused("terms_missing");
  const lacking = whyUnfit(helper, demand);
  if (lacking.length > 0)
    return refused("resource_unfit", { path: "resourceId", lacking: lacking.join(" ") });
  // The former claim may be this very person's, at the same hours: it goes first, and comes back if the new one fails.
  const former = await release(tx, wanted.formerClaimId);
  const claimId = newId();
  const isHeld = booking.state === "held" || booking.state === "awaiting_deposit";
  const { count } = await tx.claim.createMany({
    data: [
      {
        ...{ id: claimId, resourceId, bookingId, purpose, startsAt, endsAt },
        state: isHeld ? "held" : "booked",
        holdExpiresAt: isHeld ? booking.holdExpiresAt : null,
      },
    ],
    skipDuplicates: true,
  });
  if (count === 1) return done({ claimId, resourceId });
  if (former) await tx.claim.updateMany({ where: { id: former.id }, data: { state: former.state } });
  return refused("resource_busy");
}

function readPlace(tx: Tx, clinicId: string): Promise<Place> {
  return tx.clinic.findUniqueOrThrow({ where: { id: clinicId }, select: { country: true, city: true } });
}

/** Whether whoever stands in a part can still serve it as it is now; true where nobody stands in it. */
export async function isServedAs(
  tx: Tx,
  { bookingId, resourceId }: { bookingId: string; resourceId: string | null },
  demandAt: (place: Place) => Demand,
): Promise<boolean> {
  const helper = resourceId ? await tx.resource.findUnique({ where: { id: resourceId } }) : null;
  if (!helper) return true;
  const { clinicId } = await tx.booking.findUniqueOrThrow({
    where: { id: bookingId },
    select: { clinicId: true },
  });
  return whyUnfit(helper, demandAt(await readPlace(tx, clinicId))).length === 0;
}

async function release(tx: Tx, claimId: string | null) {
  if (!claimId) return null;
  const former = await tx.claim.findFirst({
    where: { id: claimId, state: { in: ["held", "booked"] } },
    select: { id: true, state: true },
  });
  if (former) await tx.claim.updateMany({ where: { id: former.id }, data: { state: "released" } });
  return former;
}

/** Frees the person of a ride or talk that will not happen. */
export async function releaseClaim(tx: Tx, claimId: string | null): Promise<void> {
  await release(tx, claimId);
}
