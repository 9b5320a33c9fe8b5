-- The movements at the provider are read page by page and from run to run, and looked at in turns.
ALTER TABLE "BalanceMovement" ADD COLUMN "lookedAt" TIMESTAMPTZ;

-- Whoever waited longest comes first.
CREATE INDEX "movements_to_look_at" ON "BalanceMovement" ("lookedAt" NULLS FIRST, "movedAt", id) WHERE state <> 'explained';

CREATE TABLE "MovementReading" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "lastId" TEXT,
    "fromAt" TIMESTAMPTZ,
    "newestAt" TIMESTAMPTZ,

    CONSTRAINT "MovementReading_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "one_reading" CHECK (id = 1),
    CONSTRAINT "reading_under_way" CHECK (("lastId" IS NULL) = ("newestAt" IS NULL))
);

-- What the provider told never changes here, and what is explained stays so; only when we looked is ours.
CREATE OR REPLACE FUNCTION movement_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE verdict text[] := ARRAY['state', 'reason', 'paymentId', 'refundId', 'explainedAt', 'lookedAt'];
BEGIN
  IF OLD.state = 'explained' OR (to_jsonb(NEW) - verdict) IS DISTINCT FROM (to_jsonb(OLD) - verdict) THEN
    RAISE EXCEPTION 'A movement of the provider never changes, nor does its explanation.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

GRANT SELECT, INSERT, UPDATE ON "MovementReading" TO valvia_app;

ALTER TABLE "MovementReading" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "MovementReading" FORCE ROW LEVEL SECURITY;
CREATE POLICY reads_on ON "MovementReading" USING (app_role() = 'system');
