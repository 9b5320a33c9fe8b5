-- The euro rates known at the moment an estimate is sent stay with it, so that what its reader saw in another currency can
-- be shown later. The row is closed by estimate_stays_as_sent; of estimates sent before, nobody kept the rates.
ALTER TABLE "Estimate" ADD COLUMN "sentRates" JSONB;
ALTER TABLE "Estimate" ADD CONSTRAINT "estimate_rates_of_sending" CHECK (
  ("sentRates" IS NULL OR (state <> 'draft' AND jsonb_typeof("sentRates") = 'array')) IS TRUE);
