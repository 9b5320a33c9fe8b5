-- How many files wait behind a case nobody took yet, for the coordinator who decides about taking it. The number is all
-- that comes out; what the files are is read by the owner of the case alone.

CREATE FUNCTION files_waiting(wanted uuid) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  asker text := app_role();
  answer integer;
BEGIN
  IF asker <> 'coordinator' THEN RETURN 0; END IF;
  PERFORM set_config('app.role', 'system', true);
  SELECT count(*) FROM "Record" r JOIN "Case" c ON c.id = r."caseId"
   WHERE c.id = wanted AND c."submittedAt" IS NOT NULL AND r."erasedAt" IS NULL AND r.state <> 'uploading'
    INTO answer;
  PERFORM set_config('app.role', asker, true);
  RETURN answer;
END $$;
REVOKE EXECUTE ON FUNCTION files_waiting(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION files_waiting(uuid) TO valvia_app;
