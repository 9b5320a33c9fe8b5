-- The lines a centre's estimates of a treatment begin with. Saving them again is a new row; the newest is the template.
CREATE TABLE "LineTemplate" (
    "id" UUID NOT NULL,
    "clinicId" UUID NOT NULL,
    "treatment" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "lines" JSONB NOT NULL,
    "savedById" UUID NOT NULL,
    "savedAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "LineTemplate_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "LineTemplate_clinicId_treatment_savedAt_idx" ON "LineTemplate"("clinicId", "treatment", "savedAt" DESC);

ALTER TABLE "LineTemplate" ADD CONSTRAINT "LineTemplate_clinicId_fkey" FOREIGN KEY ("clinicId") REFERENCES "Clinic"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "LineTemplate" ADD CONSTRAINT "template_has_lines" CHECK (
  (CASE jsonb_typeof(lines) WHEN 'array' THEN jsonb_array_length(lines) BETWEEN 1 AND 100 ELSE false END) IS TRUE);

-- Written once and never changed.
GRANT SELECT, INSERT ON "LineTemplate" TO valvia_app;
REVOKE UPDATE, DELETE ON "LineTemplate" FROM valvia_app;

ALTER TABLE "LineTemplate" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "LineTemplate" FORCE ROW LEVEL SECURITY;
CREATE POLICY readers ON "LineTemplate" FOR SELECT USING (
  app_role() IN ('system', 'coordinator') OR (app_is_clinic() AND "clinicId" = app_clinic()));
CREATE POLICY writers ON "LineTemplate" FOR INSERT WITH CHECK (
  app_role() = 'clinic_manager' AND "clinicId" = app_clinic() AND "savedById" = app_person());
