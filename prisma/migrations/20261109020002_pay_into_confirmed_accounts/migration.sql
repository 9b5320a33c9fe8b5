-- Money leaves for an account that one person wrote down and another confirmed; a release keeps the account it was approved for.
CREATE TYPE "PayeeAccountState" AS ENUM ('proposed', 'confirmed', 'refused', 'replaced');

CREATE TABLE "PayeeAccount" (
    "id" UUID NOT NULL,
    "payeeKey" TEXT NOT NULL,
    "payee" TEXT NOT NULL,
    "holder" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "bic" TEXT,
    "source" TEXT NOT NULL,
    "state" "PayeeAccountState" NOT NULL DEFAULT 'proposed',
    "proposedById" UUID NOT NULL,
    "answeredById" UUID,
    "refusedReason" TEXT,
    "proposedAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "answeredAt" TIMESTAMPTZ,
    "replacedAt" TIMESTAMPTZ,

    CONSTRAINT "PayeeAccount_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "PayeeAccount_payeeKey_idx" ON "PayeeAccount"("payeeKey");
-- A payee is paid into one account, and one other may wait to take its place.
CREATE UNIQUE INDEX "payee_account_confirmed" ON "PayeeAccount" ("payeeKey") WHERE state = 'confirmed';
CREATE UNIQUE INDEX "payee_account_waits" ON "PayeeAccount" ("payeeKey") WHERE state = 'proposed';

ALTER TABLE "PayeeAccount" ADD CONSTRAINT "payee_account_two_people" CHECK (state NOT IN ('confirmed', 'replaced') OR ("answeredById" <> "proposedById") IS TRUE);
ALTER TABLE "PayeeAccount" ADD CONSTRAINT "payee_account_dates" CHECK (
  (state = 'proposed') = ("answeredAt" IS NULL) AND ("answeredAt" IS NULL) = ("answeredById" IS NULL)
  AND (state = 'refused') = ("refusedReason" IS NOT NULL) AND (state = 'replaced') = ("replacedAt" IS NOT NULL));

CREATE TRIGGER only_declared_edges BEFORE UPDATE OF state ON "PayeeAccount" FOR EACH ROW EXECUTE FUNCTION only_declared_edges(
  'proposed>confirmed', 'proposed>refused', 'confirmed>replaced');

CREATE FUNCTION payee_account_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE answer text[] := CASE NEW.state::text
  WHEN 'confirmed' THEN ARRAY['state', 'answeredById', 'answeredAt']
  WHEN 'refused' THEN ARRAY['state', 'answeredById', 'answeredAt', 'refusedReason']
  WHEN 'replaced' THEN ARRAY['state', 'replacedAt']
  ELSE ARRAY[]::text[] END;
BEGIN
  IF NEW.state = OLD.state OR (to_jsonb(NEW) - answer) IS DISTINCT FROM (to_jsonb(OLD) - answer) THEN
    RAISE EXCEPTION 'An account that was written down never changes: another takes its place.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payee_account_stays BEFORE UPDATE ON "PayeeAccount" FOR EACH ROW EXECUTE FUNCTION payee_account_stays();

GRANT SELECT, INSERT, UPDATE ON "PayeeAccount" TO valvia_app;

ALTER TABLE "PayeeAccount" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "PayeeAccount" FORCE ROW LEVEL SECURITY;
CREATE POLICY readers ON "PayeeAccount" FOR SELECT USING (app_role() = 'finance');
CREATE POLICY proposes ON "PayeeAccount" FOR INSERT WITH CHECK (
  app_role() = 'finance' AND state = 'proposed' AND "proposedById" = app_person());
CREATE POLICY answers ON "PayeeAccount" FOR UPDATE USING (app_role() = 'finance') WITH CHECK (
  app_role() = 'finance' AND (state = 'replaced' OR "answeredById" = app_person()));

-- Who a release goes to, beyond the name: a centre, a supplier, or whoever a person named.
ALTER TABLE "Release" ADD COLUMN "payeeKey" TEXT;
ALTER TABLE "Release" ADD COLUMN "payeeAccountId" UUID;
ALTER TABLE "Release" DISABLE TRIGGER USER;
ALTER TABLE "Release" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "Booking" NO FORCE ROW LEVEL SECURITY;
UPDATE "Release" r SET "payeeKey" = CASE
  WHEN r.contract = 'A' THEN 'clinic:' || (SELECT b."clinicId" FROM "Booking" b WHERE b.id = r."bookingId")
  WHEN (SELECT count(*) FROM "Supplier" s WHERE s.name = r.payee) = 1
    THEN 'supplier:' || (SELECT s.id FROM "Supplier" s WHERE s.name = r.payee)
  ELSE 'name:' || lower(btrim(r.payee)) END;
ALTER TABLE "Booking" FORCE ROW LEVEL SECURITY;
ALTER TABLE "Release" FORCE ROW LEVEL SECURITY;
ALTER TABLE "Release" ENABLE TRIGGER USER;
ALTER TABLE "Release" ALTER COLUMN "payeeKey" SET NOT NULL;
ALTER TABLE "Release" ADD CONSTRAINT "Release_payeeAccountId_fkey" FOREIGN KEY ("payeeAccountId") REFERENCES "PayeeAccount"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE OR REPLACE FUNCTION release_stays_as_proposed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE answer text[] := CASE NEW.state::text
  WHEN 'approved' THEN ARRAY['state', 'approvedById', 'approvedAt', 'payeeAccountId']
  WHEN 'refused' THEN ARRAY['state', 'refusedById', 'refusedReason', 'refusedAt']
  WHEN 'paid' THEN ARRAY['state', 'paidById', 'paidAt', 'bankReference']
  WHEN 'withdrawn' THEN ARRAY['state', 'recalledById', 'recalledAt']
  WHEN 'returned' THEN ARRAY['state', 'recalledById', 'recalledAt']
  ELSE ARRAY[]::text[] END;
BEGIN
  IF NEW.state = OLD.state THEN
    answer := ARRAY[]::text[];
  END IF;
  IF (to_jsonb(NEW) - answer) IS DISTINCT FROM (to_jsonb(OLD) - answer) THEN
    RAISE EXCEPTION 'A proposed release never changes.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION release_to_confirmed_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM "PayeeAccount" a
      WHERE a.id = NEW."payeeAccountId" AND a."payeeKey" = NEW."payeeKey" AND a.state = 'confirmed') THEN
    RAISE EXCEPTION 'A release is approved for the confirmed account of its payee alone.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER release_to_confirmed_account BEFORE UPDATE OF state ON "Release" FOR EACH ROW
  WHEN (NEW.state = 'approved' AND OLD.state = 'proposed') EXECUTE FUNCTION release_to_confirmed_account();
