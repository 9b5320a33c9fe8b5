-- Quoted versus paid of a centre: final bill by accepted estimate, in basis points, over its settled bookings. Published, so
-- without anybody's name, and only from five bookings on.
ALTER TABLE "Clinic" ADD COLUMN "billCount" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "billMedianBp" INTEGER, ADD COLUMN "billLowBp" INTEGER, ADD COLUMN "billHighBp" INTEGER;
ALTER TABLE "Clinic" ADD CONSTRAINT "bill_score_from_five" CHECK (
  ("billCount" >= 5) = ("billMedianBp" IS NOT NULL) AND ("billMedianBp" IS NULL) = ("billLowBp" IS NULL)
  AND ("billMedianBp" IS NULL) = ("billHighBp" IS NULL)
  AND COALESCE("billLowBp" <= "billMedianBp" AND "billMedianBp" <= "billHighBp", true));
