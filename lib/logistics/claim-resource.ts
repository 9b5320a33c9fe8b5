import "server-only";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import type { Tx } from "@/lib/infra/db";
import type { Server } from "./care-plan";

export interface Wanted {
  kind: Server;
  bookingId: string;
  resourceId: string;
  purpose: string;
  startsAt: Date;
  endsAt: Date;
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
    "resource_busy" | "invalid_resource" | "terms_missing" | "booking_cancelled"
  >
> {
  const { bookingId, resourceId, purpose, startsAt, endsAt } = wanted;
  const booking = await tx.booking.findUnique({
    where: { id: bookingId },
    select: { state: true, holdExpiresAt: true },
  });
  if (!booking || booking.state === "cancelled") return refused("booking_cancelled");
  const rows = await tx.$queryRaw<{ kind: string; terms: boolean }[]>`
    SELECT r.kind, s."termsAcceptedOn" IS NOT NULL AS terms FROM "Resource" r JOIN "Supplier" s ON s.id = r."supplierId"
     WHERE r.id = ${resourceId}::uuid AND r.active FOR NO KEY UPDATE OF r`;
  if (rows[0]?.kind !== wanted.kind) return refused("invalid_resource", { path: "resourceId" });
  if (!rows[0].terms) return refused("terms_missing");
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
