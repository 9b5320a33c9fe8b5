-- A case may buy a written second opinion of a centre for a fixed fee. It hangs on no booking: the fee is held until the
-- answer binds, then owed to the centre, and goes back whole when no answer came in time.
CREATE TYPE "OpinionState" AS ENUM ('awaiting_payment', 'paid', 'delivered', 'released', 'paid_out', 'returned', 'cancelled');

CREATE SEQUENCE opinion_number_seq;

CREATE TABLE "SecondOpinion" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "caseId" UUID NOT NULL,
    "clinicId" UUID NOT NULL,
    "state" "OpinionState" NOT NULL DEFAULT 'awaiting_payment',
    "currency" CHAR(3) NOT NULL,
    "feeMinor" BIGINT NOT NULL,
    "answerDays" INTEGER NOT NULL,
    "termsVersion" TEXT NOT NULL,
    "askedById" UUID NOT NULL,
    "reviewId" UUID,
    "endCause" TEXT,
    "releasedById" UUID,
    "paidOutById" UUID,
    "bankReference" TEXT,
    "askedAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "payBy" TIMESTAMPTZ NOT NULL,
    "paidAt" TIMESTAMPTZ,
    "dueAt" TIMESTAMPTZ,
    "deliveredAt" TIMESTAMPTZ,
    "releasedAt" TIMESTAMPTZ,
    "paidOutAt" TIMESTAMPTZ,
    "endedAt" TIMESTAMPTZ,

    CONSTRAINT "SecondOpinion_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "SecondOpinion_number_key" ON "SecondOpinion"("number");
CREATE UNIQUE INDEX "SecondOpinion_reviewId_key" ON "SecondOpinion"("reviewId");
CREATE INDEX "SecondOpinion_caseId_askedAt_idx" ON "SecondOpinion"("caseId", "askedAt");
CREATE INDEX "SecondOpinion_state_askedAt_idx" ON "SecondOpinion"("state", "askedAt");
CREATE INDEX "SecondOpinion_clinicId_idx" ON "SecondOpinion"("clinicId");
-- Two clicks at once order one opinion.
CREATE UNIQUE INDEX "opinion_one_running" ON "SecondOpinion" ("caseId", "clinicId") WHERE state IN ('awaiting_payment', 'paid');

ALTER TABLE "SecondOpinion" ADD CONSTRAINT "SecondOpinion_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "SecondOpinion" ADD CONSTRAINT "SecondOpinion_clinicId_fkey" FOREIGN KEY ("clinicId") REFERENCES "Clinic"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "SecondOpinion" ADD CONSTRAINT "SecondOpinion_reviewId_fkey" FOREIGN KEY ("reviewId") REFERENCES "Review"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "SecondOpinion" ADD CONSTRAINT "opinion_fee" CHECK ("feeMinor" > 0 AND "answerDays" BETWEEN 1 AND 30);
-- No centre is asked, and nothing is delivered, before the fee is here.
ALTER TABLE "SecondOpinion" ADD CONSTRAINT "opinion_dates" CHECK (
  (state IN ('awaiting_payment', 'cancelled')) = ("paidAt" IS NULL) AND ("paidAt" IS NULL) = ("dueAt" IS NULL)
  AND ("paidAt" IS NOT NULL OR "reviewId" IS NULL)
  AND (state IN ('delivered', 'released', 'paid_out')) = ("deliveredAt" IS NOT NULL) AND ("deliveredAt" IS NULL OR "reviewId" IS NOT NULL)
  AND (state IN ('released', 'paid_out')) = ("releasedAt" IS NOT NULL) AND ("releasedAt" IS NULL) = ("releasedById" IS NULL)
  AND (state = 'paid_out') = ("paidOutAt" IS NOT NULL) AND ("paidOutAt" IS NULL) = ("paidOutById" IS NULL) AND ("paidOutAt" IS NULL) = ("bankReference" IS NULL)
  AND (state IN ('returned', 'cancelled')) = ("endedAt" IS NOT NULL) AND ("endedAt" IS NULL) = ("endCause" IS NULL));
ALTER TABLE "SecondOpinion" ADD CONSTRAINT "opinion_two_people" CHECK ("paidOutById" IS DISTINCT FROM "releasedById" OR "releasedById" IS NULL);

CREATE TRIGGER only_declared_edges BEFORE UPDATE OF state ON "SecondOpinion" FOR EACH ROW EXECUTE FUNCTION only_declared_edges(
  'awaiting_payment>paid', 'awaiting_payment>cancelled', 'paid>delivered', 'paid>returned', 'delivered>released', 'released>paid_out');

CREATE FUNCTION opinion_stays_as_asked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.number, OLD."caseId", OLD."clinicId", OLD.currency, OLD."feeMinor", OLD."answerDays", OLD."termsVersion", OLD."askedById", OLD."askedAt", OLD."payBy")
     IS DISTINCT FROM (NEW.number, NEW."caseId", NEW."clinicId", NEW.currency, NEW."feeMinor", NEW."answerDays", NEW."termsVersion", NEW."askedById", NEW."askedAt", NEW."payBy")
     OR (OLD."dueAt" IS NOT NULL AND NEW."dueAt" IS DISTINCT FROM OLD."dueAt")
     OR (OLD."reviewId" IS NOT NULL AND NEW."reviewId" IS DISTINCT FROM OLD."reviewId") THEN
    RAISE EXCEPTION 'The fee and terms of a second opinion never change.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER opinion_stays_as_asked BEFORE UPDATE ON "SecondOpinion" FOR EACH ROW EXECUTE FUNCTION opinion_stays_as_asked();

-- A payment pays an instalment of a booking or a second opinion, one of the two.
ALTER TABLE "Payment" ALTER COLUMN "planItemId" DROP NOT NULL;
ALTER TABLE "Payment" ALTER COLUMN "bookingId" DROP NOT NULL;
ALTER TABLE "Payment" ADD COLUMN "opinionId" UUID;
ALTER TABLE "Payment" ADD CONSTRAINT "Payment_opinionId_fkey" FOREIGN KEY ("opinionId") REFERENCES "SecondOpinion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Payment" ADD CONSTRAINT "payment_pays_one_thing" CHECK (
  ("opinionId" IS NULL) = ("planItemId" IS NOT NULL) AND ("planItemId" IS NULL) = ("bookingId" IS NULL));
CREATE INDEX "Payment_opinionId_createdAt_idx" ON "Payment"("opinionId", "createdAt");
CREATE UNIQUE INDEX "payment_one_open_per_opinion" ON "Payment" ("opinionId") WHERE state IN ('created', 'requires_action', 'processing');
CREATE UNIQUE INDEX "payment_one_success_per_opinion" ON "Payment" ("opinionId")
  WHERE state IN ('succeeded', 'disputed', 'won') AND NOT "isSurplus";

-- What several payments of one instalment may come to says nothing of a payment without one.
DROP TRIGGER payments_fit_their_instalment ON "Payment";
CREATE TRIGGER payments_fit_their_instalment AFTER INSERT OR UPDATE OF state, "amountMinor", "isSurplus", "planItemId" ON "Payment"
  FOR EACH ROW WHEN (NEW."planItemId" IS NOT NULL AND NEW.state IN ('succeeded', 'disputed', 'won') AND NOT NEW."isSurplus")
  EXECUTE FUNCTION payments_fit_their_instalment();

ALTER TABLE "Refund" ALTER COLUMN "bookingId" DROP NOT NULL;

ALTER TABLE "LedgerTx" ADD COLUMN "opinionId" UUID;
CREATE INDEX "LedgerTx_opinionId_idx" ON "LedgerTx"("opinionId");

-- Held money without a booking: what belongs to one opinion is never taken for another, and the rest stays among itself as
-- before. An opinion's own row is taken by whoever moves its money; the rest has the lock of its currency.
CREATE OR REPLACE FUNCTION held_without_booking() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE about uuid;
BEGIN
  SELECT t."opinionId" INTO about FROM "LedgerTx" t WHERE t.id = NEW."txId";
  IF about IS NULL THEN
    -- Whoever gives out of the same money meanwhile waits here and then sees this entry.
    PERFORM pg_advisory_xact_lock(hashtextextended('held_without_booking ' || NEW.currency, 5));
  END IF;
  IF about IS NOT NULL AND EXISTS (SELECT 1 FROM "LedgerEntry" e JOIN "LedgerTx" t ON t.id = e."txId"
      WHERE t."opinionId" = about AND e.account = 'client_funds_held' AND e.currency = NEW.currency HAVING sum(e."amountMinor") > 0)
    OR about IS NULL AND EXISTS (SELECT 1 FROM "LedgerEntry" e JOIN "LedgerTx" t ON t.id = e."txId"
      WHERE e.account = 'client_funds_held' AND e."bookingId" IS NULL AND t."opinionId" IS NULL AND e.currency = NEW.currency
      GROUP BY CASE WHEN t.reference LIKE 'transfer:%' THEN split_part(t.reference, ':', 2) ELSE split_part(t.reference, ':', 1) END
      HAVING sum(e."amountMinor") > 0) THEN
    RAISE EXCEPTION 'Held client money is never negative.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

GRANT SELECT, INSERT, UPDATE ON "SecondOpinion" TO valvia_app;
GRANT USAGE ON SEQUENCE opinion_number_seq TO valvia_app;

ALTER TABLE "SecondOpinion" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "SecondOpinion" FORCE ROW LEVEL SECURITY;
CREATE POLICY readers ON "SecondOpinion" FOR SELECT USING (
  app_role() IN ('system', 'coordinator', 'finance') OR (app_role() = 'patient' AND app_has_access("caseId")));
CREATE POLICY asks ON "SecondOpinion" FOR INSERT WITH CHECK (
  app_role() = 'patient' AND "askedById" = app_person() AND state = 'awaiting_payment' AND app_has_access("caseId"));
-- The coordinator names the review, the system moves the state, finance passes the money on. The payer's side takes the row
-- while it opens a payment, and writes nothing.
CREATE POLICY moves ON "SecondOpinion" FOR UPDATE USING (
  app_role() IN ('system', 'coordinator', 'finance') OR (app_role() = 'patient' AND app_has_access("caseId")))
  WITH CHECK (app_role() IN ('system', 'coordinator', 'finance'));
