-- Takes numbers out of structured files, which nobody typed, and from patients, whose numbers are never graded.
ALTER TABLE "Measurement" ALTER COLUMN "enteredById" DROP NOT NULL;
ALTER TABLE "Measurement" ADD CONSTRAINT "measurement_of_file"
  CHECK ((source = 'file') = ("enteredById" IS NULL) AND (source <> 'file' OR "recordId" IS NOT NULL));

-- What a file says belongs to the file: the same number out of another file stands for itself, and goes with its file.
DROP INDEX "measurement_once";
CREATE UNIQUE INDEX "measurement_once" ON "Measurement"("caseId", "field", "measuredOn", "value", "source", COALESCE("clinicId", CASE WHEN source = 'file' THEN "recordId" ELSE "caseId" END), COALESCE("method", ''))
  WHERE "removedAt" IS NULL;

-- A centre reads a file's numbers where it may read the file: once the desk has accepted it, while it is kept.
DROP POLICY parties ON "Measurement";
CREATE POLICY parties ON "Measurement" USING (
  app_role() = 'system'
  OR (app_role() = 'coordinator' AND EXISTS (SELECT 1 FROM "Case" c WHERE c.id = "caseId" AND c."ownerId" = app_person()))
  OR (app_role() = 'patient' AND app_has_access("caseId"))
  OR (app_is_clinic() AND app_has_access("caseId")
      AND EXISTS (SELECT 1 FROM "Consent" k WHERE k."caseId" = "Measurement"."caseId" AND k."clinicId" = app_clinic() AND k."withdrawnAt" IS NULL)
      AND ("clinicId" IS NULL OR "clinicId" = app_clinic())
      AND (source <> 'file' OR EXISTS (SELECT 1 FROM "Record" r WHERE r.id = "recordId" AND r.state = 'accepted' AND r."erasedAt" IS NULL))));
