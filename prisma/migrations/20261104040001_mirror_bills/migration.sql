-- The hospital's original invoice beside what was agreed. Its bytes, its lines and who matched them are kept for good; the
-- operator can add a letter's invoice, with a second person, but neither replace nor edit one.
CREATE TYPE "BillSource" AS ENUM ('clinic', 'letter');
CREATE TYPE "BillState" AS ENUM ('entered', 'confirmed', 'rejected');
CREATE TYPE "BillCause" AS ENUM ('as_estimated', 'quantity_differs', 'price_differs', 'change_order', 'not_in_estimate', 'excluded', 'not_delivered');

CREATE TABLE "BillFile" (
    "id" UUID NOT NULL,
    "bookingId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "clinicId" UUID NOT NULL,
    "filename" TEXT NOT NULL,
    "mediaType" TEXT NOT NULL,
    "sizeBytes" BIGINT NOT NULL,
    "chunkBytes" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "wrappedKey" BYTEA NOT NULL,
    "keyVersion" INTEGER NOT NULL DEFAULT 1,
    "uploadedById" UUID NOT NULL,
    "uploadedAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "BillFile_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Bill" (
    "id" UUID NOT NULL,
    "bookingId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "clinicId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "source" "BillSource" NOT NULL,
    "state" "BillState" NOT NULL,
    "number" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "totalMinor" BIGINT NOT NULL,
    "fileId" UUID NOT NULL,
    "correctsId" UUID,
    "enteredById" UUID NOT NULL,
    "enteredByName" TEXT NOT NULL,
    "checkedById" UUID,
    "reason" TEXT,
    "issuedOn" DATE NOT NULL,
    "enteredAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "checkedAt" TIMESTAMPTZ,
    "followedAt" TIMESTAMPTZ,

    CONSTRAINT "Bill_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "BillLine" (
    "id" UUID NOT NULL,
    "billId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "code" TEXT,
    "kind" TEXT,
    "wording" TEXT NOT NULL,
    "quantity" DECIMAL(12,3) NOT NULL,
    "unit" TEXT NOT NULL,
    "amountMinor" BIGINT NOT NULL,

    CONSTRAINT "BillLine_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "BillMatch" (
    "id" UUID NOT NULL,
    "bookingId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "authorId" UUID NOT NULL,
    "authorRole" TEXT NOT NULL,
    "authorName" TEXT NOT NULL,
    "madeAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "BillMatch_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "BillMatchLine" (
    "id" UUID NOT NULL,
    "matchId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "billLineId" UUID,
    "serviceId" UUID,
    "cause" "BillCause" NOT NULL,
    "note" TEXT,

    CONSTRAINT "BillMatchLine_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "BillAccount" (
    "id" UUID NOT NULL,
    "bookingId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "clinicId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "matchId" UUID NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "contractAMode" "ContractAMode" NOT NULL,
    "estimateMinor" BIGINT NOT NULL,
    "ceilingMinor" BIGINT NOT NULL,
    "agreedMinor" BIGINT NOT NULL,
    "billedMinor" BIGINT NOT NULL,
    "owedMinor" BIGINT NOT NULL,
    "waitingMinor" BIGINT NOT NULL,
    "notOwedMinor" BIGINT NOT NULL,
    "loweredMinor" BIGINT NOT NULL,
    "refundMinor" BIGINT NOT NULL,
    "settledById" UUID NOT NULL,
    "settledByName" TEXT NOT NULL,
    "settledAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "followedAt" TIMESTAMPTZ,
    "finishedAt" TIMESTAMPTZ,

    CONSTRAINT "BillAccount_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "BillFile_bookingId_idx" ON "BillFile"("bookingId");
CREATE INDEX "BillFile_uploadedAt_idx" ON "BillFile"("uploadedAt");
CREATE UNIQUE INDEX "Bill_fileId_key" ON "Bill"("fileId");
CREATE INDEX "Bill_caseId_idx" ON "Bill"("caseId");
CREATE INDEX "Bill_correctsId_idx" ON "Bill"("correctsId");
CREATE UNIQUE INDEX "Bill_bookingId_version_key" ON "Bill"("bookingId", "version");
CREATE UNIQUE INDEX "BillLine_billId_position_key" ON "BillLine"("billId", "position");
CREATE UNIQUE INDEX "BillMatch_bookingId_version_key" ON "BillMatch"("bookingId", "version");
CREATE UNIQUE INDEX "BillMatchLine_matchId_billLineId_key" ON "BillMatchLine"("matchId", "billLineId");
CREATE INDEX "BillAccount_clinicId_settledAt_idx" ON "BillAccount"("clinicId", "settledAt");
CREATE INDEX "BillAccount_finishedAt_settledAt_idx" ON "BillAccount"("finishedAt", "settledAt");
CREATE UNIQUE INDEX "BillAccount_bookingId_version_key" ON "BillAccount"("bookingId", "version");
-- A bill is corrected once; a correction that was refused corrects nothing.
CREATE UNIQUE INDEX "bill_corrected_once" ON "Bill" ("correctsId") WHERE state <> 'rejected';

ALTER TABLE "BillFile" ADD CONSTRAINT "BillFile_bookingId_fkey" FOREIGN KEY ("bookingId") REFERENCES "Booking"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Bill" ADD CONSTRAINT "Bill_bookingId_fkey" FOREIGN KEY ("bookingId") REFERENCES "Booking"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Bill" ADD CONSTRAINT "Bill_fileId_fkey" FOREIGN KEY ("fileId") REFERENCES "BillFile"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Bill" ADD CONSTRAINT "Bill_correctsId_fkey" FOREIGN KEY ("correctsId") REFERENCES "Bill"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "BillLine" ADD CONSTRAINT "BillLine_billId_fkey" FOREIGN KEY ("billId") REFERENCES "Bill"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "BillMatch" ADD CONSTRAINT "BillMatch_bookingId_fkey" FOREIGN KEY ("bookingId") REFERENCES "Booking"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "BillMatchLine" ADD CONSTRAINT "BillMatchLine_matchId_fkey" FOREIGN KEY ("matchId") REFERENCES "BillMatch"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "BillMatchLine" ADD CONSTRAINT "BillMatchLine_billLineId_fkey" FOREIGN KEY ("billLineId") REFERENCES "BillLine"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "BillMatchLine" ADD CONSTRAINT "BillMatchLine_serviceId_fkey" FOREIGN KEY ("serviceId") REFERENCES "BookingService"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "BillAccount" ADD CONSTRAINT "BillAccount_bookingId_fkey" FOREIGN KEY ("bookingId") REFERENCES "Booking"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "BillAccount" ADD CONSTRAINT "BillAccount_matchId_fkey" FOREIGN KEY ("matchId") REFERENCES "BillMatch"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "BillFile" ADD CONSTRAINT "bill_file_bytes" CHECK ("sizeBytes" > 0 AND "chunkBytes" > 0);
ALTER TABLE "Bill" ADD CONSTRAINT "bill_total" CHECK ("totalMinor" >= 0);
-- The centre's own word counts at once; what the operator took from a letter counts after a second person has read it.
ALTER TABLE "Bill" ADD CONSTRAINT "bill_checked" CHECK (
  CASE source WHEN 'clinic' THEN state = 'confirmed' AND "checkedById" IS NULL AND "checkedAt" IS NULL
  ELSE (state = 'entered') = ("checkedById" IS NULL) AND (state = 'entered') = ("checkedAt" IS NULL)
    AND "checkedById" IS DISTINCT FROM "enteredById" END);
ALTER TABLE "Bill" ADD CONSTRAINT "bill_rejected_why" CHECK (state <> 'rejected' OR reason IS NOT NULL);
ALTER TABLE "Bill" ADD CONSTRAINT "bill_corrects_another" CHECK ("correctsId" <> id);
ALTER TABLE "BillLine" ADD CONSTRAINT "bill_line_counts" CHECK (quantity > 0 AND wording <> '');
-- A billed line and a booked line, or one of them alone: then its cause says why.
ALTER TABLE "BillMatchLine" ADD CONSTRAINT "match_line_cause" CHECK (
  CASE WHEN "billLineId" IS NULL THEN "serviceId" IS NOT NULL AND cause = 'not_delivered'
  WHEN "serviceId" IS NULL THEN cause IN ('not_in_estimate', 'excluded')
  ELSE cause IN ('as_estimated', 'quantity_differs', 'price_differs', 'change_order') END);
ALTER TABLE "BillAccount" ADD CONSTRAINT "account_adds_up" CHECK (
  "owedMinor" + "waitingMinor" + "notOwedMinor" = "billedMinor" AND "owedMinor" >= 0 AND "waitingMinor" >= 0
  AND "notOwedMinor" >= 0 AND "owedMinor" <= "agreedMinor" AND "loweredMinor" >= 0 AND "refundMinor" >= 0);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "BillLine" FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "BillMatch" FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "BillMatchLine" FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER only_declared_edges BEFORE UPDATE OF state ON "Bill" FOR EACH ROW EXECUTE FUNCTION only_declared_edges(
  'entered>confirmed', 'entered>rejected');

CREATE FUNCTION bill_stays_as_entered() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE answer text[] := ARRAY['state', 'reason', 'checkedById', 'checkedAt', 'followedAt'];
BEGIN
  IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - answer) IS DISTINCT FROM (to_jsonb(OLD) - answer)
     OR (OLD.state <> 'entered' AND (to_jsonb(NEW) - 'followedAt') IS DISTINCT FROM (to_jsonb(OLD) - 'followedAt'))
     OR (OLD."followedAt" IS NOT NULL AND NEW."followedAt" IS DISTINCT FROM OLD."followedAt") THEN
    RAISE EXCEPTION 'A bill never changes; a correction is a new one.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER bill_stays_as_entered BEFORE UPDATE OR DELETE ON "Bill" FOR EACH ROW EXECUTE FUNCTION bill_stays_as_entered();

-- The key may be wrapped anew; what it opens stays.
CREATE FUNCTION bill_file_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (to_jsonb(NEW) - 'wrappedKey' - 'keyVersion') IS DISTINCT FROM (to_jsonb(OLD) - 'wrappedKey' - 'keyVersion') THEN
    RAISE EXCEPTION 'The file of a bill never changes.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER bill_file_stays BEFORE UPDATE ON "BillFile" FOR EACH ROW EXECUTE FUNCTION bill_file_stays();

CREATE FUNCTION account_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE later text[] := ARRAY['followedAt', 'finishedAt'];
BEGIN
  IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - later) IS DISTINCT FROM (to_jsonb(OLD) - later) THEN
    RAISE EXCEPTION 'A final account never changes; a later one follows it.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER account_stays BEFORE UPDATE OR DELETE ON "BillAccount" FOR EACH ROW EXECUTE FUNCTION account_stays();

CREATE FUNCTION bill_fits_its_booking() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM "Booking" b JOIN "BillFile" f ON f."bookingId" = b.id WHERE b.id = NEW."bookingId" AND f.id = NEW."fileId"
      AND b."caseId" = NEW."caseId" AND b."clinicId" = NEW."clinicId" AND b.currency = NEW.currency) THEN
    RAISE EXCEPTION 'A bill, its file and its currency belong to one booking.' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW."correctsId" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "Bill" o WHERE o.id = NEW."correctsId"
      AND o."bookingId" = NEW."bookingId" AND o.state = 'confirmed') THEN
    RAISE EXCEPTION 'A correction names a bill of the same booking that counts.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER bill_fits_its_booking BEFORE INSERT ON "Bill" FOR EACH ROW EXECUTE FUNCTION bill_fits_its_booking();

CREATE FUNCTION bill_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wanted uuid := CASE TG_TABLE_NAME WHEN 'Bill' THEN (to_jsonb(NEW)->>'id')::uuid ELSE (to_jsonb(NEW)->>'billId')::uuid END;
  bad boolean;
BEGIN
  SELECT count(l.id) = 0 OR b."totalMinor" <> COALESCE(sum(l."amountMinor"), 0) INTO bad
    FROM "Bill" b LEFT JOIN "BillLine" l ON l."billId" = b.id WHERE b.id = wanted GROUP BY b.id;
  IF bad THEN
    RAISE EXCEPTION 'The lines of a bill add up to its total.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER bill_adds_up AFTER INSERT ON "Bill" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION bill_adds_up();
CREATE CONSTRAINT TRIGGER bill_adds_up AFTER INSERT ON "BillLine" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION bill_adds_up();

-- A match speaks of lines of its own booking alone.
CREATE FUNCTION match_stays_in_its_booking() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM "BillMatch" m WHERE m.id = NEW."matchId" AND (
      (NEW."billLineId" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "BillLine" l JOIN "Bill" b ON b.id = l."billId"
        WHERE l.id = NEW."billLineId" AND b."bookingId" = m."bookingId" AND b.state = 'confirmed'))
      OR (NEW."serviceId" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "BookingService" s
        WHERE s.id = NEW."serviceId" AND s."bookingId" = m."bookingId")))) THEN
    RAISE EXCEPTION 'A match speaks of its own booking alone.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER match_stays_in_its_booking BEFORE INSERT ON "BillMatchLine" FOR EACH ROW EXECUTE FUNCTION match_stays_in_its_booking();

GRANT SELECT, INSERT, DELETE ON "BillFile" TO valvia_app;
GRANT UPDATE ("wrappedKey", "keyVersion") ON "BillFile" TO valvia_app;
GRANT SELECT, INSERT ON "Bill" TO valvia_app;
GRANT UPDATE ("state", "reason", "checkedById", "checkedAt", "followedAt") ON "Bill" TO valvia_app;
GRANT SELECT, INSERT ON "BillLine", "BillMatch", "BillMatchLine" TO valvia_app;
GRANT SELECT, INSERT ON "BillAccount" TO valvia_app;
GRANT UPDATE ("followedAt", "finishedAt") ON "BillAccount" TO valvia_app;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['BillFile', 'Bill', 'BillLine', 'BillMatch', 'BillMatchLine', 'BillAccount']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
  END LOOP;
END $$;

-- Who may write an invoice: the centre that issued it, as its own; a coordinator, as taken from a letter. Nobody else adds one.
CREATE FUNCTION app_bill_writer(wanted_case uuid, wanted_booking uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT app_role() IN ('clinic_manager', 'coordinator') AND app_booking(wanted_case, wanted_booking) $$;

CREATE POLICY readers ON "BillFile" FOR SELECT USING (app_booking("caseId", "bookingId"));
CREATE POLICY writers ON "BillFile" FOR INSERT WITH CHECK (
  app_bill_writer("caseId", "bookingId") AND "uploadedById" = app_person());
CREATE POLICY keys ON "BillFile" FOR UPDATE USING (app_role() = 'system');
CREATE POLICY sweep ON "BillFile" FOR DELETE USING (app_role() = 'system');

-- A letter's invoice is shown to the patient once a second person has read it.
CREATE POLICY readers ON "Bill" FOR SELECT USING (
  app_booking("caseId", "bookingId") AND (state = 'confirmed' OR app_role() <> 'patient'));
CREATE POLICY writers ON "Bill" FOR INSERT WITH CHECK (
  app_bill_writer("caseId", "bookingId") AND "enteredById" = app_person()
  AND ((app_role() = 'clinic_manager' AND source = 'clinic' AND "clinicId" = app_clinic())
    OR (app_role() = 'coordinator' AND source = 'letter' AND state = 'entered')));
CREATE POLICY second_person ON "Bill" FOR UPDATE
  USING (app_role() = 'system' OR (app_role() = 'coordinator' AND state = 'entered' AND "enteredById" <> app_person()))
  WITH CHECK (app_role() = 'system' OR (app_role() = 'coordinator' AND "checkedById" = app_person()));

CREATE POLICY readers ON "BillLine" FOR SELECT USING (EXISTS (SELECT 1 FROM "Bill" b WHERE b.id = "billId"));
CREATE POLICY writers ON "BillLine" FOR INSERT WITH CHECK (
  EXISTS (SELECT 1 FROM "Bill" b WHERE b.id = "billId" AND b."enteredById" = app_person() AND app_bill_writer(b."caseId", b."bookingId")));

CREATE POLICY readers ON "BillMatch" FOR SELECT USING (app_booking("caseId", "bookingId"));
CREATE POLICY writers ON "BillMatch" FOR INSERT WITH CHECK (
  app_role() IN ('clinic_manager', 'finance') AND "authorId" = app_person() AND app_booking("caseId", "bookingId"));
CREATE POLICY readers ON "BillMatchLine" FOR SELECT USING (EXISTS (SELECT 1 FROM "BillMatch" m WHERE m.id = "matchId"));
CREATE POLICY writers ON "BillMatchLine" FOR INSERT WITH CHECK (
  EXISTS (SELECT 1 FROM "BillMatch" m WHERE m.id = "matchId" AND m."authorId" = app_person()));

CREATE POLICY readers ON "BillAccount" FOR SELECT USING (app_booking("caseId", "bookingId"));
CREATE POLICY writers ON "BillAccount" FOR INSERT WITH CHECK (app_role() = 'finance' AND "settledById" = app_person());
CREATE POLICY followed ON "BillAccount" FOR UPDATE USING (app_role() = 'system');

CREATE POLICY bills ON "Task" USING (app_role() = 'finance' AND kind IN ('settle_bill', 'bill_late', 'surplus_late'));
