-- Money that arrived at the bank: matched to a payment, or open until somebody finds out whose it is.
CREATE TYPE "BankTransferState" AS ENUM ('matched', 'unmatched');

CREATE TABLE "BankTransfer" (
    "id" UUID NOT NULL,
    "state" "BankTransferState" NOT NULL,
    "reference" TEXT,
    "currency" CHAR(3) NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "paymentId" UUID,
    "bookingId" UUID,
    "reason" TEXT,
    "recordedById" UUID NOT NULL,
    "receivedOn" DATE NOT NULL,
    "recordedAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "BankTransfer_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "BankTransfer_paymentId_key" ON "BankTransfer"("paymentId");
CREATE INDEX "BankTransfer_state_recordedAt_idx" ON "BankTransfer"("state", "recordedAt");

ALTER TABLE "BankTransfer" ADD CONSTRAINT "bank_transfer_matched" CHECK ((state = 'matched') = ("paymentId" IS NOT NULL) AND "amountMinor" > 0);

GRANT SELECT, INSERT, UPDATE ON "BankTransfer" TO valvia_app;

ALTER TABLE "BankTransfer" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "BankTransfer" FORCE ROW LEVEL SECURITY;
CREATE POLICY parties ON "BankTransfer" USING (app_role() IN ('system', 'finance', 'coordinator'));
