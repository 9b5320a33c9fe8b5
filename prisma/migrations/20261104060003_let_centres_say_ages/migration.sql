-- How old records may be at one centre, where it says otherwise than the operator. Anyone may read it; its managers write it.
CREATE TABLE "ClinicRecordAges" (
  "clinicId" UUID NOT NULL,
  "ages" JSONB NOT NULL,
  "changedById" UUID NOT NULL,
  "changedAt" TIMESTAMPTZ NOT NULL,
  CONSTRAINT "ClinicRecordAges_pkey" PRIMARY KEY ("clinicId")
);
ALTER TABLE "ClinicRecordAges" ADD CONSTRAINT "ClinicRecordAges_clinicId_fkey"
  FOREIGN KEY ("clinicId") REFERENCES "Clinic"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE ON "ClinicRecordAges" TO valvia_app;
ALTER TABLE "ClinicRecordAges" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY anyone ON "ClinicRecordAges" FOR SELECT USING (true);
CREATE POLICY managers_add ON "ClinicRecordAges" FOR INSERT
  WITH CHECK (app_role() = 'system' OR (app_role() = 'clinic_manager' AND "clinicId" = app_clinic()));
CREATE POLICY managers_change ON "ClinicRecordAges" FOR UPDATE
  USING (app_role() = 'system' OR (app_role() = 'clinic_manager' AND "clinicId" = app_clinic()));
