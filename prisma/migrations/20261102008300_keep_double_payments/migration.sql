-- An instalment may be paid twice. The second payment is real money: it stands in the ledger as the payer's, belongs to
-- no contract, and waits to be sent back. Still only one payment pays an instalment.
ALTER TABLE "Payment" ADD COLUMN "isSurplus" boolean NOT NULL DEFAULT false;
ALTER TABLE "Payment" ADD CONSTRAINT "payment_surplus_captured" CHECK (NOT "isSurplus" OR "succeededAt" IS NOT NULL);
DROP INDEX "payment_one_success_per_item";
CREATE UNIQUE INDEX "payment_one_success_per_item" ON "Payment" ("planItemId")
  WHERE state IN ('succeeded', 'disputed', 'won') AND NOT "isSurplus";

-- The same by bank transfer: it matched no instalment, and is booked all the same.
ALTER TABLE "BankTransfer" DROP CONSTRAINT "bank_transfer_matched";
ALTER TABLE "BankTransfer" ADD CONSTRAINT "bank_transfer_matched" CHECK (
  "amountMinor" > 0 AND (state <> 'matched' OR "paymentId" IS NOT NULL)
  AND (state <> 'unmatched' OR "paymentId" IS NULL OR reason = 'already_paid'));
