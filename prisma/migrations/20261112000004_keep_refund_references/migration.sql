-- What the bank calls a refund that was sent through it.
ALTER TABLE "Refund" ADD COLUMN "bankReference" TEXT;
