-- What a payer's bank took back is not sent a second way: a refund of the same payment that has not left us ends there.
DROP TRIGGER only_declared_edges ON "Refund";
CREATE TRIGGER only_declared_edges BEFORE UPDATE OF state ON "Refund" FOR EACH ROW EXECUTE FUNCTION only_declared_edges(
  'calculated>approved', 'calculated>refused', 'approved>sent', 'approved>settled', 'approved>failed', 'approved>refused', 'sent>settled',
  'sent>failed', 'failed>approved', 'failed>refused', 'settled>failed', 'failed>settled');

-- Nobody said no to it: the bank decided, or another sum took its place since.
ALTER TABLE "Refund" DROP CONSTRAINT "refund_refused";
ALTER TABLE "Refund" ADD CONSTRAINT "refund_refused" CHECK (
  (state = 'refused') = ("refusedAt" IS NOT NULL) AND ("refusedAt" IS NULL) = ("refusedReason" IS NULL)
  AND ("refusedById" IS NULL OR "refusedAt" IS NOT NULL)
  AND ("refusedAt" IS NULL OR "refusedById" IS NOT NULL OR "refusedReason" IN ('taken_by_bank', 'counted_anew')));

-- How much of a payment the payer's bank took back for good.
ALTER TABLE "Payment" ADD COLUMN "lostMinor" BIGINT NOT NULL DEFAULT 0,
  ADD CONSTRAINT "payment_lost" CHECK ("lostMinor" >= 0);
DO $$
DECLARE
  was text := COALESCE(current_setting('app.role', true), '');
BEGIN
  PERFORM set_config('app.role', 'system', true);
  UPDATE "Payment" p SET "lostMinor" = l.lost FROM (
    SELECT t."paymentId" AS id, -sum(e."amountMinor") AS lost FROM "LedgerTx" t JOIN "LedgerEntry" e ON e."txId" = t.id
     WHERE t.kind = 'dispute_lost' AND e.account = 'psp_clearing' GROUP BY 1) l WHERE l.id = p.id AND l.lost > 0;
  PERFORM set_config('app.role', was, true);
END $$;
