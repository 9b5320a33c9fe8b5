-- Services without a machine of their own are marked as delivered with their evidence, and what a supplier or centre is owed
-- for one that was called off is written down with its proof.
CREATE TYPE "DeliveryKind" AS ENUM ('delivered', 'kept');

CREATE TABLE "ServiceDelivery" (
    "id" UUID NOT NULL,
    "serviceId" UUID NOT NULL,
    "bookingId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "kind" "DeliveryKind" NOT NULL,
    "amountMinor" BIGINT,
    "note" TEXT NOT NULL,
    "markedById" UUID NOT NULL,
    "deliveredOn" DATE NOT NULL,
    "markedAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ServiceDelivery_pkey" PRIMARY KEY ("id")
);

-- Delivered once, and one proven cost of what was not.
CREATE UNIQUE INDEX "ServiceDelivery_serviceId_kind_key" ON "ServiceDelivery"("serviceId", "kind");
CREATE INDEX "ServiceDelivery_bookingId_idx" ON "ServiceDelivery"("bookingId");

ALTER TABLE "ServiceDelivery" ADD CONSTRAINT "ServiceDelivery_serviceId_fkey" FOREIGN KEY ("serviceId") REFERENCES "BookingService"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ServiceDelivery" ADD CONSTRAINT "delivery_amount" CHECK ((kind = 'kept') = ("amountMinor" IS NOT NULL) AND ("amountMinor" IS NULL OR "amountMinor" > 0));

CREATE FUNCTION kept_within_service() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM "BookingService" s WHERE s.id = NEW."serviceId" AND s."bookingId" = NEW."bookingId" AND s."caseId" = NEW."caseId"
      AND s.kind <> 'operator_fee' AND s."amountMinor" >= COALESCE(NEW."amountMinor", 0)) THEN
    RAISE EXCEPTION 'A service is marked at its own booking, and kept within its price.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER kept_within_service BEFORE INSERT ON "ServiceDelivery" FOR EACH ROW EXECUTE FUNCTION kept_within_service();

-- Written once and never changed.
GRANT SELECT, INSERT ON "ServiceDelivery" TO valvia_app;

ALTER TABLE "ServiceDelivery" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "ServiceDelivery" FORCE ROW LEVEL SECURITY;
CREATE POLICY readers ON "ServiceDelivery" FOR SELECT USING (app_booking("caseId", "bookingId"));
CREATE POLICY marks ON "ServiceDelivery" FOR INSERT WITH CHECK (
  app_role() = 'coordinator' AND "markedById" = app_person() AND app_booking("caseId", "bookingId"));

-- What was called off is passed on by its proof alone, and only once the booking is over.
CREATE OR REPLACE FUNCTION release_line_has_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
      SELECT 1 FROM "BookingService" s WHERE s.id = NEW."serviceId" AND s."bookingId" = NEW."bookingId"
        AND s."deliveredAt" IS NOT NULL AND s."amountMinor" >= NEW."amountMinor" AND s.kind <> 'operator_fee'
        AND NEW.evidence <> 'cancellation_kept')
    AND NOT EXISTS (
      SELECT 1 FROM "ServiceDelivery" d JOIN "Booking" b ON b.id = d."bookingId"
       WHERE d.id = NEW."evidenceId" AND d."serviceId" = NEW."serviceId" AND d.kind = 'kept' AND d."bookingId" = NEW."bookingId"
         AND d."amountMinor" >= NEW."amountMinor" AND b.state = 'cancelled' AND NEW.evidence = 'cancellation_kept') THEN
    RAISE EXCEPTION 'Only what was delivered is released, and never more than was booked.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION release_within_account() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wanted uuid := NEW."bookingId";
  owed bigint;
  passed bigint;
BEGIN
  IF TG_TABLE_NAME = 'ReleaseLine' AND NOT EXISTS (
      SELECT 1 FROM "Release" r WHERE r.id = (to_jsonb(NEW)->>'releaseId')::uuid AND r.contract = 'A') THEN
    RETURN NULL;
  END IF;
  -- Whoever releases of the same booking meanwhile waits here and then sees this line.
  PERFORM pg_advisory_xact_lock(hashtextextended(wanted::text, 5));
  SELECT a."owedMinor" INTO owed FROM "BillAccount" a WHERE a."bookingId" = wanted ORDER BY a.version DESC LIMIT 1;
  SELECT COALESCE(sum(l."amountMinor"), 0) INTO passed FROM "ReleaseLine" l JOIN "Release" r ON r.id = l."releaseId"
   WHERE l."bookingId" = wanted AND l."isLive" AND r.contract = 'A' AND l.evidence <> 'cancellation_kept';
  IF passed > COALESCE(owed, 0) THEN
    RAISE EXCEPTION 'A hospital is passed on no more than its newest account says is owed.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
