-- Whether the hospital's final account of a booking is still to come: a final account was begun and its surplus is not back, or
-- money of the treatment is held and nobody has settled anything. Asked above the policies: true or false is all that comes out.
CREATE FUNCTION awaits_settling(wanted uuid) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  asker text := app_role();
  is_known boolean := EXISTS (SELECT 1 FROM "Booking" b WHERE b.id = wanted);
  answer boolean;
BEGIN
  IF NOT is_known THEN RETURN false; END IF;
  PERFORM set_config('app.role', 'system', true);
  SELECT CASE
      WHEN count(a.id) > 0 THEN count(a."finishedAt") = 0
      ELSE EXISTS (SELECT 1 FROM "Booking" b WHERE b.id = wanted AND b."contractAMode" = 'held_by_operator')
        AND (SELECT COALESCE(sum(e."amountMinor"), 0) FROM "LedgerEntry" e
              WHERE e."bookingId" = wanted AND e.account = 'client_funds_held' AND e.contract = 'A') <> 0 END
    INTO answer FROM "BillAccount" a WHERE a."bookingId" = wanted;
  PERFORM set_config('app.role', asker, true);
  RETURN answer;
END $$;
REVOKE EXECUTE ON FUNCTION awaits_settling(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION awaits_settling(uuid) TO valvia_app;

-- After-care alone earns no slice: the last one comes with the final account, or with after-care where there is none to wait for.
CREATE OR REPLACE FUNCTION earning_stages(wanted uuid) RETURNS TABLE (stage text, "earnedAt" timestamptz) LANGUAGE plpgsql AS $$
DECLARE
  asker text := app_role();
  of_case uuid := (SELECT b."caseId" FROM "Booking" b WHERE b.id = wanted);
  is_open boolean;
BEGIN
  IF of_case IS NULL THEN RETURN; END IF;
  is_open := awaits_settling(wanted);
  PERFORM set_config('app.role', 'system', true);
  RETURN QUERY SELECT e."toStage"::text, CASE e."toStage" WHEN 'aftercare' THEN GREATEST(e.at,
        (SELECT min(a."finishedAt") FROM "BillAccount" a WHERE a."bookingId" = wanted)) ELSE e.at END FROM "CaseEvent" e
    WHERE e."caseId" = of_case AND e.kind = 'stage' AND (e."toStage" IN ('on_site', 'discharged') OR (e."toStage" = 'aftercare' AND NOT is_open));
  PERFORM set_config('app.role', asker, true);
END $$;
