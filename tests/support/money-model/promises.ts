/**
 * The promises of booking and money. Each statement answers the rows that break it: none. They read the whole database,
 * as the system; `moved.now()` is the database's clock.
 */
const BROKEN_BY: Record<string, string> = {
  "I1 no two live claims of one resource overlap": `
    SELECT a.id::text AS what FROM "Claim" a JOIN "Claim" b ON a."resourceId" = b."resourceId" AND a.id < b.id
     WHERE a.state IN ('held', 'booked') AND b.state IN ('held', 'booked')
       AND tstzrange(a."startsAt", a."endsAt", '[)') && tstzrange(b."startsAt", b."endsAt", '[)')`,
  "I2 a slot has as many takers as it says, and no more than places": `
    SELECT s.id::text || ' taken ' || s.taken || ' of ' || s.capacity || ' by ' || count(b.id) + kept.offers AS what
      FROM "ProcedureSlot" s CROSS JOIN LATERAL (
        SELECT count(*) AS offers FROM "WaitingOffer" f WHERE f."slotId" = s.id AND f.state = 'open') kept
      LEFT JOIN "Booking" b ON b."slotId" = s.id AND b.state IN ('held', 'awaiting_deposit', 'awaiting_centre', 'confirmed', 'completed')
     GROUP BY s.id, kept.offers HAVING count(b.id) + kept.offers <> s.taken OR s.taken > s.capacity`,
  "I3 a booking that stands owns all its parts, one that ended none": `
    SELECT b.id::text || ' ' || b.state || ' ' || p.live || ' of ' || p.parts AS what FROM "Booking" b,
      LATERAL (SELECT count(*) AS parts, count(c.id) AS live FROM (
        SELECT "claimId" FROM "Transfer" WHERE "bookingId" = b.id AND state <> 'cancelled'
        UNION ALL SELECT "claimId" FROM "InterpreterAssignment" WHERE "bookingId" = b.id AND state <> 'cancelled') own
        LEFT JOIN "Claim" c ON c.id = own."claimId" AND c.state = CASE WHEN b.state IN ('held', 'awaiting_deposit') THEN 'held' ELSE 'booked' END::"ClaimState") p
     WHERE p.live <> p.parts OR (b.state = 'cancelled' AND (p.parts > 0
        OR EXISTS (SELECT 1 FROM "Claim" c WHERE c."bookingId" = b.id AND c.state IN ('held', 'booked'))))
        OR (b.state <> 'cancelled' AND p.parts <> (SELECT count(*) FROM "Transfer" WHERE "bookingId" = b.id)
             + (SELECT count(*) FROM "InterpreterAssignment" WHERE "bookingId" = b.id)
          AND NOT EXISTS (SELECT 1 FROM "Contract" c WHERE c."bookingId" = b.id AND c."withdrawnAt" IS NOT NULL))`,
  "I4 every transaction of the ledger sums to zero": `
    SELECT "txId"::text AS what FROM "LedgerEntry" GROUP BY "txId", currency HAVING sum("amountMinor") <> 0`,
  "I5 what a payer paid less what came back is what the ledger says": `
    SELECT p.id::text || ' tables ' || own.net || ' ledger ' || COALESCE(l.net, 0) AS what FROM "Payment" p
      CROSS JOIN LATERAL (SELECT CASE WHEN p."succeededAt" IS NULL THEN 0 ELSE p."amountMinor" END
        - COALESCE((SELECT sum(r."amountMinor") FROM "Refund" r WHERE r."paymentId" = p.id AND r.state = 'settled'), 0)
        - COALESCE((SELECT sum(-e."amountMinor") FROM "LedgerTx" t JOIN "LedgerEntry" e ON e."txId" = t.id
            WHERE t."paymentId" = p.id AND t.kind = 'dispute_lost' AND e.account = 'psp_clearing'), 0) AS net) own
      LEFT JOIN LATERAL (SELECT sum(e."amountMinor") AS net FROM "LedgerTx" t JOIN "LedgerEntry" e ON e."txId" = t.id
        WHERE t."paymentId" = p.id AND e.account = 'psp_clearing' AND t.kind <> 'provider_fee') l ON true
     WHERE own.net <> COALESCE(l.net, 0)`,
  "I5 no pocket of a booking is overdrawn": `
    SELECT COALESCE(e."bookingId", x."opinionId")::text || ' ' || e.account || ' ' || sum(e."amountMinor") AS what
      FROM "LedgerEntry" e JOIN "LedgerTx" x ON x.id = e."txId"
     WHERE e.account IN ('client_funds_held', 'operator_fee_deferred', 'refund_payable')
     GROUP BY e."bookingId", x."opinionId", e.account, e.contract HAVING sum(e."amountMinor") > 0`,
  "I6 refunds never exceed what was captured": `
    SELECT p.id::text AS what FROM "Payment" p LEFT JOIN "Refund" r ON r."paymentId" = p.id AND r.state IN ('approved', 'sent', 'settled', 'failed')
     GROUP BY p.id HAVING COALESCE(sum(r."amountMinor"), 0) <> p."refundedMinor" OR p."refundedMinor" > p."amountMinor"
        OR (p."refundedMinor" > 0 AND p."succeededAt" IS NULL)`,
  "I7 each state has its dates": `
    SELECT id::text AS what FROM "Booking" WHERE (state = 'cancelled') <> ("cancelledAt" IS NOT NULL)
       OR (state IN ('awaiting_centre', 'confirmed', 'completed') AND "paidAt" IS NULL)
       OR (state IN ('confirmed', 'completed') AND "confirmedAt" IS NULL)
       OR (state IN ('held', 'awaiting_deposit')) <> ("holdExpiresAt" IS NOT NULL AND state <> 'cancelled')
    UNION ALL SELECT id::text FROM "Payment" WHERE (state IN ('succeeded', 'disputed', 'won', 'lost')) <> ("succeededAt" IS NOT NULL)
    UNION ALL SELECT id::text FROM "Refund" WHERE (state = 'settled') <> ("settledAt" IS NOT NULL) OR (state = 'refused') <> ("refusedAt" IS NOT NULL)`,
  "I8 a receipt is written once for each payment that counts": `
    SELECT p.id::text AS what FROM "Payment" p LEFT JOIN pgboss.job j ON j.name = 'document.receipt' AND j.data->>'paymentId' = p.id::text
     GROUP BY p.id HAVING count(j.id) <> CASE WHEN p."succeededAt" IS NOT NULL AND NOT p."isSurplus" THEN 1 ELSE 0 END`,
  "I8 every call was written down before it was made, once": `
    SELECT p.id::text AS what FROM "Payment" p LEFT JOIN "ProviderIntent" i ON i."objectId" = p.id AND i.purpose = 'checkout'
     WHERE p.method = 'card' GROUP BY p.id HAVING count(i.id) <> 1`,
  "I9 no transfer that pays nothing without somebody asked": `
    SELECT t.id::text AS what FROM "BankTransfer" t WHERE t.state = 'unmatched' AND t."bookingId" IS NOT NULL AND t."paymentId" IS NULL
       AND NOT EXISTS (SELECT 1 FROM "Task" k WHERE k.kind = 'unmatched_payment' AND k.title = t.id::text AND k.state = 'open')`,
  "I9 a refund is on its way, waits for the bank of the payer, or somebody is asked": `
    SELECT r.id::text || ' ' || r.state AS what FROM "Refund" r JOIN "Payment" p ON p.id = r."paymentId"
     WHERE r.state IN ('calculated', 'approved', 'sent', 'failed') AND cardinality(p."openDisputes") = 0
       AND (r.state <> 'sent' OR p.method = 'bank_transfer')
       AND NOT EXISTS (SELECT 1 FROM "Task" k WHERE k.title = r.id::text AND k.state = 'open' AND k.kind = CASE r.state
         WHEN 'calculated' THEN 'approve_refund' WHEN 'failed' THEN 'refund_failed' WHEN 'sent' THEN 'refund_by_bank' END)
       AND (r.state <> 'approved' OR NOT EXISTS (SELECT 1 FROM pgboss.job j
         WHERE j.state < 'completed' AND j.name = 'refund.send' AND j.data->>'refundId' = r.id::text))`,
  "I9 a refund ends by a person, by what a bank took of its payment, or because another sum took its place": `
    SELECT r.id::text || ' ' || r."refusedReason" AS what FROM "Refund" r JOIN "Payment" p ON p.id = r."paymentId"
     WHERE r.state = 'refused' AND r."refusedById" IS NULL
       AND NOT (r."refusedReason" = 'counted_anew' OR (r."refusedReason" = 'taken_by_bank' AND p."lostMinor" > 0))`,
  "I10 an event has one effect": `
    SELECT t."paymentId"::text AS what FROM "LedgerTx" t WHERE t.kind IN ('payment_received', 'surplus_received') GROUP BY t."paymentId" HAVING count(*) > 1
    UNION ALL SELECT r.id::text FROM "Refund" r LEFT JOIN "LedgerTx" t ON t."refundId" = r.id
     GROUP BY r.id, r.state HAVING count(*) FILTER (WHERE t.kind = 'refund_settled') - count(*) FILTER (WHERE t.kind = 'refund_bounced')
       <> CASE WHEN r.state = 'settled' THEN 1 ELSE 0 END`,
  "I15 a booking stands on the day of its slot and where it went last; a contract names the day it was signed for": `
    SELECT b.id::text AS what FROM "Booking" b JOIN "ProcedureSlot" s ON s.id = b."slotId" WHERE b."treatmentOn" <> s."on"
    UNION ALL SELECT b.id::text || ' went elsewhere' FROM "Booking" b
     WHERE b."treatmentOn" <> (SELECT m."toOn" FROM "BookingMove" m WHERE m."bookingId" = b.id ORDER BY m."movedAt" DESC, m.id DESC LIMIT 1)
    UNION ALL SELECT c.id::text || ' names another day' FROM "Contract" c JOIN "Booking" b ON b.id = c."bookingId"
     WHERE position(to_char(b."treatmentOn", 'FMDD FMMonth YYYY') IN c.text) = 0
       AND NOT EXISTS (SELECT 1 FROM "BookingMove" m WHERE m."bookingId" = b.id AND m."movedAt" > c."signedAt")`,
  "I16 an instalment is paid as far as its payments brought, of no contract more, and its state says how far": `
    SELECT i.id::text || ' ' || i.state || ' ' || i."paidMinor" || ' of ' || i."amountMinor" AS what FROM "PlanItem" i CROSS JOIN LATERAL (
      SELECT COALESCE(sum(p."amountMinor"), 0) AS brought, COALESCE(sum(p."contractAMinor"), 0) AS a, bool_or(p.state = 'lost') AS lost FROM "Payment" p
       WHERE p."planItemId" = i.id AND p."succeededAt" IS NOT NULL AND NOT p."isSurplus") own
     WHERE i."paidMinor" <> least(own.brought, i."amountMinor") OR (own.lost IS NOT TRUE AND i."paidAMinor" <> own.a)
        OR (i.state = 'paid') <> (i."paidMinor" = i."amountMinor") OR (i.state IN ('planned', 'due') AND i."paidMinor" > 0)`,
  "I17 what came through the bank stands in the ledger to the last unit": `
    SELECT COALESCE(t.currency, l.currency) || ' came ' || COALESCE(t.came, 0) || ' booked ' || COALESCE(l.booked, 0) AS what
      FROM (SELECT currency, sum("amountMinor") AS came FROM "BankTransfer" WHERE "restOfId" IS NULL GROUP BY currency) t
      FULL JOIN (SELECT e.currency, sum(e."amountMinor") AS booked FROM "LedgerEntry" e JOIN "LedgerTx" x ON x.id = e."txId"
        LEFT JOIN "Payment" p ON p.id = x."paymentId" WHERE e.account = 'psp_clearing' AND (x.kind IN ('transfer_kept', 'transfer_placed')
          OR (x.kind IN ('payment_received', 'surplus_received') AND p.method = 'bank_transfer')) GROUP BY e.currency) l ON l.currency = t.currency
     WHERE COALESCE(t.came, 0) <> COALESCE(l.booked, 0)`,
  "I11 each change of money and date has its audit row": `
    WITH audit AS (SELECT event, "objectId", count(*) AS n FROM "AuditEvent" GROUP BY 1, 2)
    SELECT w.event || ' ' || w.id AS what FROM (
      SELECT 'booking.held' AS event, id, 1::bigint AS n FROM "Booking"
      UNION ALL SELECT 'booking.rescheduled', b.id, count(m.id) FROM "Booking" b LEFT JOIN "BookingMove" m ON m."bookingId" = b.id GROUP BY b.id
      UNION ALL SELECT 'booking.completed', id, 1 FROM "Booking" WHERE "completedAt" IS NOT NULL
      UNION ALL SELECT 'booking.cancelled', id, 1 FROM "Booking" WHERE "cancelCause" NOT IN ('hold_expired', 'withdrawal')
      UNION ALL SELECT 'payment.started', id, 1 FROM "Payment" WHERE method = 'card'
      UNION ALL SELECT CASE WHEN "isSurplus" THEN 'payment.doubled' ELSE 'payment.succeeded' END, id, 1 FROM "Payment" WHERE "succeededAt" IS NOT NULL
      UNION ALL SELECT 'refund.refused', id, 1 FROM "Refund" WHERE state = 'refused'
      UNION ALL SELECT 'refund.settled', "refundId", count(*) FROM "LedgerTx" WHERE kind = 'refund_settled' GROUP BY 2
      UNION ALL SELECT 'refund.bounced', "refundId", count(*) FROM "LedgerTx" WHERE kind = 'refund_bounced' GROUP BY 2) w
      LEFT JOIN audit a ON a.event = w.event AND a."objectId" = w.id::text WHERE COALESCE(a.n, 0) <> w.n
    UNION ALL SELECT 'booking.confirmed ' || b.id FROM "Booking" b LEFT JOIN audit a ON a.event = 'booking.confirmed' AND a."objectId" = b.id::text
      CROSS JOIN LATERAL (SELECT count(*) AS n FROM "BookingMove" m WHERE m."bookingId" = b.id) moves
     WHERE COALESCE(a.n, 0) NOT BETWEEN (b."confirmedAt" IS NOT NULL)::int AND moves.n + (b."confirmedAt" IS NOT NULL)::int
    UNION ALL SELECT a.event || ' without its change ' || a."objectId" FROM audit a
     WHERE a.event IN ('payment.succeeded', 'payment.doubled') AND NOT EXISTS (SELECT 1 FROM "Payment" p WHERE p.id::text = a."objectId" AND p."succeededAt" IS NOT NULL)`,
  "I18 a payment is contested as long as something of it is asked for": `
    SELECT id::text || ' ' || state AS what FROM "Payment" WHERE (state = 'disputed' AND cardinality("openDisputes") = 0)
       OR (state IN ('succeeded', 'won') AND cardinality("openDisputes") > 0) OR (state = 'won' AND cardinality("endedDisputes") = 0)
    UNION ALL SELECT id::text || ' settled ' || "lossSettledMinor" || ' of ' || "lostMinor" FROM "Payment" WHERE "lossSettledMinor" <> "lostMinor"`,
  "I19 the fee of a second opinion is held while it is paid or answered, owed to its centre once released, and with it once paid out": `
    SELECT o.id::text || ' ' || o.state || ' holds ' || own.held || ' owes ' || own.owed || ' paid ' || own.out AS what
      FROM "SecondOpinion" o CROSS JOIN LATERAL (SELECT COALESCE(-sum(e."amountMinor") FILTER (WHERE e.account = 'client_funds_held'), 0) AS held,
        COALESCE(-sum(e."amountMinor") FILTER (WHERE e.account = 'hospital_payable'), 0) AS owed,
        COALESCE(-sum(e."amountMinor") FILTER (WHERE e.account = 'psp_clearing' AND t.kind IN ('release_paid', 'payout_returned')), 0) AS out
        FROM "LedgerTx" t JOIN "LedgerEntry" e ON e."txId" = t.id WHERE t."opinionId" = o.id) own
     WHERE (own.held, own.owed, own.out) <> (CASE WHEN o.state IN ('paid', 'delivered') THEN o."feeMinor" ELSE 0 END,
       CASE WHEN o.state = 'released' THEN o."feeMinor" ELSE 0 END, CASE WHEN o.state = 'paid_out' THEN o."feeMinor" ELSE 0 END)`,
  "I20 a second opinion is paid once; given back whole, or taken by the bank, where it was not answered": `
    SELECT o.id::text || ' ' || o.state || ' paid ' || count(p.id) || ' times' AS what FROM "SecondOpinion" o
      LEFT JOIN "Payment" p ON p."opinionId" = o.id AND p."succeededAt" IS NOT NULL AND NOT p."isSurplus"
     GROUP BY o.id HAVING count(p.id) <> CASE WHEN o.state IN ('awaiting_payment', 'cancelled') THEN 0 ELSE 1 END
        OR (o.state = 'returned' AND bool_or(p."refundedMinor" < p."amountMinor" AND p.state <> 'lost'))
        OR (o.state IN ('paid', 'delivered', 'released', 'paid_out') AND bool_or(p."refundedMinor" > 0))`,
  "I21 a transfer whose way back was approved pays nothing and is owed to its payer, until it was sent or taken back": `
    SELECT t.id::text || ' ' || t.state AS what FROM "BankTransfer" t
      LEFT JOIN "TransferReturn" r ON r."transferId" = t.id AND r.state IN ('approved', 'sent')
      CROSS JOIN LATERAL (SELECT COALESCE(sum(e."amountMinor") FILTER (WHERE e.account = 'psp_clearing'), 0) AS here,
        COALESCE(-sum(e."amountMinor") FILTER (WHERE e.account = 'refund_payable'), 0) AS owed
        FROM "LedgerTx" x JOIN "LedgerEntry" e ON e."txId" = x.id WHERE x.reference LIKE 'transfer:' || t.id || ':%') own
     GROUP BY t.id, own.here, own.owed HAVING count(r.id) > 1 OR (t.state = 'returned') <> (count(r.id) = 1)
        OR own.owed <> CASE WHEN bool_or(r.state = 'approved') THEN t."amountMinor" ELSE 0 END OR (bool_or(r.state = 'sent') AND own.here <> 0)`,
  "I22 a service is delivered as long as one mark says so that stands, and one cost at most is kept for it": `
    SELECT s.id::text AS what FROM "BookingService" s LEFT JOIN "ServiceDelivery" d ON d."serviceId" = s.id
       AND NOT EXISTS (SELECT 1 FROM "DeliveryWithdrawal" w WHERE w."deliveryId" = d.id)
     WHERE s.kind = 'translation' GROUP BY s.id HAVING count(*) FILTER (WHERE d.kind = 'delivered') <> (s."deliveredAt" IS NOT NULL)::int
        OR count(*) FILTER (WHERE d.kind = 'kept') > 1`,
  "I23 of a trip that stands no more is here, and asked for again after a loss, than is agreed": `
    SELECT b.id::text || ' has ' || own.here || ' and asks ' || lost.again || ' for ' || agreed.sum AS what FROM "Booking" b
      CROSS JOIN LATERAL (SELECT sum(p."amountMinor" - p."lostMinor" - COALESCE(back.sum, 0)) AS here, count(*) AS n FROM "Payment" p
        CROSS JOIN LATERAL (SELECT sum(r."amountMinor") AS sum FROM "Refund" r WHERE r."paymentId" = p.id AND (r.state <> 'refused'
          OR r."refusedById" IS NOT NULL AND r."refusedReason" <> 'counted_anew' AND r.cause IN ('change_order', 'surplus'))) back
         WHERE p."bookingId" = b.id AND p."succeededAt" IS NOT NULL AND NOT p."isSurplus") own
      CROSS JOIN LATERAL (SELECT COALESCE(sum(e."amountMinor"), 0) AS again FROM "LedgerTx" t JOIN "LedgerEntry" e ON e."txId" = t.id
        JOIN "Payment" p ON p.id = t."paymentId" AND NOT p."isSurplus"
         WHERE t."bookingId" = b.id AND e.account = 'write_off' AND t.kind IN ('dispute_lost', 'refund_taken', 'payment_received')) lost
      CROSS JOIN LATERAL (SELECT sum(s."amountMinor") AS sum FROM "BookingService" s WHERE s."bookingId" = b.id
         AND (b."contractAMode" = 'held_by_operator'
           OR EXISTS (SELECT 1 FROM "EstimateLine" l WHERE l.id = s."lineId" AND l.contract = 'B')
           OR EXISTS (SELECT 1 FROM "ChangeOrderLine" l JOIN "ChangeOrder" o ON o.id = l."changeOrderId" AND o.contract = 'B'
             WHERE l.id = s."changeLineId"))) agreed
     WHERE b.state <> 'cancelled' AND own.here + greatest(lost.again, 0) > agreed.sum + own.n
       AND NOT EXISTS (SELECT 1 FROM "Contract" c WHERE c."bookingId" = b.id AND c."withdrawnAt" IS NOT NULL)`,
  "I25 a day whose deposit a debit brings is kept for it, and not for ever": `
    SELECT b.id::text || ' until ' || b."holdExpiresAt" AS what FROM "Booking" b
      JOIN "PlanItem" i ON i."bookingId" = b.id AND i.kind = 'deposit' AND i."transferAnnouncedAt" IS NULL
     WHERE b.state = 'awaiting_deposit' AND (b."holdExpiresAt" > b."debitSaidAt" + interval '8 days'
        OR (b."debitSaidAt" IS NULL AND b."holdExpiresAt" < b."treatmentOn" - interval '2 days'
          AND EXISTS (SELECT 1 FROM "Payment" p WHERE p."planItemId" = i.id AND p.state = 'processing')))`,
  "I26 nobody approves a refund for a cause that is proven without saying what they saw": `
    SELECT id::text || ' ' || cause AS what FROM "Refund" WHERE cause IN ('visa_refused', 'medical_deterioration', 'force_majeure')
       AND "approvedById" IS NOT NULL AND "seenProof" IS NULL`,
  "I24 of a fee no more is earned than stands on invoices": `
    SELECT own.id::text || ' earned ' || own.earned || ' of ' || papers.sum AS what FROM (
      SELECT e."bookingId" AS id, -sum(e."amountMinor") AS earned FROM "LedgerTx" t JOIN "LedgerEntry" e ON e."txId" = t.id
       WHERE t.kind IN ('fee_earned', 'fee_credited') AND e.account IN ('operator_fee_earned', 'tax') GROUP BY 1) own
      CROSS JOIN LATERAL (SELECT COALESCE(sum(CASE WHEN l."creditsLineId" IS NULL THEN l."grossMinor" ELSE -l."grossMinor" END), 0) AS sum
        FROM "InvoiceLine" l WHERE l."bookingId" = own.id AND l.kind = 'operator_fee') papers
     WHERE own.earned > papers.sum OR own.earned < 0`,
  "I24 everything stands on one invoice at most, and of no line more is credited than it names": `
    SELECT min(l.id::text) AS what FROM "InvoiceLine" l WHERE l."creditsLineId" IS NULL GROUP BY l."serviceId", l.slice HAVING count(*) > 1
    UNION ALL SELECT l.id::text FROM "InvoiceLine" l JOIN "InvoiceLine" n ON n."creditsLineId" = l.id GROUP BY l.id, l."grossMinor"
    HAVING sum(n."grossMinor") > l."grossMinor"`,
};

/** Once holds were swept none is left over, and its day is free: I2 counts who has it. */
export const AFTER_SWEEP = `SELECT 'I12 an expired hold is gone after one sweep' AS promise, id::text AS what FROM "Booking"
  WHERE state IN ('held', 'awaiting_deposit') AND "holdExpiresAt" <= moved.now()`;

export const ALL = Object.entries(BROKEN_BY)
  .map(([promise, sql]) => `SELECT '${promise}' AS promise, what FROM (${sql}) broken`)
  .join("\nUNION ALL\n");
