-- Which stages that earn a slice of the operator's fee a booking's case went through, and when, for whoever knows the booking:
-- finance counts refunds and reaches no case. Asked above the policies: stages and moments are all that comes out.
CREATE FUNCTION earning_stages(wanted uuid) RETURNS TABLE (stage text, "earnedAt" timestamptz) LANGUAGE plpgsql AS $$
DECLARE
  asker text := app_role();
  of_case uuid := (SELECT b."caseId" FROM "Booking" b WHERE b.id = wanted);
BEGIN
  IF of_case IS NULL THEN RETURN; END IF;
  PERFORM set_config('app.role', 'system', true);
  RETURN QUERY SELECT e."toStage"::text, e.at FROM "CaseEvent" e
    WHERE e."caseId" = of_case AND e.kind = 'stage' AND e."toStage" IN ('on_site', 'discharged', 'aftercare');
  PERFORM set_config('app.role', asker, true);
END $$;
REVOKE EXECUTE ON FUNCTION earning_stages(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION earning_stages(uuid) TO valvia_app;
