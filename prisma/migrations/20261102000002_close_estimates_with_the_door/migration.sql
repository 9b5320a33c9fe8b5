-- A clinic sees its estimates only while its door into the case is open.
DROP POLICY parties ON "Estimate";
CREATE POLICY parties ON "Estimate" USING (
  app_role() IN ('system', 'coordinator', 'finance')
  OR (app_is_clinic() AND "clinicId" = app_clinic() AND app_has_access("caseId"))
  OR (app_role() = 'patient' AND state <> 'draft' AND app_has_access("caseId")));
