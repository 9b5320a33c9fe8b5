import { dayOf } from "@/lib/kernel/day";
import { endCausesOf } from "@/lib/bookings/cause-of-end";
import { readBooking } from "@/lib/bookings/queries";
import { contractsQuoted, readRefundQuote } from "@/lib/bookings/read-refund-quote";
import { asPerson } from "@/lib/infra/db";
import { testSystem } from "../people";

/**
 * Payments nobody's bank asks for: what of each has no way back yet, less than nothing where it went back twice; what of it a
 * person refused, and who is still to look.
 */
const PAID = `SELECT p.id, p."bookingId", p."isSurplus", p."amountMinor" - p."lostMinor" AS here, p."amountMinor", p."contractAMinor",
    p."amountMinor" - p."lostMinor" - COALESCE(sum(r."amountMinor") FILTER (WHERE r.state <> 'refused'), 0) AS rest,
    COALESCE(sum(r."amountMinor") FILTER (WHERE r.state = 'refused' AND r."refusedById" IS NOT NULL AND r."refusedReason" <> 'counted_anew'
      AND (p."isSurplus" OR r.cause = 'withdrawal' OR r."refusedAt" >= b."cancelledAt")), 0) AS refused,
    EXISTS (SELECT 1 FROM pgboss.job j WHERE j.state < 'completed' AND j.name = 'payment.settle' AND j.data->>'paymentId' = p.id::text) AS waits
  FROM "Payment" p LEFT JOIN "Booking" b ON b.id = p."bookingId" LEFT JOIN "Refund" r ON r."paymentId" = p.id
 WHERE p.state IN ('succeeded', 'won', 'lost') AND cardinality(p."openDisputes") = 0 GROUP BY p.id, b."cancelledAt"`;

/**
 * Each booking that ended with money that has no way back: what came into each contract, and what it ended by. What a bank took of
 * a payment after it had gone back, its payer has twice: less of the others is due to them.
 */
export const ENDED = `SELECT b.id, sum(p.rest)::text AS "restMinor", sum(p.refused)::text AS "refusedMinor",
    sum(CASE WHEN p.waits THEN greatest(p.rest, 0) ELSE 0 END)::text AS "waitsMinor",
    sum(least(p."contractAMinor", p.here))::text AS "cameAMinor",
    sum(least(p."amountMinor" - p."contractAMinor", p.here))::text AS "cameBMinor",
    b."cancelCause" || b."cancelledAt" || ' ' || (SELECT count(*) FROM "ServiceDelivery" d WHERE d."bookingId" = b.id)
      || ' ' || (SELECT count(*) FROM "DeliveryWithdrawal" d WHERE d."bookingId" = b.id) AS "endedBy"
  FROM "Booking" b JOIN (${PAID}) p ON p."bookingId" = b.id AND NOT p."isSurplus"
 WHERE b.state = 'cancelled' GROUP BY b.id HAVING sum(p.rest) > 0`;

/** What was paid twice goes back whole, whatever became of what it was for. */
export const SURPLUS = `SELECT 'I9 what was paid twice goes back, or somebody is asked' AS promise, p.id || ' keeps ' || p.rest AS what
  FROM (${PAID}) p WHERE p."isSurplus" AND p.rest > p.refused`;

/**
 * What the rules asked back of a contract, and what of that a bank paid instead, is never more than came for it; what is
 * only proposed of money a bank asks for waits. Money shared anew
 * after a loss may leave a unit of each payment on the other contract.
 */
export const GIVEN = `SELECT 'I9 the rules give back of no contract more than came for it' AS promise,
    r."bookingId" || ' gives ' || r.a || ' of A and ' || r.b || ' of B, where ' || p.a || ' and ' || p.b || ' came' AS what
  FROM (SELECT r."bookingId", sum((r.quote->>'treatment')::bigint) AS a,
      sum((r.quote->>'services')::bigint + (r.quote->>'fee')::bigint) AS b FROM "Refund" r JOIN "Payment" c ON c.id = r."paymentId"
     WHERE (r.state <> 'calculated' OR c.state <> 'disputed' AND cardinality(c."openDisputes") = 0) AND jsonb_typeof(r.quote) = 'object' AND r.quote->>'named' IS NULL
       AND (r.state <> 'refused' OR r."refusedReason" = 'taken_by_bank' AND r."approvedAt" IS NOT NULL) GROUP BY 1) r
  JOIN (SELECT "bookingId", sum("contractAMinor") AS a, sum("amountMinor" - "contractAMinor") AS b, count(*) AS n FROM "Payment"
     WHERE "succeededAt" IS NOT NULL AND NOT "isSurplus" GROUP BY 1) p ON p."bookingId" = r."bookingId"
 WHERE r.a > p.a + p.n OR r.b > p.b + p.n`;

export interface Ended {
  id: string;
  restMinor: string;
  refusedMinor: string;
  waitsMinor: string;
  cameAMinor: string;
  cameBMinor: string;
  endedBy: string;
}

interface Kept {
  A: bigint;
  B: bigint;
}

/** What the rules keep of a booking stays as it is until a mark says otherwise. */
const known = new Map<string, Kept>();
const KNOWN_MAX = 1_000;

/**
 * I9, booking by booking: what came in and is neither back nor on its way nor waits for a person is what the refund rules
 * keep, and no more. Sums are those of the rows; of the rules only what they keep is asked, not what they would give back.
 */
export async function brokenAtEnds(rows: readonly Ended[]): Promise<string[]> {
  const broken: string[] = [];
  for (const row of rows) {
    const [rest, refused, waits] = [row.restMinor, row.refusedMinor, row.waitsMinor].map(BigInt) as Sums;
    if (rest <= refused + waits) continue;
    const kept = await keptOf(row);
    const keptMinor = least(kept.A, BigInt(row.cameAMinor)) + least(kept.B, BigInt(row.cameBMinor));
    if (rest > keptMinor + refused + waits)
      broken.push(`I9 money of a booking that ended has no way back: ${row.id} ${rest}, kept ${keptMinor}`);
  }
  return broken;
}

type Sums = [bigint, bigint, bigint];

async function keptOf({ id, endedBy }: Ended): Promise<Kept> {
  const key = `${id} ${endedBy}`;
  const before = known.get(key);
  if (before) return before;
  if (known.size >= KNOWN_MAX) known.clear();
  const kept = await readKept(id);
  known.set(key, kept);
  return kept;
}

/** Of a hold that ran out nothing is kept: it ended for no cause of the rules. */
function readKept(id: string): Promise<Kept> {
  return asPerson(testSystem, async (tx) => {
    const booking = await readBooking(tx, testSystem, id);
    const kept: Kept = { A: 0n, B: 0n };
    if (!booking?.cancelledAt) return kept;
    for (const cause of endCausesOf(booking)) {
      const { quote } = await readRefundQuote(tx, booking, cause, dayOf(booking.cancelledAt));
      for (const contract of contractsQuoted(booking, cause))
        kept[contract] += quote.contracts[contract].keptMinor;
    }
    return kept;
  });
}

const least = (one: bigint, other: bigint) => (one < other ? one : other);
