-- A payer says that money is on its way through the bank: once for each instalment, and finance looks out for it.
ALTER TABLE "PlanItem" ADD COLUMN "transferAnnouncedAt" TIMESTAMPTZ;
DROP POLICY money ON "Task";
CREATE POLICY money ON "Task" USING (
  app_role() = 'finance'
  AND kind IN ('unmatched_payment', 'approve_refund', 'refund_failed', 'refund_by_bank', 'payment_disputed', 'transfer_announced'));
