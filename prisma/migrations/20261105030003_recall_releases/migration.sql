-- An approved release is taken back, or a paid one came back from the bank: one says so, another confirms.
CREATE TYPE "RecallKind" AS ENUM ('withdrawn', 'returned');
CREATE TYPE "RecallState" AS ENUM ('proposed', 'confirmed', 'refused');

CREATE TABLE "ReleaseRecall" (
    "id" UUID NOT NULL,
    "releaseId" UUID NOT NULL,
    "bookingId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "kind" "RecallKind" NOT NULL,
    "reason" TEXT NOT NULL,
    "evidence" TEXT,
    "state" "RecallState" NOT NULL DEFAULT 'proposed',
    "proposedById" UUID NOT NULL,
    "answeredById" UUID,
    "proposedAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "answeredAt" TIMESTAMPTZ,

    CONSTRAINT "ReleaseRecall_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "ReleaseRecall_releaseId_idx" ON "ReleaseRecall"("releaseId");
CREATE UNIQUE INDEX "recalled_once" ON "ReleaseRecall" ("releaseId") WHERE state <> 'refused';

ALTER TABLE "ReleaseRecall" ADD CONSTRAINT "ReleaseRecall_releaseId_fkey" FOREIGN KEY ("releaseId") REFERENCES "Release"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ReleaseRecall" ADD CONSTRAINT "recall_two_people" CHECK (state <> 'confirmed' OR "answeredById" <> "proposedById");
ALTER TABLE "ReleaseRecall" ADD CONSTRAINT "recall_dates" CHECK (
  (state = 'proposed') = ("answeredAt" IS NULL) AND ("answeredAt" IS NULL) = ("answeredById" IS NULL));
-- What came back from the bank is proven by the bank's own words.
ALTER TABLE "ReleaseRecall" ADD CONSTRAINT "recall_evidence" CHECK ((kind = 'returned') = (evidence IS NOT NULL));

CREATE TRIGGER only_declared_edges BEFORE UPDATE OF state ON "ReleaseRecall" FOR EACH ROW EXECUTE FUNCTION only_declared_edges(
  'proposed>confirmed', 'proposed>refused');

CREATE FUNCTION recall_stays_as_proposed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE answer text[] := ARRAY['state', 'answeredById', 'answeredAt'];
BEGIN
  IF NEW.state = OLD.state OR (to_jsonb(NEW) - answer) IS DISTINCT FROM (to_jsonb(OLD) - answer) THEN
    RAISE EXCEPTION 'A proposed recall never changes.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER recall_stays_as_proposed BEFORE UPDATE ON "ReleaseRecall" FOR EACH ROW EXECUTE FUNCTION recall_stays_as_proposed();

ALTER TABLE "Release" ADD COLUMN "recalledById" UUID;
ALTER TABLE "Release" ADD COLUMN "recalledAt" TIMESTAMPTZ;
ALTER TABLE "Release" DROP CONSTRAINT "release_dates";
ALTER TABLE "Release" ADD CONSTRAINT "release_dates" CHECK (
  (state IN ('approved', 'paid', 'withdrawn', 'returned')) = ("approvedAt" IS NOT NULL) AND ("approvedAt" IS NULL) = ("approvedById" IS NULL)
  AND (state IN ('paid', 'returned')) = ("paidAt" IS NOT NULL) AND ("paidAt" IS NULL) = ("paidById" IS NULL) AND ("paidAt" IS NULL) = ("bankReference" IS NULL)
  AND (state IN ('withdrawn', 'returned')) = ("recalledAt" IS NOT NULL) AND ("recalledAt" IS NULL) = ("recalledById" IS NULL)
  AND (state = 'refused') = ("refusedAt" IS NOT NULL) AND ("refusedAt" IS NULL) = ("refusedById" IS NULL) AND ("refusedAt" IS NULL) = ("refusedReason" IS NULL));

DROP TRIGGER only_declared_edges ON "Release";
CREATE TRIGGER only_declared_edges BEFORE UPDATE OF state ON "Release" FOR EACH ROW EXECUTE FUNCTION only_declared_edges(
  'proposed>approved', 'proposed>refused', 'approved>paid', 'approved>withdrawn', 'paid>returned');

CREATE OR REPLACE FUNCTION release_stays_as_proposed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE answer text[] := CASE NEW.state::text
  WHEN 'approved' THEN ARRAY['state', 'approvedById', 'approvedAt']
  WHEN 'refused' THEN ARRAY['state', 'refusedById', 'refusedReason', 'refusedAt']
  WHEN 'paid' THEN ARRAY['state', 'paidById', 'paidAt', 'bankReference']
  WHEN 'withdrawn' THEN ARRAY['state', 'recalledById', 'recalledAt']
  WHEN 'returned' THEN ARRAY['state', 'recalledById', 'recalledAt']
  ELSE ARRAY[]::text[] END;
BEGIN
  IF NEW.state = OLD.state THEN
    answer := ARRAY[]::text[];
  END IF;
  IF (to_jsonb(NEW) - answer) IS DISTINCT FROM (to_jsonb(OLD) - answer) THEN
    RAISE EXCEPTION 'A proposed release never changes.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION release_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wanted uuid := CASE TG_TABLE_NAME WHEN 'Release' THEN (to_jsonb(NEW)->>'id')::uuid ELSE (to_jsonb(NEW)->>'releaseId')::uuid END;
  bad boolean;
BEGIN
  SELECT (r."amountMinor", r."taxMinor") IS DISTINCT FROM (COALESCE(sum(l."amountMinor"), 0)::bigint, COALESCE(sum(l."taxMinor"), 0)::bigint)
      OR bool_or(l."isLive" = (r.state IN ('refused', 'withdrawn', 'returned'))) INTO bad
    FROM "Release" r LEFT JOIN "ReleaseLine" l ON l."releaseId" = r.id WHERE r.id = wanted GROUP BY r.id;
  IF bad THEN
    RAISE EXCEPTION 'The lines of a release add up to it and live as long as it does.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

GRANT SELECT, INSERT, UPDATE ON "ReleaseRecall" TO valvia_app;

ALTER TABLE "ReleaseRecall" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "ReleaseRecall" FORCE ROW LEVEL SECURITY;
CREATE POLICY readers ON "ReleaseRecall" FOR SELECT USING (app_role() IN ('system', 'finance'));
CREATE POLICY proposes ON "ReleaseRecall" FOR INSERT WITH CHECK (
  app_role() = 'finance' AND state = 'proposed' AND "proposedById" = app_person());
CREATE POLICY answers ON "ReleaseRecall" FOR UPDATE USING (app_role() = 'finance') WITH CHECK (
  app_role() = 'finance' AND "answeredById" = app_person());

DROP POLICY answers ON "Release";
CREATE POLICY answers ON "Release" FOR UPDATE USING (app_role() = 'finance') WITH CHECK (
  app_role() = 'finance' AND app_person() = CASE state
    WHEN 'approved' THEN "approvedById" WHEN 'refused' THEN "refusedById" WHEN 'paid' THEN "paidById" ELSE "recalledById" END
  AND (state NOT IN ('withdrawn', 'returned') OR EXISTS (
    SELECT 1 FROM "ReleaseRecall" c WHERE c."releaseId" = "Release".id AND c.state = 'confirmed' AND c.kind::text = "Release".state::text)));
