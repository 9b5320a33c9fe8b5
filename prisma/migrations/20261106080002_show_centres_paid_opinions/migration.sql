-- A centre sees of a second opinion that it is paid for and by when it is due, once it was asked and while the case is open to it.
CREATE POLICY centre_reads ON "SecondOpinion" FOR SELECT USING (
  app_is_clinic() AND "clinicId" = app_clinic() AND "reviewId" IS NOT NULL AND app_has_access("caseId"));
