-- What a movement at the provider is, said by one person of finance and confirmed by another.
CREATE TYPE "ExplanationState" AS ENUM ('proposed', 'confirmed', 'refused');

CREATE TABLE "MovementExplanation" (
    "id" UUID NOT NULL,
    "movementId" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "movementReason" TEXT NOT NULL,
    "bookedCurrency" CHAR(3),
    "bookedMinor" BIGINT,
    "state" "ExplanationState" NOT NULL DEFAULT 'proposed',
    "proposedById" UUID NOT NULL,
    "answeredById" UUID,
    "proposedAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "answeredAt" TIMESTAMPTZ,

    CONSTRAINT "MovementExplanation_pkey" PRIMARY KEY ("id")
);

-- One explanation at a time; a refused one makes room.
CREATE UNIQUE INDEX "explained_once" ON "MovementExplanation" ("movementId") WHERE state <> 'refused';

ALTER TABLE "MovementExplanation" ADD CONSTRAINT "MovementExplanation_movementId_fkey" FOREIGN KEY ("movementId") REFERENCES "BalanceMovement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "MovementExplanation" ADD CONSTRAINT "explanation_two_people" CHECK (state <> 'confirmed' OR "answeredById" <> "proposedById");
ALTER TABLE "MovementExplanation" ADD CONSTRAINT "explanation_dates" CHECK (
  (state = 'proposed') = ("answeredAt" IS NULL) AND ("answeredAt" IS NULL) = ("answeredById" IS NULL));
ALTER TABLE "MovementExplanation" ADD CONSTRAINT "explanation_booked" CHECK (("bookedCurrency" IS NULL) = ("bookedMinor" IS NULL));

CREATE TRIGGER only_declared_edges BEFORE UPDATE OF state ON "MovementExplanation" FOR EACH ROW EXECUTE FUNCTION only_declared_edges(
  'proposed>confirmed', 'proposed>refused');

CREATE FUNCTION explanation_stays_as_proposed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE answer text[] := ARRAY['state', 'answeredById', 'answeredAt'];
BEGIN
  IF NEW.state = OLD.state OR (to_jsonb(NEW) - answer) IS DISTINCT FROM (to_jsonb(OLD) - answer) THEN
    RAISE EXCEPTION 'A proposed explanation never changes.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER explanation_stays_as_proposed BEFORE UPDATE ON "MovementExplanation" FOR EACH ROW EXECUTE FUNCTION explanation_stays_as_proposed();

-- What the provider told never changes here, and what is explained stays so.
CREATE FUNCTION movement_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE verdict text[] := ARRAY['state', 'reason', 'paymentId', 'refundId', 'explainedAt'];
BEGIN
  IF OLD.state = 'explained' OR (to_jsonb(NEW) - verdict) IS DISTINCT FROM (to_jsonb(OLD) - verdict) THEN
    RAISE EXCEPTION 'A movement of the provider never changes, nor does its explanation.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER movement_stays BEFORE UPDATE ON "BalanceMovement" FOR EACH ROW EXECUTE FUNCTION movement_stays();

-- Money held for a payer we know no booking of gives out no more than came in: what came by movements at the provider, and
-- each bank transfer by itself, for it is its own payer's.
CREATE FUNCTION held_without_booking() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Whoever gives out of the same money meanwhile waits here and then sees this entry.
  PERFORM pg_advisory_xact_lock(hashtextextended('held_without_booking ' || NEW.currency, 5));
  IF EXISTS (SELECT 1 FROM "LedgerEntry" e JOIN "LedgerTx" t ON t.id = e."txId"
      WHERE e.account = 'client_funds_held' AND e."bookingId" IS NULL AND e.currency = NEW.currency
      GROUP BY CASE WHEN t.reference LIKE 'transfer:%' THEN split_part(t.reference, ':', 2) ELSE split_part(t.reference, ':', 1) END
      HAVING sum(e."amountMinor") > 0) THEN
    RAISE EXCEPTION 'Held client money is never negative.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER held_without_booking AFTER INSERT ON "LedgerEntry" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.account = 'client_funds_held' AND NEW."bookingId" IS NULL) EXECUTE FUNCTION held_without_booking();

GRANT SELECT, INSERT, UPDATE ON "MovementExplanation" TO valvia_app;

ALTER TABLE "MovementExplanation" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "MovementExplanation" FORCE ROW LEVEL SECURITY;
CREATE POLICY readers ON "MovementExplanation" FOR SELECT USING (app_role() IN ('system', 'finance'));
CREATE POLICY proposes ON "MovementExplanation" FOR INSERT WITH CHECK (
  app_role() = 'finance' AND state = 'proposed' AND "proposedById" = app_person());
CREATE POLICY answers ON "MovementExplanation" FOR UPDATE USING (app_role() = 'finance') WITH CHECK (
  app_role() = 'finance' AND "answeredById" = app_person());

-- The system says what the provider told; finance ends what two of its people have explained, and nothing else.
DROP POLICY books ON "BalanceMovement";
CREATE POLICY readers ON "BalanceMovement" FOR SELECT USING (app_role() IN ('system', 'finance'));
CREATE POLICY tells ON "BalanceMovement" FOR INSERT WITH CHECK (app_role() = 'system');
CREATE POLICY judges ON "BalanceMovement" FOR UPDATE USING (app_role() = 'system');
CREATE POLICY explains ON "BalanceMovement" FOR UPDATE USING (app_role() = 'finance' AND state = 'unexplained') WITH CHECK (
  app_role() = 'finance' AND state = 'explained' AND EXISTS (
    SELECT 1 FROM "MovementExplanation" e WHERE e."movementId" = "BalanceMovement".id AND e.state = 'confirmed'));
