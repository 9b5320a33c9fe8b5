-- The way back for a bank transfer that found no instalment: one person of finance proposes it, another approves it, and the
-- bank's own payment is written down. Until it was refused a transfer has one way back.
CREATE TYPE "TransferReturnState" AS ENUM ('proposed', 'approved', 'sent', 'refused');

CREATE TABLE "TransferReturn" (
    "id" UUID NOT NULL,
    "transferId" UUID NOT NULL,
    "state" "TransferReturnState" NOT NULL DEFAULT 'proposed',
    "reason" TEXT NOT NULL,
    "proposedById" UUID NOT NULL,
    "approvedById" UUID,
    "refusedById" UUID,
    "refusedReason" TEXT,
    "sentById" UUID,
    "bankReference" TEXT,
    "proposedAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "approvedAt" TIMESTAMPTZ,
    "refusedAt" TIMESTAMPTZ,
    "sentAt" TIMESTAMPTZ,

    CONSTRAINT "TransferReturn_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "TransferReturn_state_proposedAt_idx" ON "TransferReturn"("state", "proposedAt");
CREATE INDEX "TransferReturn_transferId_idx" ON "TransferReturn"("transferId");
CREATE UNIQUE INDEX "transfer_return_once" ON "TransferReturn" ("transferId") WHERE state <> 'refused';

ALTER TABLE "TransferReturn" ADD CONSTRAINT "TransferReturn_transferId_fkey" FOREIGN KEY ("transferId") REFERENCES "BankTransfer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "TransferReturn" ADD CONSTRAINT "transfer_return_two_people" CHECK ("approvedById" IS DISTINCT FROM "proposedById");
ALTER TABLE "TransferReturn" ADD CONSTRAINT "transfer_return_dates" CHECK (
  (state IN ('approved', 'sent')) = ("approvedAt" IS NOT NULL) AND ("approvedAt" IS NULL) = ("approvedById" IS NULL)
  AND (state = 'sent') = ("sentAt" IS NOT NULL) AND ("sentAt" IS NULL) = ("sentById" IS NULL) AND ("sentAt" IS NULL) = ("bankReference" IS NULL)
  AND (state = 'refused') = ("refusedAt" IS NOT NULL) AND ("refusedAt" IS NULL) = ("refusedById" IS NULL) AND ("refusedAt" IS NULL) = ("refusedReason" IS NULL));

-- Money that goes back paid nothing.
ALTER TABLE "BankTransfer" ADD CONSTRAINT "bank_transfer_returned" CHECK (state <> 'returned' OR "paymentId" IS NULL);
CREATE TRIGGER only_declared_edges BEFORE UPDATE OF state ON "BankTransfer" FOR EACH ROW EXECUTE FUNCTION only_declared_edges(
  'unmatched>matched', 'unmatched>returned');
CREATE TRIGGER only_declared_edges BEFORE UPDATE OF state ON "TransferReturn" FOR EACH ROW EXECUTE FUNCTION only_declared_edges(
  'proposed>approved', 'proposed>refused', 'approved>sent');

CREATE FUNCTION return_stays_as_proposed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE answer text[] := CASE NEW.state
  WHEN 'approved' THEN ARRAY['state', 'approvedById', 'approvedAt']
  WHEN 'refused' THEN ARRAY['state', 'refusedById', 'refusedReason', 'refusedAt']
  WHEN 'sent' THEN ARRAY['state', 'sentById', 'sentAt', 'bankReference']
  ELSE ARRAY[]::text[] END;
BEGIN
  IF NEW.state = OLD.state OR (to_jsonb(NEW) - answer) IS DISTINCT FROM (to_jsonb(OLD) - answer) THEN
    RAISE EXCEPTION 'A proposed way back never changes.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER return_stays_as_proposed BEFORE UPDATE ON "TransferReturn" FOR EACH ROW EXECUTE FUNCTION return_stays_as_proposed();

-- A way back is approved together with its transfer, which from then on pays nothing any more.
CREATE FUNCTION return_takes_its_transfer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM "TransferReturn" r JOIN "BankTransfer" t ON t.id = r."transferId"
      WHERE r."transferId" = CASE TG_TABLE_NAME WHEN 'BankTransfer' THEN (to_jsonb(NEW)->>'id')::uuid ELSE (to_jsonb(NEW)->>'transferId')::uuid END
        AND r.state <> 'refused' AND t.state <> CASE r.state WHEN 'proposed' THEN 'unmatched' ELSE 'returned' END::"BankTransferState") THEN
    RAISE EXCEPTION 'A transfer and its way back go together.' USING ERRCODE = 'check_violation';
  END IF;
  IF TG_TABLE_NAME = 'BankTransfer' AND to_jsonb(NEW)->>'state' = 'returned' AND NOT EXISTS (SELECT 1 FROM "TransferReturn" r
      WHERE r."transferId" = (to_jsonb(NEW)->>'id')::uuid AND r.state IN ('approved', 'sent')) THEN
    RAISE EXCEPTION 'No transfer goes back without an approved way back.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER takes_its_transfer AFTER INSERT OR UPDATE ON "TransferReturn" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION return_takes_its_transfer();
CREATE CONSTRAINT TRIGGER takes_its_transfer AFTER INSERT OR UPDATE OF state ON "BankTransfer" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION return_takes_its_transfer();

GRANT SELECT, INSERT, UPDATE ON "TransferReturn" TO valvia_app;

ALTER TABLE "TransferReturn" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "TransferReturn" FORCE ROW LEVEL SECURITY;
CREATE POLICY readers ON "TransferReturn" FOR SELECT USING (app_role() IN ('finance', 'system'));
CREATE POLICY proposes ON "TransferReturn" FOR INSERT WITH CHECK (
  app_role() = 'finance' AND state = 'proposed' AND "proposedById" = app_person());
CREATE POLICY answers ON "TransferReturn" FOR UPDATE USING (app_role() = 'finance') WITH CHECK (
  app_role() = 'finance' AND app_person() = CASE state
    WHEN 'approved' THEN "approvedById" WHEN 'refused' THEN "refusedById" WHEN 'sent' THEN "sentById" END);
