-- Guards the revisions of a listing: one draft per centre, dates tied to states, a second person who decides,
-- and a content that stays as it was submitted.

CREATE UNIQUE INDEX "revision_one_draft" ON "ListingRevision" ("clinicId") WHERE state = 'draft';
CREATE UNIQUE INDEX "revision_one_published" ON "ListingRevision" ("clinicId") WHERE state = 'published';
ALTER TABLE "ListingRevision" ADD CONSTRAINT "revision_submitted_at" CHECK (state = 'draft' OR "submittedAt" IS NOT NULL);
ALTER TABLE "ListingRevision" ADD CONSTRAINT "revision_decided" CHECK (
  state NOT IN ('changes_asked', 'approved', 'published', 'rejected') OR ("decidedAt" IS NOT NULL AND "decidedById" IS NOT NULL));
ALTER TABLE "ListingRevision" ADD CONSTRAINT "revision_second_person" CHECK ("decidedById" IS NULL OR "decidedById" <> "authorId");
ALTER TABLE "ListingRevision" ADD CONSTRAINT "revision_changes_why" CHECK (state NOT IN ('changes_asked', 'rejected') OR reason IS NOT NULL);

CREATE FUNCTION revision_stays_as_submitted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'draft' AND (NEW.content IS DISTINCT FROM OLD.content OR NEW."authorId" <> OLD."authorId") THEN
    RAISE EXCEPTION 'A submitted revision never changes.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER revision_stays_as_submitted BEFORE UPDATE ON "ListingRevision" FOR EACH ROW EXECUTE FUNCTION revision_stays_as_submitted();
CREATE TRIGGER only_declared_edges BEFORE UPDATE OF state ON "ListingRevision" FOR EACH ROW EXECUTE FUNCTION only_declared_edges(
  'draft>submitted', 'submitted>changes_asked', 'submitted>approved', 'submitted>published', 'submitted>rejected', 'submitted>superseded',
  'approved>published', 'published>superseded', 'changes_asked>superseded');
