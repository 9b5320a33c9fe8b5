import "server-only";
import type { Tx } from "@/lib/infra/db";
import type { UnreleasedService } from "./read-delivered";
import type { Evidence, WaitReason } from "./release";

export interface Proof {
  evidence: Evidence;
  evidenceId: string;
  supplierId: string | null;
}

/** Why nothing proves a delivery yet. */
export interface MissingProof {
  missing: WaitReason;
}

/**
 * What proves each delivered service of contract B, or what is missing. Rides or talks of several suppliers under one line
 * wait, since nobody has said what of it is whose, and so does a line of which a ride is still to be driven.
 */
export async function readProofs(
  tx: Tx,
  rows: readonly UnreleasedService[],
): Promise<Map<string, Proof | MissingProof>> {
  const where = { bookingId: { in: rows.map((row) => row.bookingId) } };
  const select = { id: true, bookingId: true, resourceId: true } as const;
  const orderBy = { id: "asc" } as const;
  const rides = await tx.transfer.findMany({
    where: { ...where, state: { notIn: ["cancelled", "no_show", "failed"] } },
    orderBy,
    select: { ...select, direction: true, state: true },
  });
  const talks = await tx.interpreterAssignment.findMany({
    where: { ...where, state: "done", minutes: { not: null } },
    orderBy,
    select,
  });
  const parcels = await tx.shipment.findMany({
    where: { ...where, state: "delivered" },
    orderBy,
    select: { id: true, bookingId: true, supplierId: true },
  });
  const resources = await tx.resource.findMany({
    where: { id: { in: [...rides, ...talks].flatMap((one) => one.resourceId ?? []) } },
    select: { id: true, supplierId: true },
  });
  const supplierOf = (id: string | null) => resources.find((one) => one.id === id)?.supplierId ?? null;
  const isOfOne = (row: UnreleasedService, own: readonly { resourceId: string | null }[]) =>
    row.supplierId !== null || new Set(own.map((one) => supplierOf(one.resourceId))).size === 1;
  const proofOf = (row: UnreleasedService): Proof | MissingProof => {
    const { id, kind, bookingId, markId } = row;
    const isOf = (one: { bookingId: string }) => one.bookingId === bookingId;
    if (kind === "transfer_arrival" || kind === "transfer_return") {
      const own = rides.filter((one) => isOf(one) && kind.endsWith(one.direction));
      const [ride] = own;
      if (!ride || own.some((one) => one.state !== "done")) return { missing: "ride_not_done" };
      return isOfOne(row, own)
        ? { evidence: "transfer_done", evidenceId: ride.id, supplierId: supplierOf(ride.resourceId) }
        : { missing: "several_suppliers" };
    }
    if (kind === "interpreter") {
      const own = talks.filter(isOf);
      const [talk] = own;
      if (!talk) return { missing: "minutes_missing" };
      return isOfOne(row, own)
        ? { evidence: "interpreter_minutes", evidenceId: talk.id, supplierId: supplierOf(talk.resourceId) }
        : { missing: "several_suppliers" };
    }
    if (kind === "medicine_supply") {
      const parcel = parcels.find(isOf);
      return parcel
        ? { evidence: "shipment_delivered", evidenceId: parcel.id, supplierId: parcel.supplierId }
        : { missing: "parcel_not_arrived" };
    }
    return { evidence: "service_delivered", evidenceId: markId ?? id, supplierId: null };
  };
  return new Map(rows.map((row) => [row.id, proofOf(row)] as const));
}
