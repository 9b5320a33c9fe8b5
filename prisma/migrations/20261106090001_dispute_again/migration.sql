-- A payer's bank may ask for the same payment again, or for another part of it, after it was refused once.
ALTER TABLE "Payment" ADD COLUMN "openDisputes" TEXT[] DEFAULT ARRAY[]::TEXT[],
  ADD COLUMN "endedDisputes" TEXT[] DEFAULT ARRAY[]::TEXT[];

DROP TRIGGER only_declared_edges ON "Payment";
CREATE TRIGGER only_declared_edges BEFORE UPDATE OF state ON "Payment" FOR EACH ROW EXECUTE FUNCTION only_declared_edges(
  'created>requires_action', 'created>processing', 'created>succeeded', 'created>failed', 'created>expired', 'requires_action>succeeded',
  'requires_action>failed', 'requires_action>processing', 'requires_action>expired', 'processing>succeeded', 'processing>failed',
  'failed>succeeded', 'expired>succeeded', 'failed>expired', 'succeeded>disputed', 'disputed>won', 'disputed>lost', 'won>disputed');
