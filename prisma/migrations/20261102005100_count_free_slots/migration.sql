-- What anyone may see of a centre's capacity. Holds that have run out count as free before the sweeper comes by;
-- nobody learns whose they are.
CREATE FUNCTION free_slots(wanted_clinic uuid, wanted_treatment text, from_on date, to_on date)
RETURNS TABLE ("slotId" uuid, treatment text, "on" date, capacity int, free int) LANGUAGE plpgsql AS $$
DECLARE was text := COALESCE(current_setting('app.role', true), '');
BEGIN
  PERFORM set_config('app.role', 'system', true);
  RETURN QUERY
    SELECT s.id, s.treatment, s."on", s.capacity,
           LEAST(s.capacity, s.capacity - s.taken + (
             SELECT count(*)::int FROM "Booking" b
              WHERE b."slotId" = s.id AND b.state IN ('held', 'awaiting_deposit') AND b."holdExpiresAt" <= now()))
      FROM "ProcedureSlot" s
     WHERE s."clinicId" = wanted_clinic AND (wanted_treatment IS NULL OR s.treatment = wanted_treatment)
       AND s."on" BETWEEN from_on AND to_on
     ORDER BY s."on", s.treatment LIMIT 1000;
  PERFORM set_config('app.role', was, true);
END $$;
GRANT EXECUTE ON FUNCTION free_slots(uuid, text, date, date) TO valvia_app;
