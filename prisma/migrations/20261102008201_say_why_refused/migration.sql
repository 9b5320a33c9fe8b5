-- Only a proposal can be refused; nothing of it was set aside yet. Who, when and why stand beside it.
ALTER TABLE "Refund" ADD COLUMN "refusedReason" text, ADD COLUMN "refusedById" uuid, ADD COLUMN "refusedAt" timestamptz;
ALTER TABLE "Refund" ADD CONSTRAINT "refund_refused" CHECK (
  (state = 'refused') = ("refusedAt" IS NOT NULL)
  AND ("refusedAt" IS NULL) = ("refusedReason" IS NULL) AND ("refusedAt" IS NULL) = ("refusedById" IS NULL));
DROP TRIGGER only_declared_edges ON "Refund";
CREATE TRIGGER only_declared_edges BEFORE UPDATE OF state ON "Refund" FOR EACH ROW EXECUTE FUNCTION only_declared_edges(
  'calculated>approved', 'calculated>refused', 'approved>sent', 'approved>settled', 'approved>failed', 'sent>settled', 'sent>failed',
  'failed>approved', 'settled>failed', 'failed>settled');
