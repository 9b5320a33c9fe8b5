-- Money that moved at the payment provider, and what of ours explains it.
CREATE TYPE "MovementState" AS ENUM ('explained', 'waiting', 'unexplained');

CREATE TABLE "BalanceMovement" (
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "sourceId" TEXT,
    "currency" CHAR(3) NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "feeMinor" BIGINT NOT NULL,
    "state" "MovementState" NOT NULL,
    "reason" TEXT,
    "paymentId" UUID,
    "refundId" UUID,
    "movedAt" TIMESTAMPTZ NOT NULL,
    "seenAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "explainedAt" TIMESTAMPTZ,

    CONSTRAINT "BalanceMovement_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "BalanceMovement_state_movedAt_idx" ON "BalanceMovement"("state", "movedAt");
CREATE INDEX "BalanceMovement_movedAt_idx" ON "BalanceMovement"("movedAt");

ALTER TABLE "BalanceMovement" ADD CONSTRAINT "movement_explained" CHECK ((state = 'explained') = ("explainedAt" IS NOT NULL) AND (state = 'unexplained') = (reason IS NOT NULL));

GRANT SELECT, INSERT, UPDATE ON "BalanceMovement" TO valvia_app;

ALTER TABLE "BalanceMovement" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "BalanceMovement" FORCE ROW LEVEL SECURITY;
CREATE POLICY books ON "BalanceMovement" USING (app_role() IN ('system', 'finance'));

-- Finance sees the task it is asked by.
