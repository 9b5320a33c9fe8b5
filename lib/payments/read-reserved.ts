import "server-only";
import type { Tx } from "@/lib/infra/db";

/**
 * What is held for whoever delivered under a contract and is not approved yet, in minor units, one release left out: it is
 * theirs before anybody's proven cost of what was not delivered. A hospital's is what its newest account says at most.
 */
export async function readReserved(
  tx: Tx,
  bookingId: string,
  contract: "A" | "B",
  releaseId: string,
): Promise<bigint> {
  const [row] = await tx.$queryRaw<{ reservedMinor: bigint }[]>`
    WITH passed AS (
      SELECT l."serviceId", l."amountMinor", r.id, r.state FROM "ReleaseLine" l JOIN "Release" r ON r.id = l."releaseId"
       WHERE l."bookingId" = ${bookingId}::uuid AND l."isLive" AND r.contract = ${contract}::"ContractKind" AND l.evidence <> 'cancellation_kept'),
    open AS (
      SELECT s."amountMinor" FROM "BookingService" s LEFT JOIN "EstimateLine" e ON e.id = s."lineId"
        LEFT JOIN "ChangeOrderLine" c ON c.id = s."changeLineId" LEFT JOIN "ChangeOrder" o ON o.id = c."changeOrderId"
       WHERE s."bookingId" = ${bookingId}::uuid AND s."deliveredAt" IS NOT NULL AND s.kind <> 'operator_fee'
         AND COALESCE(e.contract, o.contract) = ${contract}::"ContractKind"
         AND NOT EXISTS (SELECT 1 FROM passed p WHERE p."serviceId" = s.id)),
    account AS (
      SELECT a."owedMinor" FROM "BillAccount" a WHERE a."bookingId" = ${bookingId}::uuid AND ${contract} = 'A' ORDER BY a.version DESC LIMIT 1)
    SELECT (COALESCE((SELECT sum(p."amountMinor") FROM passed p WHERE p.state = 'proposed' AND p.id <> ${releaseId}::uuid), 0)
      + LEAST(COALESCE((SELECT sum(o."amountMinor") FROM open o), 0),
          (SELECT GREATEST(a."owedMinor" - COALESCE((SELECT sum(p."amountMinor") FROM passed p), 0), 0) FROM account a)))::bigint AS "reservedMinor"`;
  return row?.reservedMinor ?? 0n;
}
