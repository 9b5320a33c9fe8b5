-- The terms of payment an estimate was sent under stay with it, so that the plan its reader accepted is the plan that is shown
-- later. The row is closed by estimate_stays_as_sent; of estimates sent before, nobody kept the terms.
ALTER TABLE "Estimate" ADD COLUMN "sentTerms" JSONB;
ALTER TABLE "Estimate" ADD CONSTRAINT "estimate_terms_of_sending" CHECK (
  ("sentTerms" IS NULL OR (state <> 'draft' AND jsonb_typeof("sentTerms") = 'object')) IS TRUE);
