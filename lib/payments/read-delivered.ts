import "server-only";
import { Prisma } from "@/lib/infra/generated/client";
import type { Tx } from "@/lib/infra/db";
import { PAST_BILLING } from "./bill";
import type { DeliveredService } from "./release";

/** A service of a paid booking that stands in no release. */
export interface UnreleasedService extends Omit<DeliveredService, "deliveredAt"> {
  deliveredAt: Date | null;
  bookingId: string;
  bookingNumber: string;
  caseId: string;
  clinicId: string;
  clinicName: string;
  currency: string;
  contract: "A" | "B";
  supplierId: string | null;
  isPaid: boolean;
  /** The mark of its delivery, or of what is owed for it though it was called off. */
  markId: string | null;
  markedAt: Date | null;
  keptMinor: bigint | null;
}

/** Where no bill may come any more a hospital that sent none is owed nothing: its line would wait for ever. */
const FROM = Prisma.sql`
  FROM "BookingService" s JOIN "Booking" b ON b.id = s."bookingId" JOIN "Clinic" k ON k.id = b."clinicId" JOIN "Case" t ON t.id = b."caseId"
  LEFT JOIN "EstimateLine" e ON e.id = s."lineId" LEFT JOIN "ChangeOrderLine" c ON c.id = s."changeLineId"
  LEFT JOIN "ChangeOrder" o ON o.id = c."changeOrderId"
  LEFT JOIN "ServiceDelivery" d ON d."serviceId" = s.id AND d.kind = CASE WHEN s."deliveredAt" IS NULL THEN 'kept' ELSE 'delivered' END::"DeliveryKind"
    AND NOT EXISTS (SELECT 1 FROM "DeliveryWithdrawal" w WHERE w."deliveryId" = d.id)
  WHERE s."amountMinor" > 0 AND s.kind <> 'operator_fee' AND (COALESCE(e.contract, o.contract) = 'B' OR b."contractAMode" = 'held_by_operator')
    AND (s."deliveredAt" IS NOT NULL OR (b.state = 'cancelled' AND d."amountMinor" > 0) OR (b.state = 'completed' AND t.stage <> 'closed'))
    AND NOT EXISTS (SELECT 1 FROM "ReleaseLine" l WHERE l."serviceId" = s.id AND l."isLive")
    AND (t.stage <> ALL(${[...PAST_BILLING]}::"CaseStage"[]) OR s."deliveredAt" IS NULL OR COALESCE(e.contract, o.contract) <> 'A'
      OR EXISTS (SELECT 1 FROM "BillAccount" a WHERE a."bookingId" = b.id))`;

/** Bookings with such services, by their birth, beginning behind one. */
export async function readUnreleasedBookings(tx: Tx, after: string | null, limit: number): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT b.id ${FROM} AND (${after}::uuid IS NULL OR b.id > ${after}::uuid) ORDER BY b.id LIMIT ${limit}`;
  return rows.map((row) => row.id);
}

/** What of these bookings was delivered, or is owed though it was called off, or should have been delivered by now. */
export function readUnreleased(tx: Tx, bookingIds: readonly string[]): Promise<UnreleasedService[]> {
  return tx.$queryRaw<UnreleasedService[]>`
    SELECT s.id, s.kind, s."amountMinor", s."deliveredAt", s."supplierId", b.id AS "bookingId", b.number AS "bookingNumber",
           b."caseId", b.currency, b."clinicId", k.name AS "clinicName", COALESCE(e.contract, o.contract)::text AS contract,
           b."paidAt" IS NOT NULL AS "isPaid", d.id AS "markId", d."markedAt",
           CASE WHEN s."deliveredAt" IS NULL AND b.state = 'cancelled' THEN d."amountMinor" END AS "keptMinor"
      ${FROM} AND b.id = ANY(${[...bookingIds]}::uuid[]) ORDER BY b.id, s.id`;
}
