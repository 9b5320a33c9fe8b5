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
  /** Who served the line, where several did. */
  supplierIds?: string[];
}

/** A ride, a talk or a parcel that stands for itself. */
interface Deed {
  id: string;
  supplierId: string | null;
}

const SERVED = ["transfer_done", "interpreter_minutes", "shipment_delivered"] as const;

/**
 * What proves each delivered service of contract B, or what is missing. Rides or talks of several suppliers under one line
 * wait, since nobody has said what of it is whose, and so does a line of which a ride is still to be driven. One proof pays
 * one line: of two lines of a kind the second asks for a ride, talk or parcel of its own.
 */
export async function readProofs(
  tx: Tx,
  rows: readonly UnreleasedService[],
): Promise<Map<string, Proof | MissingProof>> {
  const deeds = await readDeeds(tx, rows);
  const used = await readUsed(tx, rows);
  const proofs = new Map<string, Proof | MissingProof>();
  // The line that was delivered first comes first, then the one that was booked first.
  const turn = ({ deliveredAt }: UnreleasedService) => deliveredAt?.getTime() ?? Number.MAX_SAFE_INTEGER;
  const inTurn = rows.toSorted((one, other) => turn(one) - turn(other));
  for (const row of inTurn) {
    const isTwin = rows.some(
      ({ id, bookingId, kind }) => id !== row.id && bookingId === row.bookingId && kind === row.kind,
    );
    const proof = proofOf(row, deeds(row), used, isTwin);
    if ("evidenceId" in proof && row.deliveredAt) used.add(proof.evidenceId);
    proofs.set(row.id, proof);
  }
  return proofs;
}

type Served = { evidence: (typeof SERVED)[number]; own: Deed[] } | { missing: WaitReason };

/** What proves one line out of all that was done for its kind: the first that proves no other. */
function proofOf(
  row: UnreleasedService,
  served: Served | null,
  used: ReadonlySet<string>,
  isTwin: boolean,
): Proof | MissingProof {
  if (!served) return { evidence: "service_delivered", evidenceId: row.markId ?? row.id, supplierId: null };
  if ("missing" in served) return served;
  const { evidence, own } = served;
  const free = own.filter((deed) => !used.has(deed.id));
  const [deed] = free;
  if (!deed) return { missing: "proof_used" };
  const isAlone = !isTwin && free.length === own.length;
  const supplierIds = [...new Set(own.map((one) => one.supplierId))];
  const isOfOne = row.supplierId !== null || supplierIds.length === 1;
  if (isAlone && evidence !== "shipment_delivered" && !isOfOne)
    return { missing: "several_suppliers", supplierIds: supplierIds.flatMap((id) => id ?? []) };
  return { evidence, evidenceId: deed.id, supplierId: deed.supplierId };
}

/** What was done for a line's kind, as far as it is over; null for what somebody marks by hand. */
async function readDeeds(tx: Tx, rows: readonly UnreleasedService[]) {
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
  const deedOf = ({ id, resourceId }: { id: string; resourceId: string | null }): Deed => ({
    id,
    supplierId: resources.find((one) => one.id === resourceId)?.supplierId ?? null,
  });
  return ({ kind, bookingId }: UnreleasedService): Served | null => {
    const isOf = (one: { bookingId: string }) => one.bookingId === bookingId;
    if (kind === "transfer_arrival" || kind === "transfer_return") {
      const own = rides.filter((one) => isOf(one) && kind.endsWith(one.direction));
      return own.length === 0 || own.some((one) => one.state !== "done")
        ? { missing: "ride_not_done" }
        : { evidence: "transfer_done", own: own.map(deedOf) };
    }
    if (kind === "interpreter") {
      const own = talks.filter(isOf).map(deedOf);
      return own.length === 0 ? { missing: "minutes_missing" } : { evidence: "interpreter_minutes", own };
    }
    if (kind === "medicine_supply") {
      const own = parcels.filter(isOf);
      return own.length === 0 ? { missing: "parcel_not_arrived" } : { evidence: "shipment_delivered", own };
    }
    return null;
  };
}

/** What proves a line of these bookings already, in a release that lives. */
async function readUsed(tx: Tx, rows: readonly UnreleasedService[]): Promise<Set<string>> {
  const lines = await tx.releaseLine.findMany({
    where: {
      bookingId: { in: rows.map((row) => row.bookingId) },
      evidence: { in: [...SERVED] },
      isLive: true,
    },
    select: { evidenceId: true },
  });
  return new Set(lines.map((line) => line.evidenceId));
}
