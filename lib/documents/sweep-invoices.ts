import "server-only";
import { TAKEN_BY_BANK } from "@/lib/bookings/taken";
import type { System } from "@/lib/kernel/actor";
import { addDays, dateOf, dayOf } from "@/lib/kernel/day";
import { claimTrip } from "@/lib/bookings/claim-trip";
import { asPerson } from "@/lib/infra/db";
import { log } from "@/lib/infra/log";
import { postEarnedFee } from "@/lib/payments/post-earned-fee";
import { FEE_KEEPING_CAUSES, WAIVING_CAUSES } from "@/lib/bookings/refund-policy";
import { issueCreditNote } from "./issue-credit-note";
import { issueInvoice } from "./issue-invoice";

const AT_ONCE_MAX = 200;
/** Before the id of every booking. */
const FIRST = "00000000-0000-0000-0000-000000000000";
/** A trip that long ago has nothing left to deliver, and a refund that old has its credit note. */
const BACK_DAYS = 400;
/** A refund may lower several invoices, one credit note each. */
const NOTES_MAX = 20;

export interface SweptInvoices {
  invoices: number;
  creditNotes: number;
}

/**
 * Issues every invoice and credit note that is due, books slices of the fee that were paid since they were invoiced, and
 * can run at any time and beside itself: a paper is issued by whoever takes its booking first.
 */
export async function sweepInvoices(system: System, now: Date, atOnce = AT_ONCE_MAX): Promise<SweptInvoices> {
  const since = dateOf(addDays(dayOf(now), -BACK_DAYS));
  const swept = { invoices: 0, creditNotes: 0 };
  // Before the invoices, so that what is due for older ones is not taken off a new one.
  for (const id of await readToCredit(system, since)) {
    for (let count = 0; count < NOTES_MAX && (await issueCreditNote(system, id, now)); count += 1)
      swept.creditNotes += 1;
  }
  // What waits for a tax rule or was withdrawn stays in the list: it must not keep the others out of it.
  for (let after: string | null = FIRST; after;) {
    const ids = await readToInvoice(system, since, { after, atOnce });
    for (const id of ids) if (await issueInvoice(system, id, now)) swept.invoices += 1;
    after = ids.length < atOnce ? null : (ids.at(-1) ?? null);
  }
  await earnFees(system, now, { since, atOnce });
  if (swept.invoices + swept.creditNotes > 0)
    log.info({ count: swept.invoices + swept.creditNotes, kind: "invoices" }, "issued invoices");
  return swept;
}

/** Earns every fee whose money came, or was no longer held for somebody else, after its invoice, however many there are. */
async function earnFees(
  system: System,
  now: Date,
  { since, atOnce }: { since: Date; atOnce: number },
): Promise<void> {
  for (let after: string | null = FIRST; after;) {
    const bookings = await readToEarn(system, since, { after, atOnce });
    for (const booking of bookings)
      await asPerson(system, async (tx) => {
        await claimTrip(tx, booking.id);
        await postEarnedFee(tx, system, booking, now);
      });
    after = bookings.length < atOnce ? null : (bookings.at(-1)?.id ?? null);
  }
}

/** Trips with something delivered, or a slice of the fee earned, that stands on no invoice. */
async function readToInvoice(
  system: System,
  since: Date,
  { after, atOnce }: { after: string; atOnce: number },
): Promise<string[]> {
  const rows = await asPerson(
    system,
    (tx) => tx.$queryRaw<{ id: string }[]>`
      SELECT b.id FROM "Booking" b
       WHERE b."paidAt" IS NOT NULL AND b."treatmentOn" > ${since} AND b.id > ${after}::uuid
         AND (EXISTS (
           SELECT 1 FROM "BookingService" s LEFT JOIN "EstimateLine" e ON e.id = s."lineId"
             LEFT JOIN "ChangeOrderLine" c ON c.id = s."changeLineId" LEFT JOIN "ChangeOrder" o ON o.id = c."changeOrderId"
            WHERE s."bookingId" = b.id AND s."deliveredAt" IS NOT NULL AND s."amountMinor" > 0 AND s.kind <> 'operator_fee'
              AND COALESCE(e.contract, o.contract) = 'B'
              AND NOT EXISTS (SELECT 1 FROM "InvoiceLine" l WHERE l."bookingId" = b.id AND l."serviceId" = s.id))
           OR EXISTS (
           SELECT 1 FROM "BookingService" s WHERE s."bookingId" = b.id AND s.kind = 'operator_fee' AND s."amountMinor" > 3
              AND (b.state <> 'cancelled' OR b."cancelCause" = ANY(${[...FEE_KEEPING_CAUSES]}::text[])
                OR EXISTS (SELECT 1 FROM "Contract" k WHERE k."bookingId" = b.id AND k."withdrawnAt" IS NOT NULL))
              AND 1 + (SELECT count(DISTINCT v."toStage") FROM "CaseEvent" v
                        WHERE v."caseId" = b."caseId" AND v.kind = 'stage' AND v.at >= b."createdAt"
                          AND v.at <= COALESCE((SELECT min(k."withdrawnAt") FROM "Contract" k WHERE k."bookingId" = b.id), b."cancelledAt", 'infinity')
                          AND v."toStage" IN ('on_site', 'discharged', 'aftercare'))
                > (SELECT count(*) FROM "InvoiceLine" l WHERE l."bookingId" = b.id AND l.slice IS NOT NULL AND l."creditsLineId" IS NULL)))
       ORDER BY b.id LIMIT ${atOnce}`,
  );
  return rows.map((row) => row.id);
}

/**
 * Bookings with something on an invoice that is not credited, to which money came back, or the payer's bank paid what was to come
 * back, or that ended for a cause that asks nobody for the rest.
 */
async function readToCredit(system: System, since: Date): Promise<string[]> {
  const rows = await asPerson(system, (tx) =>
    tx.refund.findMany({
      where: {
        OR: [{ state: "settled" }, { state: "refused", refusedReason: TAKEN_BY_BANK }],
        createdAt: { gt: since },
      },
      distinct: ["bookingId"],
      select: { bookingId: true },
    }),
  );
  // The fee of a second opinion is the centre's and stands on no invoice of ours.
  const waived = await asPerson(system, (tx) =>
    tx.booking.findMany({
      where: { state: "cancelled", cancelCause: { in: [...WAIVING_CAUSES] }, cancelledAt: { gt: since } },
      select: { id: true },
    }),
  );
  const ids = [...rows.flatMap((row) => row.bookingId ?? []), ...waived.map(({ id }) => id)];
  const open = await asPerson(
    system,
    (tx) => tx.$queryRaw<{ id: string }[]>`
      SELECT l."bookingId" AS id FROM "InvoiceLine" l WHERE l."bookingId" = ANY(${ids}::uuid[]) GROUP BY 1
      HAVING sum(CASE WHEN l."creditsLineId" IS NULL THEN l."grossMinor" ELSE -l."grossMinor" END) > 0`,
  );
  return open.map((row) => row.id);
}

/** Bookings whose fee is invoiced and not earned in the books: its money came later, or is held for services that have ended. */
function readToEarn(
  system: System,
  since: Date,
  { after, atOnce }: { after: string; atOnce: number },
): Promise<{ id: string; caseId: string }[]> {
  return asPerson(
    system,
    (tx) => tx.$queryRaw<{ id: string; caseId: string }[]>`
      SELECT w.id, w."caseId" FROM (
        SELECT l."bookingId" AS id, l."caseId",
               sum(CASE WHEN l."creditsLineId" IS NULL THEN l."grossMinor" ELSE -l."grossMinor" END) AS "grossMinor"
          FROM "InvoiceLine" l WHERE l.kind = 'operator_fee' GROUP BY 1, 2) w
       WHERE w."grossMinor" > COALESCE((
               SELECT -sum(e."amountMinor") FROM "LedgerEntry" e JOIN "LedgerTx" t ON t.id = e."txId"
                WHERE e."bookingId" = w.id AND t.kind IN ('fee_earned', 'fee_credited') AND e.account IN ('operator_fee_earned', 'tax')), 0)
         AND EXISTS (SELECT 1 FROM "LedgerEntry" e WHERE e."bookingId" = w.id AND e.contract = 'B'
                       AND (e.account = 'operator_fee_deferred' OR e.account = 'client_funds_held' AND EXISTS (
                         SELECT 1 FROM "Booking" b JOIN "Contract" c ON c."bookingId" = b.id
                          WHERE b.id = w.id AND b."treatmentOn" > ${since} AND (b.state = 'cancelled' OR c."withdrawnAt" IS NOT NULL)))
                     HAVING sum(e."amountMinor") < 0)
         AND w.id > ${after}::uuid
       ORDER BY w.id LIMIT ${atOnce}`,
  );
}
