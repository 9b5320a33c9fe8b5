-- A change of what is booked: proposed with old and new sums, decided by the patient. The accepted estimate stays as it is;
-- what is booked now stands in the services of the booking.
CREATE TYPE "ChangeOrderState" AS ENUM ('proposed', 'accepted', 'declined', 'expired', 'emergency_applied');

CREATE TABLE "ChangeOrder" (
    "id" UUID NOT NULL,
    "bookingId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "clinicId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "contract" "ContractKind" NOT NULL,
    "state" "ChangeOrderState" NOT NULL DEFAULT 'proposed',
    "reason" TEXT NOT NULL,
    "explanation" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "fromMinor" BIGINT NOT NULL,
    "toMinor" BIGINT NOT NULL,
    "ceilingMinor" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,
    "authorId" UUID NOT NULL,
    "authorRole" TEXT NOT NULL,
    "authorName" TEXT NOT NULL,
    "emergencyDoctor" TEXT,
    "emergencyReason" TEXT,
    "answeredById" UUID,
    "answeredRole" TEXT,
    "typedName" TEXT,
    "agreedAboveCeiling" BOOLEAN,
    "declineReason" TEXT,
    "proofRecordId" UUID,
    "provenById" UUID,
    "instalmentMinor" BIGINT,
    "loweredMinor" BIGINT,
    "refundMinor" BIGINT,
    "proposedAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ,
    "happenedAt" TIMESTAMPTZ,
    "answeredAt" TIMESTAMPTZ,
    "provenAt" TIMESTAMPTZ,

    CONSTRAINT "ChangeOrder_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "ChangeOrderLine" (
    "id" UUID NOT NULL,
    "changeOrderId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "serviceId" UUID,
    "kind" TEXT NOT NULL,
    "label" TEXT,
    "quantity" DECIMAL(12,3) NOT NULL,
    "unit" TEXT NOT NULL,
    "device" TEXT,
    "fromMinor" BIGINT NOT NULL,
    "toMinor" BIGINT NOT NULL,
    "cause" TEXT NOT NULL,

    CONSTRAINT "ChangeOrderLine_pkey" PRIMARY KEY ("id")
);

-- A service is booked by a line of the estimate, or by a line a change has added.
ALTER TABLE "BookingService" ALTER COLUMN "lineId" DROP NOT NULL, ADD COLUMN "changeLineId" UUID;
-- The instalment a change has brought.
ALTER TABLE "PlanItem" ADD COLUMN "changeOrderId" UUID;

CREATE UNIQUE INDEX "ChangeOrder_bookingId_version_key" ON "ChangeOrder"("bookingId", "version");
CREATE INDEX "ChangeOrder_caseId_proposedAt_idx" ON "ChangeOrder"("caseId", "proposedAt");
CREATE INDEX "ChangeOrder_state_expiresAt_idx" ON "ChangeOrder"("state", "expiresAt");
CREATE UNIQUE INDEX "change_one_open_per_booking" ON "ChangeOrder" ("bookingId") WHERE state = 'proposed';
CREATE UNIQUE INDEX "ChangeOrderLine_changeOrderId_position_key" ON "ChangeOrderLine"("changeOrderId", "position");
CREATE UNIQUE INDEX "BookingService_changeLineId_key" ON "BookingService"("changeLineId");
CREATE UNIQUE INDEX "PlanItem_changeOrderId_key" ON "PlanItem"("changeOrderId");

ALTER TABLE "ChangeOrder" ADD CONSTRAINT "ChangeOrder_bookingId_fkey" FOREIGN KEY ("bookingId") REFERENCES "Booking"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ChangeOrder" ADD CONSTRAINT "ChangeOrder_proofRecordId_fkey" FOREIGN KEY ("proofRecordId") REFERENCES "Record"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ChangeOrderLine" ADD CONSTRAINT "ChangeOrderLine_changeOrderId_fkey" FOREIGN KEY ("changeOrderId") REFERENCES "ChangeOrder"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ChangeOrderLine" ADD CONSTRAINT "ChangeOrderLine_serviceId_fkey" FOREIGN KEY ("serviceId") REFERENCES "BookingService"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "BookingService" ADD CONSTRAINT "BookingService_changeLineId_fkey" FOREIGN KEY ("changeLineId") REFERENCES "ChangeOrderLine"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "PlanItem" ADD CONSTRAINT "PlanItem_changeOrderId_fkey" FOREIGN KEY ("changeOrderId") REFERENCES "ChangeOrder"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "BookingService" ADD CONSTRAINT "service_booked_by_one_line" CHECK (("lineId" IS NULL) <> ("changeLineId" IS NULL));
ALTER TABLE "BookingService" ADD CONSTRAINT "service_never_negative" CHECK ("amountMinor" >= 0);
ALTER TABLE "ChangeOrder" ADD CONSTRAINT "change_sums" CHECK ("fromMinor" >= 0 AND "toMinor" >= 0 AND "ceilingMinor" >= 0);
ALTER TABLE "ChangeOrder" ADD CONSTRAINT "change_expires" CHECK (("happenedAt" IS NOT NULL) = ("expiresAt" IS NULL));
ALTER TABLE "ChangeOrder" ADD CONSTRAINT "change_answered" CHECK (
  (state IN ('accepted', 'declined')) = ("answeredAt" IS NOT NULL) AND ("answeredAt" IS NULL) = ("answeredById" IS NULL)
  AND ("answeredAt" IS NULL) = ("answeredRole" IS NULL) AND (state = 'accepted') = ("typedName" IS NOT NULL));
-- Nobody pays more than the ceiling without having said so, in an emergency neither.
ALTER TABLE "ChangeOrder" ADD CONSTRAINT "change_ceiling" CHECK (
  "toMinor" <= "ceilingMinor" OR "toMinor" <= "fromMinor"
  OR ("happenedAt" IS NULL AND (state <> 'accepted' OR "agreedAboveCeiling" IS TRUE)));
ALTER TABLE "ChangeOrder" ADD CONSTRAINT "change_emergency" CHECK (
  CASE WHEN "happenedAt" IS NULL THEN state <> 'emergency_applied' ELSE state IN ('emergency_applied', 'declined') END
  AND ("happenedAt" IS NULL) = ("emergencyDoctor" IS NULL)
  AND ("happenedAt" IS NULL) = ("emergencyReason" IS NULL));
ALTER TABLE "ChangeOrder" ADD CONSTRAINT "change_proven" CHECK (
  ("provenAt" IS NULL) = ("provenById" IS NULL) AND ("provenAt" IS NULL) = ("proofRecordId" IS NULL)
  AND ("provenAt" IS NULL OR state = 'emergency_applied') AND "provenById" IS DISTINCT FROM "authorId");
-- What a change did to the plan is known from the moment it counts.
ALTER TABLE "ChangeOrder" ADD CONSTRAINT "change_effect" CHECK (
  (state = 'accepted' OR "provenAt" IS NOT NULL) = ("instalmentMinor" IS NOT NULL)
  AND ("instalmentMinor" IS NULL) = ("loweredMinor" IS NULL) AND ("instalmentMinor" IS NULL) = ("refundMinor" IS NULL)
  AND COALESCE("instalmentMinor", 0) >= 0 AND COALESCE("loweredMinor", 0) >= 0 AND COALESCE("refundMinor", 0) >= 0);
ALTER TABLE "ChangeOrderLine" ADD CONSTRAINT "change_line_sums" CHECK (
  "fromMinor" >= 0 AND "toMinor" >= 0 AND "fromMinor" <> "toMinor" AND ("serviceId" IS NOT NULL OR "fromMinor" = 0));

CREATE TRIGGER only_declared_edges BEFORE UPDATE OF state ON "ChangeOrder" FOR EACH ROW EXECUTE FUNCTION only_declared_edges(
  'proposed>accepted', 'proposed>declined', 'proposed>expired', 'emergency_applied>declined');

CREATE FUNCTION change_stays_as_proposed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE answer text[] := ARRAY['state', 'answeredAt', 'answeredById', 'answeredRole', 'typedName', 'agreedAboveCeiling', 'declineReason',
  'proofRecordId', 'provenById', 'provenAt', 'instalmentMinor', 'loweredMinor', 'refundMinor'];
BEGIN
  IF NOT (OLD.state = 'proposed' OR (OLD.state = 'emergency_applied' AND OLD."provenAt" IS NULL)) THEN
    RAISE EXCEPTION 'A change that was answered never changes.' USING ERRCODE = 'check_violation';
  END IF;
  IF (to_jsonb(NEW) - answer) IS DISTINCT FROM (to_jsonb(OLD) - answer) THEN
    RAISE EXCEPTION 'A proposed change never changes.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER change_stays_as_proposed BEFORE UPDATE ON "ChangeOrder" FOR EACH ROW EXECUTE FUNCTION change_stays_as_proposed();

CREATE FUNCTION change_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wanted uuid := CASE TG_TABLE_NAME WHEN 'ChangeOrder' THEN (to_jsonb(NEW)->>'id')::uuid ELSE (to_jsonb(NEW)->>'changeOrderId')::uuid END;
  bad boolean;
BEGIN
  SELECT count(l.id) = 0 OR o."toMinor" <> o."fromMinor" + COALESCE(sum(l."toMinor" - l."fromMinor"), 0) INTO bad
    FROM "ChangeOrder" o LEFT JOIN "ChangeOrderLine" l ON l."changeOrderId" = o.id WHERE o.id = wanted GROUP BY o.id;
  IF bad THEN
    RAISE EXCEPTION 'The lines of a change add up to its sums.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER change_adds_up AFTER INSERT ON "ChangeOrder" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION change_adds_up();
CREATE CONSTRAINT TRIGGER change_adds_up AFTER INSERT ON "ChangeOrderLine" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION change_adds_up();

GRANT SELECT, INSERT, UPDATE ON "ChangeOrder" TO valvia_app;
GRANT SELECT, INSERT ON "ChangeOrderLine" TO valvia_app;

ALTER TABLE "ChangeOrder" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "ChangeOrder" FORCE ROW LEVEL SECURITY;
ALTER TABLE "ChangeOrderLine" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "ChangeOrderLine" FORCE ROW LEVEL SECURITY;
-- A centre knows of contract A alone.
CREATE POLICY parties ON "ChangeOrder" USING (app_booking("caseId", "bookingId") AND (NOT app_is_clinic() OR contract = 'A'));
CREATE POLICY parties ON "ChangeOrderLine" USING (EXISTS (SELECT 1 FROM "ChangeOrder" o WHERE o.id = "changeOrderId"));
