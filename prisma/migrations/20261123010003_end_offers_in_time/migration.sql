-- An offer was promised for 24 hours, but a day is taken with an hour to sign and pay in, an hour before it begins where the centre is:
-- the last hours of an offer of a near day were none. It ends when it can be taken no more.

-- Until when a day can be taken: two hours before it begins at its centre or, west of Greenwich, by the calendar sums are due by.
CREATE FUNCTION last_yes(wanted date, zone text) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT LEAST(wanted::timestamp AT TIME ZONE 'UTC', wanted::timestamp AT TIME ZONE zone) - interval '2 hours' $$;

-- Gives every free place of a day to whoever is next in order, as before but for when an offer ends.
CREATE OR REPLACE FUNCTION offer_places(wanted uuid) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  was text := app_role();
  s "ProcedureSlot";
  e "WaitingEntry";
  made uuid;
  given int := 0;
BEGIN
  PERFORM set_config('app.role', 'system', true);
  SELECT * INTO s FROM "ProcedureSlot" WHERE id = wanted;
  -- Nearly always nobody waits, and one look into a small index says so.
  IF EXISTS (SELECT 1 FROM "WaitingEntry" w WHERE w."clinicId" = s."clinicId" AND w.treatment = s.treatment AND w.state = 'waiting') THEN
    PERFORM lock_waiting_list(s."clinicId", s.treatment);
    WHILE EXISTS (SELECT 1 FROM "ProcedureSlot" WHERE id = wanted AND taken < capacity) LOOP
      SELECT * INTO e FROM waiting_for(wanted) LIMIT 1;
      EXIT WHEN e.id IS NULL;
      made := new_uuid7();
      INSERT INTO "WaitingOffer" (id, "entryId", "caseId", "slotId", "expiresAt")
        VALUES (made, e.id, e."caseId", wanted, LEAST(now() + make_interval(hours => waiting_offer_hours()),
          last_yes(s."on", (SELECT k."timeZone" FROM "Clinic" k WHERE k.id = s."clinicId"))));
      INSERT INTO "CaseEvent" (id, "caseId", kind, "actorRole") VALUES (new_uuid7(), e."caseId", 'waiting_offered', 'system');
      INSERT INTO "AuditEvent" (id, event, "actorRole", "caseId", "objectType", "objectId", facts)
        VALUES (new_uuid7(), 'waiting.offered', 'system', e."caseId", 'waiting_offer', made::text, jsonb_build_object('on', s."on"));
      PERFORM pg_notify('app_events', jsonb_build_object('kind', 'case', 'caseId', e."caseId")::text);
      given := given + 1;
    END LOOP;
  END IF;
  PERFORM set_config('app.role', was, true);
  RETURN given;
END $$;
