-- What a payer's bank took ends a refund once, and only one that was set aside before. Losses of before wait here for the worker,
-- which sets each of them against what was owed; a refund set aside after a loss was counted with it.
-- Refunds before payments, as a running app takes them: neither waits for the other for ever.
ALTER TABLE "Refund" ADD COLUMN "lostBeforeMinor" BIGINT NOT NULL DEFAULT 0,
  ADD CONSTRAINT "refund_lost_before" CHECK ("lostBeforeMinor" >= 0);
ALTER TABLE "Payment" ADD COLUMN "lossSettledMinor" BIGINT NOT NULL DEFAULT 0,
  ADD CONSTRAINT "payment_loss_settled" CHECK ("lossSettledMinor" BETWEEN 0 AND "lostMinor");
DO $$
DECLARE
  was text := COALESCE(current_setting('app.role', true), '');
BEGIN
  PERFORM set_config('app.role', 'system', true);
  UPDATE "Refund" r SET "lostBeforeMinor" = l.lost FROM (
    SELECT a."refundId" AS id, -sum(e."amountMinor") AS lost FROM "LedgerTx" a
      JOIN "LedgerTx" t ON t."paymentId" = a."paymentId" AND t.kind = 'dispute_lost' AND t.at < a.at
      JOIN "LedgerEntry" e ON e."txId" = t.id AND e.account = 'psp_clearing'
     WHERE a.kind = 'refund_approved' GROUP BY 1) l WHERE l.id = r.id AND l.lost > 0;
  PERFORM set_config('app.role', was, true);
END $$;
