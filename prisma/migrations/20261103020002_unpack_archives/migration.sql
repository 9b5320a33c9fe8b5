-- The files of an archive are records of their own, each of them once.
ALTER TABLE "Record" ADD COLUMN "containerId" UUID, ADD COLUMN "containerEntry" INTEGER;
ALTER TABLE "Record" ADD CONSTRAINT "Record_containerId_fkey" FOREIGN KEY ("containerId") REFERENCES "Record"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Record" ADD CONSTRAINT "record_contained" CHECK (("containerId" IS NULL) = ("containerEntry" IS NULL));
CREATE UNIQUE INDEX "Record_containerId_containerEntry_key" ON "Record"("containerId", "containerEntry");

-- Whether a case holds a file of this content already.
CREATE INDEX "Record_caseId_sha256_idx" ON "Record"("caseId", "sha256");

DROP TRIGGER only_declared_edges ON "Record";
CREATE TRIGGER only_declared_edges BEFORE UPDATE OF state ON "Record" FOR EACH ROW EXECUTE FUNCTION only_declared_edges(
  'uploading>scanning', 'scanning>readable', 'scanning>unreadable', 'scanning>infected', 'scanning>unpacking', 'unpacking>unpacked',
  'unpacking>unreadable', 'readable>accepted', 'readable>rejected', 'unreadable>rejected', 'accepted>rejected', 'rejected>accepted');
