import "server-only";
import { endOfServices } from "@/lib/bookings/cause-of-end";
import type { Tx } from "@/lib/infra/db";
import { creditedFeePostings, earnedFeePostings } from "./ledger";
import { postLedger } from "./post-ledger";

/**
 * Brings the earned fee of a booking to what is invoiced of it and paid, in the caller's transaction and with the
 * booking taken. Earned is what left `operator_fee_deferred`; a slice nobody has paid yet is not earned in the books,
 * and a credited one is taken back: it makes the loss good its refund was booked as, and is held again as far as there was
 * none. A correction stands: only what these steps have booked counts as booked.
 */
export async function postFee(tx: Tx, booking: { id: string; caseId: string }): Promise<void> {
  const { id: bookingId, caseId } = booking;
  const wanted = await readInvoicedFee(tx, bookingId);
  if (!wanted) return;
  const { currency, grossMinor, taxMinor } = wanted;
  const booked = await readBooked(tx, bookingId);
  const openMinor = grossMinor - booked.earnedMinor - booked.taxMinor;
  if (openMinor === 0n) return;
  const room = booked.deferredMinor < openMinor ? booked.deferredMinor : openMinor;
  const moveMinor = openMinor < 0n ? openMinor : room;
  if (moveMinor === 0n) return;
  const afterMinor = booked.earnedMinor + booked.taxMinor + moveMinor;
  const taxAfterMinor = grossMinor === 0n ? 0n : (taxMinor * afterMinor) / grossMinor;
  const taxMoveMinor = taxAfterMinor - booked.taxMinor;
  await postLedger(
    tx,
    {
      kind: moveMinor > 0n ? "fee_earned" : "fee_credited",
      // Each step begins where the one before it ended: two who take the same step post it once.
      reference: `fee:${bookingId}:${booked.steps + 1}`,
      ...{ bookingId, caseId, currency, memo: moveMinor > 0n ? "fee earned" : "fee credited" },
    },
    moveMinor > 0n
      ? earnedFeePostings(moveMinor, taxMoveMinor)
      : creditedFeePostings(
          { grossMinor: -moveMinor, taxMinor: -taxMoveMinor },
          { lossMinor: booked.lossMinor, isEnded: await hasEnded(tx, bookingId) },
        ),
  );
}

/** What of a booking's fee has left the held money because it was earned, with its tax. */
export async function readEarnedFee(tx: Tx, bookingId: string): Promise<bigint> {
  const { earnedMinor, taxMinor } = await readBooked(tx, bookingId);
  return earnedMinor + taxMinor;
}

async function hasEnded(tx: Tx, bookingId: string): Promise<boolean> {
  const booking = await tx.booking.findUniqueOrThrow({
    where: { id: bookingId },
    select: { cancelledAt: true, contracts: { select: { withdrawnAt: true } } },
  });
  return endOfServices(booking) !== null;
}

async function readInvoicedFee(tx: Tx, bookingId: string) {
  const rows = await tx.$queryRaw<{ currency: string; grossMinor: bigint; taxMinor: bigint }[]>`
    SELECT i.currency, sum(CASE i.kind WHEN 'invoice' THEN l."grossMinor" ELSE -l."grossMinor" END)::bigint AS "grossMinor",
           sum(CASE i.kind WHEN 'invoice' THEN l."taxMinor" ELSE -l."taxMinor" END)::bigint AS "taxMinor"
      FROM "InvoiceLine" l JOIN "Invoice" i ON i.id = l."invoiceId"
     WHERE l."bookingId" = ${bookingId}::uuid AND l.kind = 'operator_fee' GROUP BY i.currency`;
  return rows[0] ?? null;
}

async function readBooked(tx: Tx, bookingId: string) {
  const [row] = await tx.$queryRaw<
    { deferredMinor: bigint; earnedMinor: bigint; taxMinor: bigint; lossMinor: bigint; steps: number }[]
  >`
    SELECT COALESCE(-sum(e."amountMinor") FILTER (WHERE e.account = 'operator_fee_deferred'), 0)::bigint AS "deferredMinor",
           COALESCE(-sum(e."amountMinor") FILTER (WHERE e.account = 'operator_fee_earned' AND t.kind IN ('fee_earned', 'fee_credited')), 0)::bigint AS "earnedMinor",
           COALESCE(-sum(e."amountMinor") FILTER (WHERE e.account = 'tax' AND t.kind IN ('fee_earned', 'fee_credited')), 0)::bigint AS "taxMinor",
           COALESCE(sum(e."amountMinor") FILTER (WHERE e.account = 'write_off' AND t.kind IN ('refund_approved', 'fee_credited')), 0)::bigint AS "lossMinor",
           count(DISTINCT t.id) FILTER (WHERE t.kind IN ('fee_earned', 'fee_credited'))::int AS steps
      FROM "LedgerEntry" e JOIN "LedgerTx" t ON t.id = e."txId" WHERE e."bookingId" = ${bookingId}::uuid`;
  if (!row) throw new Error("An aggregate without a row.");
  return row;
}
