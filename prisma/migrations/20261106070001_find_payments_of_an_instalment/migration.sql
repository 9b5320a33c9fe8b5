-- What an instalment was paid with is read, under its lock, whenever more arrives.
CREATE INDEX "Payment_planItemId_idx" ON "Payment"("planItemId");
