-- A line that several suppliers served goes to the one somebody of finance has named, who said why.
ALTER TABLE "BookingService" ADD COLUMN "payeeReason" TEXT, ADD COLUMN "payeeNamedById" UUID;
ALTER TABLE "BookingService" ADD CONSTRAINT "service_payee_named" CHECK (
  ("payeeReason" IS NULL) = ("payeeNamedById" IS NULL) AND ("payeeReason" IS NULL OR "supplierId" IS NOT NULL));
