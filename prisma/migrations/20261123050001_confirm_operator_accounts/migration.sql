-- The operator's own account: payers are told it, so a false one empties every case. One person writes it down, another confirms.
CREATE TABLE "OperatorAccount" (
    "id" UUID NOT NULL,
    "holder" TEXT NOT NULL,
    "iban" TEXT NOT NULL,
    "bic" TEXT NOT NULL,
    "bank" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "state" "PayeeAccountState" NOT NULL DEFAULT 'proposed',
    "proposedById" UUID NOT NULL,
    "answeredById" UUID,
    "refusedReason" TEXT,
    "proposedAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "answeredAt" TIMESTAMPTZ,
    "replacedAt" TIMESTAMPTZ,

    CONSTRAINT "OperatorAccount_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "OperatorAccount_state_idx" ON "OperatorAccount"("state");
-- Payers are told one account, and one other may wait to take its place.
CREATE UNIQUE INDEX "operator_account_confirmed" ON "OperatorAccount" (state) WHERE state = 'confirmed';
CREATE UNIQUE INDEX "operator_account_waits" ON "OperatorAccount" (state) WHERE state = 'proposed';

ALTER TABLE "OperatorAccount" ADD CONSTRAINT "operator_account_two_people" CHECK (state NOT IN ('confirmed', 'replaced') OR ("answeredById" <> "proposedById") IS TRUE);
ALTER TABLE "OperatorAccount" ADD CONSTRAINT "operator_account_dates" CHECK (
  (state = 'proposed') = ("answeredAt" IS NULL) AND ("answeredAt" IS NULL) = ("answeredById" IS NULL)
  AND (state = 'refused') = ("refusedReason" IS NOT NULL) AND (state = 'replaced') = ("replacedAt" IS NOT NULL));

CREATE TRIGGER only_declared_edges BEFORE UPDATE OF state ON "OperatorAccount" FOR EACH ROW EXECUTE FUNCTION only_declared_edges(
  'proposed>confirmed', 'proposed>refused', 'confirmed>replaced');
CREATE TRIGGER operator_account_stays BEFORE UPDATE ON "OperatorAccount" FOR EACH ROW EXECUTE FUNCTION payee_account_stays();

GRANT SELECT, INSERT, UPDATE ON "OperatorAccount" TO valvia_app;

ALTER TABLE "OperatorAccount" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "OperatorAccount" FORCE ROW LEVEL SECURITY;
CREATE POLICY readers ON "OperatorAccount" FOR SELECT USING (app_role() IN ('admin', 'finance'));
CREATE POLICY proposes ON "OperatorAccount" FOR INSERT WITH CHECK (
  app_role() = 'admin' AND state = 'proposed' AND "proposedById" = app_person());
CREATE POLICY answers ON "OperatorAccount" FOR UPDATE USING (app_role() IN ('admin', 'finance')) WITH CHECK (
  app_role() IN ('admin', 'finance') AND (state = 'replaced' OR "answeredById" = app_person()));
