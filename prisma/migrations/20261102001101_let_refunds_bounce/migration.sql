-- A bank may send a refund back after it had arrived, and what the card refused may go through the bank by hand.
DROP TRIGGER only_declared_edges ON "Refund";
CREATE TRIGGER only_declared_edges BEFORE UPDATE OF state ON "Refund" FOR EACH ROW EXECUTE FUNCTION only_declared_edges(
  'calculated>approved', 'approved>sent', 'approved>settled', 'approved>failed', 'sent>settled', 'sent>failed', 'failed>approved',
  'settled>failed', 'failed>settled');
