-- Money that leaves for a hospital or a supplier: only for what was delivered, with its evidence, and by two people.
CREATE TYPE "ReleaseState" AS ENUM ('proposed', 'approved', 'paid', 'refused');

CREATE TABLE "Release" (
    "id" UUID NOT NULL,
    "bookingId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "contract" "ContractKind" NOT NULL,
    "payee" TEXT NOT NULL,
    "state" "ReleaseState" NOT NULL DEFAULT 'proposed',
    "currency" CHAR(3) NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "taxMinor" BIGINT NOT NULL,
    "proposedById" UUID NOT NULL,
    "approvedById" UUID,
    "refusedById" UUID,
    "refusedReason" TEXT,
    "paidById" UUID,
    "bankReference" TEXT,
    "proposedAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "approvedAt" TIMESTAMPTZ,
    "refusedAt" TIMESTAMPTZ,
    "paidAt" TIMESTAMPTZ,

    CONSTRAINT "Release_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "ReleaseLine" (
    "id" UUID NOT NULL,
    "releaseId" UUID NOT NULL,
    "bookingId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "serviceId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "taxMinor" BIGINT NOT NULL,
    "evidence" TEXT NOT NULL,
    "evidenceId" UUID NOT NULL,
    "isLive" BOOLEAN NOT NULL DEFAULT true,
    "deliveredAt" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "ReleaseLine_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "Release_state_proposedAt_idx" ON "Release"("state", "proposedAt");
CREATE INDEX "Release_bookingId_idx" ON "Release"("bookingId");
CREATE INDEX "ReleaseLine_releaseId_idx" ON "ReleaseLine"("releaseId");
-- What was delivered is released once; a refused release lets it go again.
CREATE UNIQUE INDEX "release_line_once" ON "ReleaseLine" ("serviceId") WHERE "isLive";

ALTER TABLE "ReleaseLine" ADD CONSTRAINT "ReleaseLine_releaseId_fkey" FOREIGN KEY ("releaseId") REFERENCES "Release"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "Release" ADD CONSTRAINT "release_sums" CHECK ("amountMinor" > 0 AND "taxMinor" >= 0 AND "taxMinor" < "amountMinor" AND (contract = 'B' OR "taxMinor" = 0));
ALTER TABLE "Release" ADD CONSTRAINT "release_two_people" CHECK ("approvedById" IS DISTINCT FROM "proposedById");
ALTER TABLE "Release" ADD CONSTRAINT "release_dates" CHECK (
  (state IN ('approved', 'paid')) = ("approvedAt" IS NOT NULL) AND ("approvedAt" IS NULL) = ("approvedById" IS NULL)
  AND (state = 'paid') = ("paidAt" IS NOT NULL) AND ("paidAt" IS NULL) = ("paidById" IS NULL) AND ("paidAt" IS NULL) = ("bankReference" IS NULL)
  AND (state = 'refused') = ("refusedAt" IS NOT NULL) AND ("refusedAt" IS NULL) = ("refusedById" IS NULL) AND ("refusedAt" IS NULL) = ("refusedReason" IS NULL));
ALTER TABLE "ReleaseLine" ADD CONSTRAINT "release_line_sums" CHECK ("amountMinor" > 0 AND "taxMinor" >= 0 AND "taxMinor" < "amountMinor");

CREATE TRIGGER only_declared_edges BEFORE UPDATE OF state ON "Release" FOR EACH ROW EXECUTE FUNCTION only_declared_edges(
  'proposed>approved', 'proposed>refused', 'approved>paid');

CREATE FUNCTION release_stays_as_proposed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE answer text[] := ARRAY['state', 'approvedById', 'approvedAt', 'refusedById', 'refusedReason', 'refusedAt', 'paidById', 'paidAt', 'bankReference'];
BEGIN
  IF (to_jsonb(NEW) - answer) IS DISTINCT FROM (to_jsonb(OLD) - answer) THEN
    RAISE EXCEPTION 'A proposed release never changes.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER release_stays_as_proposed BEFORE UPDATE ON "Release" FOR EACH ROW EXECUTE FUNCTION release_stays_as_proposed();

CREATE FUNCTION release_line_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (to_jsonb(NEW) - 'isLive') IS DISTINCT FROM (to_jsonb(OLD) - 'isLive') OR (NEW."isLive" AND NOT OLD."isLive") THEN
    RAISE EXCEPTION 'A line of a release never changes.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER release_line_stays BEFORE UPDATE ON "ReleaseLine" FOR EACH ROW EXECUTE FUNCTION release_line_stays();

-- Nothing is released before it was delivered, nor more than what is booked.
CREATE FUNCTION release_line_has_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
      SELECT 1 FROM "BookingService" s WHERE s.id = NEW."serviceId" AND s."bookingId" = NEW."bookingId"
        AND s."deliveredAt" IS NOT NULL AND s."amountMinor" >= NEW."amountMinor" AND s.kind <> 'operator_fee') THEN
    RAISE EXCEPTION 'Only what was delivered is released, and never more than was booked.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER release_line_has_evidence BEFORE INSERT ON "ReleaseLine" FOR EACH ROW EXECUTE FUNCTION release_line_has_evidence();

CREATE FUNCTION release_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wanted uuid := CASE TG_TABLE_NAME WHEN 'Release' THEN (to_jsonb(NEW)->>'id')::uuid ELSE (to_jsonb(NEW)->>'releaseId')::uuid END;
  bad boolean;
BEGIN
  SELECT (r."amountMinor", r."taxMinor") IS DISTINCT FROM (COALESCE(sum(l."amountMinor"), 0)::bigint, COALESCE(sum(l."taxMinor"), 0)::bigint)
      OR bool_or(l."isLive" = (r.state = 'refused')) INTO bad
    FROM "Release" r LEFT JOIN "ReleaseLine" l ON l."releaseId" = r.id WHERE r.id = wanted GROUP BY r.id;
  IF bad THEN
    RAISE EXCEPTION 'The lines of a release add up to it and live as long as it does.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER release_adds_up AFTER INSERT OR UPDATE ON "Release" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION release_adds_up();
CREATE CONSTRAINT TRIGGER release_adds_up AFTER INSERT OR UPDATE ON "ReleaseLine" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION release_adds_up();

GRANT SELECT, INSERT, UPDATE ON "Release", "ReleaseLine" TO valvia_app;

ALTER TABLE "Release" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "Release" FORCE ROW LEVEL SECURITY;
ALTER TABLE "ReleaseLine" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "ReleaseLine" FORCE ROW LEVEL SECURITY;
-- The patient reads what was passed on; a centre knows of contract A alone.
CREATE POLICY parties ON "Release" USING (app_booking("caseId", "bookingId") AND (NOT app_is_clinic() OR contract = 'A'));
CREATE POLICY parties ON "ReleaseLine" USING (EXISTS (SELECT 1 FROM "Release" r WHERE r.id = "releaseId"));
