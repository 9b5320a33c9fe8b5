-- Keeps the centre a patient started from, so that it is not forgotten between its page and the first answer.
-- The row-level security and the grants of "Case" hold for the new column as for every other one.
ALTER TABLE "Case" ADD COLUMN "wishedClinicId" UUID;
