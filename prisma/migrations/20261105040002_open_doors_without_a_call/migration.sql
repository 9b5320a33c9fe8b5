-- For whoever sees every row the question of access is answered without a call: the database reads these conditions as part
-- of each query, and asks the long way only for the others.
CREATE FUNCTION app_case_door(wanted uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN app_role() = 'coordinator' THEN EXISTS (SELECT 1 FROM "Case" c WHERE c.id = wanted)
    WHEN app_role() = 'draft_holder' THEN EXISTS (SELECT 1 FROM "Case" c WHERE c.id = wanted AND c."draftTokenHash" = app_draft())
    ELSE app_has_access(wanted)
  END $$;
CREATE OR REPLACE FUNCTION app_case(wanted uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT app_role() = 'system' OR app_case_door(wanted) $$;

CREATE FUNCTION app_booking_door(wanted_case uuid, wanted_booking uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN app_is_clinic() THEN EXISTS (SELECT 1 FROM "Booking" b WHERE b.id = wanted_booking AND b."clinicId" = app_clinic())
    ELSE app_has_access(wanted_case)
  END $$;
CREATE OR REPLACE FUNCTION app_booking(wanted_case uuid, wanted_booking uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT app_role() IN ('system', 'coordinator', 'finance') OR app_booking_door(wanted_case, wanted_booking) $$;
