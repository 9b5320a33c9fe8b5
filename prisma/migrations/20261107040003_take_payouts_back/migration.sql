-- A fee that was paid to a centre and sent back by its bank is owed to the centre again. A fee the payer's bank took after the
-- answer is the operator's loss, and somebody of finance has looked at it. One edge more than before: paid_out>released.
ALTER TABLE "SecondOpinion" ADD COLUMN "payoutsReturned" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "lossNotedById" UUID, ADD COLUMN "lossNotedAt" TIMESTAMPTZ;
ALTER TABLE "SecondOpinion" ADD CONSTRAINT "opinion_loss" CHECK (
  "payoutsReturned" >= 0 AND ("lossNotedAt" IS NULL) = ("lossNotedById" IS NULL));

DROP TRIGGER only_declared_edges ON "SecondOpinion";
CREATE TRIGGER only_declared_edges BEFORE UPDATE OF state ON "SecondOpinion" FOR EACH ROW EXECUTE FUNCTION only_declared_edges(
  'awaiting_payment>paid', 'awaiting_payment>cancelled', 'paid>delivered', 'paid>returned', 'delivered>released', 'released>paid_out',
  'paid_out>released');
