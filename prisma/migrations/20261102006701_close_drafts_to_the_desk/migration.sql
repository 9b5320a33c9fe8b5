-- Keeps the promise of the first consent: until a case is sent nobody at the desk reads it, and one that ended unsent
-- stays closed. The patient's side, the holder of a draft and the system see what they saw before.

DROP POLICY parties ON "Case";
CREATE POLICY parties ON "Case" USING (
  app_role() = 'system'
  OR (app_role() = 'coordinator' AND "submittedAt" IS NOT NULL)
  OR (app_role() = 'patient' AND "patientId" = app_person())
  OR (app_role() = 'draft_holder' AND "draftTokenHash" = app_draft())
  OR app_has_access(id));

CREATE OR REPLACE FUNCTION app_case(wanted uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN app_role() = 'system' THEN true
    WHEN app_role() = 'coordinator' THEN EXISTS (SELECT 1 FROM "Case" c WHERE c.id = wanted)
    WHEN app_role() = 'draft_holder' THEN EXISTS (SELECT 1 FROM "Case" c WHERE c.id = wanted AND c."draftTokenHash" = app_draft())
    ELSE app_has_access(wanted)
  END $$;

DROP POLICY parties ON "Message";
CREATE POLICY parties ON "Message" USING (
  app_role() = 'system'
  OR (app_role() = 'coordinator' AND app_case("caseId"))
  OR (app_is_clinic() AND audience = 'centre' AND "clinicId" = app_clinic() AND app_has_access("caseId"))
  OR (app_role() = 'patient' AND audience = 'patient' AND app_has_access("caseId")));

DROP POLICY parties ON "CaseInvitation";
CREATE POLICY parties ON "CaseInvitation" USING (
  app_role() = 'system'
  OR (app_role() = 'coordinator' AND app_case("caseId"))
  OR (app_role() = 'patient' AND app_has_access("caseId")));

CREATE OR REPLACE FUNCTION find_cases(words text, in_stage text, of_owner uuid, unowned boolean, before uuid, at_most integer)
RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.id FROM "Case" c
   WHERE app_role() IN ('coordinator', 'system')
     AND (app_role() = 'system' OR c."submittedAt" IS NOT NULL)
     AND case_words(c.number, c."contactName", c."contactEmail")
         LIKE '%' || replace(replace(replace(lower(words), '\', '\\'), '%', '\%'), '_', '\_') || '%'
     AND (in_stage IS NULL OR c.stage = in_stage::"CaseStage")
     AND (of_owner IS NULL OR c."ownerId" = of_owner)
     AND (NOT unowned OR c."ownerId" IS NULL)
     AND (before IS NULL OR c.id < before)
   ORDER BY c.id DESC LIMIT at_most $$;

-- Whether a case is a draft, asked above the policies: true or false is all that comes out.
CREATE FUNCTION is_draft(wanted uuid) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  asker text := app_role();
  answer boolean;
BEGIN
  PERFORM set_config('app.role', 'system', true);
  SELECT EXISTS (SELECT 1 FROM "Case" c WHERE c.id = wanted AND c.stage = 'draft') INTO answer;
  PERFORM set_config('app.role', asker, true);
  RETURN answer;
END $$;
REVOKE EXECUTE ON FUNCTION is_draft(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION is_draft(uuid) TO valvia_app;
