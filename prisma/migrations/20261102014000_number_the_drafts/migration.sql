-- A draft says how often it was saved and which of its parts when, so that two people at work never overwrite one another unseen;
-- a proposal sent back may say for each part what must change.
ALTER TABLE "ListingRevision" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "ListingRevision" ADD COLUMN "partVersions" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "ListingRevision" ADD COLUMN "remarks" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "ListingRevision" ADD COLUMN "savedAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP;
UPDATE "ListingRevision" SET "savedAt" = COALESCE("submittedAt", "createdAt");

ALTER TABLE "ListingRevision" DROP CONSTRAINT "revision_changes_why";
ALTER TABLE "ListingRevision" ADD CONSTRAINT "revision_changes_why" CHECK (
  (state <> 'changes_asked' OR reason IS NOT NULL OR remarks <> '{}') AND (state <> 'rejected' OR reason IS NOT NULL));
ALTER TABLE "ListingRevision" ADD CONSTRAINT "revision_remarks_when_asked" CHECK (
  remarks = '{}' OR state IN ('changes_asked', 'superseded'));
