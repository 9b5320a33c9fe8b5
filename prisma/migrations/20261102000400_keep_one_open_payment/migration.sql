-- Two clicks on "pay" at once find the same open payment: an instalment has at most one.
CREATE UNIQUE INDEX "payment_one_open_per_item" ON "Payment" ("planItemId") WHERE state IN ('created', 'requires_action', 'processing');
