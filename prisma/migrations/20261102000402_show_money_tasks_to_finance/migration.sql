-- Finance sees no cases, but has to see and finish what is to be done about money.
CREATE POLICY money ON "Task" USING (
  app_role() = 'finance'
  AND kind IN ('unmatched_payment', 'approve_refund', 'refund_failed', 'refund_by_bank', 'payment_disputed'));
