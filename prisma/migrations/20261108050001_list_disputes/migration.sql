-- What a payer's bank asks for, as the provider tells it: for whoever answers it in time.
CREATE TYPE "DisputeState" AS ENUM ('needs_answer', 'answered', 'won', 'lost');

CREATE TABLE "Dispute" (
    "id" TEXT NOT NULL,
    "paymentId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "state" "DisputeState" NOT NULL,
    "reason" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "answerBy" TIMESTAMPTZ,
    "openedAt" TIMESTAMPTZ NOT NULL,
    "endedAt" TIMESTAMPTZ,

    CONSTRAINT "Dispute_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "dispute_ends" CHECK ((state IN ('won', 'lost')) = ("endedAt" IS NOT NULL)),
    CONSTRAINT "dispute_asks" CHECK ("amountMinor" >= 0)
);
CREATE INDEX "Dispute_paymentId_idx" ON "Dispute"("paymentId");
CREATE INDEX "Dispute_endedAt_answerBy_idx" ON "Dispute"("endedAt", "answerBy");
ALTER TABLE "Dispute" ADD CONSTRAINT "Dispute_paymentId_fkey" FOREIGN KEY ("paymentId") REFERENCES "Payment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE ON "Dispute" TO valvia_app;

ALTER TABLE "Dispute" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "Dispute" FORCE ROW LEVEL SECURITY;
CREATE POLICY readers ON "Dispute" FOR SELECT USING (app_role() IN ('system', 'finance', 'coordinator'));
CREATE POLICY tells ON "Dispute" FOR INSERT WITH CHECK (app_role() = 'system');
CREATE POLICY goes_on ON "Dispute" FOR UPDATE USING (app_role() = 'system');
