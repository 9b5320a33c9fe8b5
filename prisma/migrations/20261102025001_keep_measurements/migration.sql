-- Keeps measured numbers of a case: who wrote down which, out of which file. They are never changed, only taken back.
CREATE TYPE "MeasurementSource" AS ENUM ('coordinator', 'clinic', 'file');

CREATE TABLE "Measurement" (
    "id" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "field" TEXT NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,
    "toldValue" DOUBLE PRECISION NOT NULL,
    "toldUnit" TEXT NOT NULL,
    "method" TEXT,
    "source" "MeasurementSource" NOT NULL,
    "recordId" UUID,
    "enteredById" UUID NOT NULL,
    "enteredByName" TEXT NOT NULL,
    "clinicId" UUID,
    "removedById" UUID,
    "measuredOn" DATE NOT NULL,
    "enteredAt" TIMESTAMPTZ NOT NULL,
    "removedAt" TIMESTAMPTZ,

    CONSTRAINT "Measurement_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "measurement_finite" CHECK ("value" > '-Infinity' AND "value" < 'Infinity' AND "toldValue" > '-Infinity' AND "toldValue" < 'Infinity'),
    CONSTRAINT "measurement_removed" CHECK (("removedAt" IS NULL) = ("removedById" IS NULL)),
    CONSTRAINT "measurement_of_clinic" CHECK ((source = 'clinic') = ("clinicId" IS NOT NULL))
);

CREATE INDEX "Measurement_caseId_field_measuredOn_idx" ON "Measurement"("caseId", "field", "measuredOn" DESC);
-- The same number out of the same report is written once, however often it is sent.
CREATE UNIQUE INDEX "measurement_once" ON "Measurement"("caseId", "field", "measuredOn", "value", "source", COALESCE("clinicId", "caseId"), COALESCE("method", ''))
  WHERE "removedAt" IS NULL;
ALTER TABLE "Measurement" ADD CONSTRAINT "Measurement_caseId_fkey"
  FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Measurement" ADD CONSTRAINT "Measurement_recordId_fkey"
  FOREIGN KEY ("recordId") REFERENCES "Record"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE ON "Measurement" TO valvia_app;
ALTER TABLE "Measurement" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "Measurement" FORCE ROW LEVEL SECURITY;
-- Like files: the desk's owner of the case, the patient's side, and a centre while its consent lives. A centre reads what
-- the desk wrote and its own, never what another centre wrote.
CREATE POLICY parties ON "Measurement" USING (
  app_role() = 'system'
  OR (app_role() = 'coordinator' AND EXISTS (SELECT 1 FROM "Case" c WHERE c.id = "caseId" AND c."ownerId" = app_person()))
  OR (app_role() = 'patient' AND app_has_access("caseId"))
  OR (app_is_clinic() AND app_has_access("caseId")
      AND EXISTS (SELECT 1 FROM "Consent" k WHERE k."caseId" = "Measurement"."caseId" AND k."clinicId" = app_clinic() AND k."withdrawnAt" IS NULL)
      AND ("clinicId" IS NULL OR "clinicId" = app_clinic())));
