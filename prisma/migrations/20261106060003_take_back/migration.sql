-- What was approved or marked in error is taken back by a word of its own, with who and why; what was written stays.
ALTER TABLE "TransferReturn" ADD COLUMN "withdrawnById" UUID, ADD COLUMN "withdrawnReason" TEXT, ADD COLUMN "withdrawnAt" TIMESTAMPTZ;

DROP INDEX "transfer_return_once";
CREATE UNIQUE INDEX "transfer_return_once" ON "TransferReturn" ("transferId") WHERE state NOT IN ('refused', 'withdrawn');

ALTER TABLE "TransferReturn" DROP CONSTRAINT "transfer_return_dates";
ALTER TABLE "TransferReturn" ADD CONSTRAINT "transfer_return_dates" CHECK (
  (state IN ('approved', 'sent', 'withdrawn')) = ("approvedAt" IS NOT NULL) AND ("approvedAt" IS NULL) = ("approvedById" IS NULL)
  AND (state = 'sent') = ("sentAt" IS NOT NULL) AND ("sentAt" IS NULL) = ("sentById" IS NULL) AND ("sentAt" IS NULL) = ("bankReference" IS NULL)
  AND (state = 'refused') = ("refusedAt" IS NOT NULL) AND ("refusedAt" IS NULL) = ("refusedById" IS NULL) AND ("refusedAt" IS NULL) = ("refusedReason" IS NULL)
  AND (state = 'withdrawn') = ("withdrawnAt" IS NOT NULL) AND ("withdrawnAt" IS NULL) = ("withdrawnById" IS NULL)
  AND ("withdrawnAt" IS NULL) = ("withdrawnReason" IS NULL));

DROP TRIGGER only_declared_edges ON "BankTransfer";
CREATE TRIGGER only_declared_edges BEFORE UPDATE OF state ON "BankTransfer" FOR EACH ROW EXECUTE FUNCTION only_declared_edges(
  'unmatched>matched', 'unmatched>returned', 'returned>unmatched');
DROP TRIGGER only_declared_edges ON "TransferReturn";
CREATE TRIGGER only_declared_edges BEFORE UPDATE OF state ON "TransferReturn" FOR EACH ROW EXECUTE FUNCTION only_declared_edges(
  'proposed>approved', 'proposed>refused', 'approved>sent', 'approved>withdrawn');

CREATE OR REPLACE FUNCTION return_stays_as_proposed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE answer text[] := CASE NEW.state
  WHEN 'approved' THEN ARRAY['state', 'approvedById', 'approvedAt']
  WHEN 'refused' THEN ARRAY['state', 'refusedById', 'refusedReason', 'refusedAt']
  WHEN 'sent' THEN ARRAY['state', 'sentById', 'sentAt', 'bankReference']
  WHEN 'withdrawn' THEN ARRAY['state', 'withdrawnById', 'withdrawnReason', 'withdrawnAt']
  ELSE ARRAY[]::text[] END;
BEGIN
  IF NEW.state = OLD.state OR (to_jsonb(NEW) - answer) IS DISTINCT FROM (to_jsonb(OLD) - answer) THEN
    RAISE EXCEPTION 'A proposed way back never changes.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

-- A way back is approved together with its transfer, which from then on pays nothing any more; both are taken back together.
CREATE OR REPLACE FUNCTION return_takes_its_transfer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM "TransferReturn" r JOIN "BankTransfer" t ON t.id = r."transferId"
      WHERE r."transferId" = CASE TG_TABLE_NAME WHEN 'BankTransfer' THEN (to_jsonb(NEW)->>'id')::uuid ELSE (to_jsonb(NEW)->>'transferId')::uuid END
        AND r.state NOT IN ('refused', 'withdrawn') AND t.state <> CASE r.state WHEN 'proposed' THEN 'unmatched' ELSE 'returned' END::"BankTransferState") THEN
    RAISE EXCEPTION 'A transfer and its way back go together.' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT 1 FROM "BankTransfer" t
      WHERE t.id = CASE TG_TABLE_NAME WHEN 'BankTransfer' THEN (to_jsonb(NEW)->>'id')::uuid ELSE (to_jsonb(NEW)->>'transferId')::uuid END
        AND t.state = 'returned' AND NOT EXISTS (SELECT 1 FROM "TransferReturn" r
          WHERE r."transferId" = t.id AND r.state IN ('approved', 'sent'))) THEN
    RAISE EXCEPTION 'No transfer goes back without an approved way back.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

DROP POLICY answers ON "TransferReturn";
CREATE POLICY answers ON "TransferReturn" FOR UPDATE USING (app_role() = 'finance') WITH CHECK (
  app_role() = 'finance' AND app_person() = CASE state
    WHEN 'approved' THEN "approvedById" WHEN 'refused' THEN "refusedById" WHEN 'sent' THEN "sentById" WHEN 'withdrawn' THEN "withdrawnById" END);

-- A supplier may ask nothing for what was called off: that is a proof as well.
ALTER TABLE "ServiceDelivery" DROP CONSTRAINT "delivery_amount";
ALTER TABLE "ServiceDelivery" ADD CONSTRAINT "delivery_amount" CHECK ((kind = 'kept') = ("amountMinor" IS NOT NULL) AND ("amountMinor" IS NULL OR "amountMinor" >= 0));

ALTER TABLE "ServiceDelivery" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
DROP INDEX "ServiceDelivery_serviceId_kind_key";
CREATE UNIQUE INDEX "ServiceDelivery_serviceId_kind_version_key" ON "ServiceDelivery"("serviceId", "kind", "version");

CREATE TABLE "DeliveryWithdrawal" (
    "id" UUID NOT NULL,
    "deliveryId" UUID NOT NULL,
    "bookingId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "withdrawnById" UUID NOT NULL,
    "withdrawnAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "DeliveryWithdrawal_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "DeliveryWithdrawal_deliveryId_key" ON "DeliveryWithdrawal"("deliveryId");
ALTER TABLE "DeliveryWithdrawal" ADD CONSTRAINT "DeliveryWithdrawal_deliveryId_fkey" FOREIGN KEY ("deliveryId") REFERENCES "ServiceDelivery"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- One mark of a kind counts at a time: the next is written once the one before was taken back.
CREATE FUNCTION marked_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM "ServiceDelivery" d WHERE d."serviceId" = NEW."serviceId" AND d.kind = NEW.kind AND d.id <> NEW.id
      AND NOT EXISTS (SELECT 1 FROM "DeliveryWithdrawal" w WHERE w."deliveryId" = d.id)) THEN
    RAISE EXCEPTION 'A service is marked once.' USING ERRCODE = 'unique_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER marked_once BEFORE INSERT ON "ServiceDelivery" FOR EACH ROW EXECUTE FUNCTION marked_once();

-- What stands on an invoice or in a release was said to others already: that goes back first.
CREATE FUNCTION mark_in_use_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  was text := COALESCE(current_setting('app.role', true), '');
  wrong boolean;
BEGIN
  PERFORM set_config('app.role', 'system', true);
  SELECT NOT EXISTS (SELECT 1 FROM "ServiceDelivery" d WHERE d.id = NEW."deliveryId" AND d."bookingId" = NEW."bookingId" AND d."caseId" = NEW."caseId")
    OR EXISTS (SELECT 1 FROM "ServiceDelivery" d JOIN "ReleaseLine" l ON l."serviceId" = d."serviceId" AND l."isLive" WHERE d.id = NEW."deliveryId")
    OR EXISTS (SELECT 1 FROM "ServiceDelivery" d JOIN "InvoiceLine" i ON i."serviceId" = d."serviceId" AND i."creditsLineId" IS NULL
         WHERE d.id = NEW."deliveryId" AND i."grossMinor" > COALESCE((SELECT sum(n."grossMinor") FROM "InvoiceLine" n WHERE n."creditsLineId" = i.id), 0))
    INTO wrong;
  PERFORM set_config('app.role', was, true);
  IF wrong IS NOT FALSE THEN
    RAISE EXCEPTION 'A mark that was invoiced or passed on is not taken back.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER mark_in_use_stays BEFORE INSERT ON "DeliveryWithdrawal" FOR EACH ROW EXECUTE FUNCTION mark_in_use_stays();

-- Written once and never changed.
GRANT SELECT, INSERT ON "DeliveryWithdrawal" TO valvia_app;

ALTER TABLE "DeliveryWithdrawal" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "DeliveryWithdrawal" FORCE ROW LEVEL SECURITY;
CREATE POLICY readers ON "DeliveryWithdrawal" FOR SELECT USING (app_booking("caseId", "bookingId"));
CREATE POLICY withdraws ON "DeliveryWithdrawal" FOR INSERT WITH CHECK (
  app_role() = 'coordinator' AND "withdrawnById" = app_person() AND app_booking("caseId", "bookingId"));

-- What was called off is passed on by its proof alone, only once the booking is over, and only while the proof stands.
CREATE OR REPLACE FUNCTION release_line_has_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
      SELECT 1 FROM "BookingService" s WHERE s.id = NEW."serviceId" AND s."bookingId" = NEW."bookingId"
        AND s."deliveredAt" IS NOT NULL AND s."amountMinor" >= NEW."amountMinor" AND s.kind <> 'operator_fee'
        AND NEW.evidence <> 'cancellation_kept')
    AND NOT EXISTS (
      SELECT 1 FROM "ServiceDelivery" d JOIN "Booking" b ON b.id = d."bookingId"
       WHERE d.id = NEW."evidenceId" AND d."serviceId" = NEW."serviceId" AND d.kind = 'kept' AND d."bookingId" = NEW."bookingId"
         AND d."amountMinor" >= NEW."amountMinor" AND b.state = 'cancelled' AND NEW.evidence = 'cancellation_kept'
         AND NOT EXISTS (SELECT 1 FROM "DeliveryWithdrawal" w WHERE w."deliveryId" = d.id)) THEN
    RAISE EXCEPTION 'Only what was delivered is released, and never more than was booked.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
