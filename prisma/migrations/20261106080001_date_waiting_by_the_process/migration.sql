-- As before, but when somebody joined or left is said by the process, as every time is. How long an offered day is kept stays
-- with the clock of the database, which gives it on by itself.
CREATE OR REPLACE FUNCTION join_waiting(entry jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  was text := app_role();
  e "WaitingEntry" := jsonb_populate_record(NULL::"WaitingEntry", entry);
  open_day record;
  drawn bigint;
  answer jsonb;
BEGIN
  IF was NOT IN ('system', 'coordinator') AND NOT app_has_access(e."caseId") THEN
    RAISE EXCEPTION 'This case is not yours.' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM set_config('app.role', 'system', true);
  PERFORM 1 FROM "ProcedureSlot" s WHERE s."clinicId" = e."clinicId" AND s.treatment = e.treatment AND s."on" BETWEEN e."fromOn" AND e."toOn"
    ORDER BY s.id FOR SHARE;
  PERFORM lock_waiting_list(e."clinicId", e.treatment);
  SELECT f."slotId", f."on" INTO open_day FROM free_slots(e."clinicId", e.treatment, GREATEST(e."fromOn", now()::date + 1), e."toOn") f
    WHERE f.free > 0 ORDER BY f."on" LIMIT 1;
  IF FOUND THEN
    answer := jsonb_build_object('clash', 'day_free', 'slotId', open_day."slotId", 'on', open_day."on");
  ELSE
    INSERT INTO "WaitingEntry" (id, "caseId", "patientId", "estimateId", "clinicId", treatment, reason, "joinedById", "joinedRole", "joinedName", "fromOn", "toOn", "joinedAt")
      VALUES (e.id, e."caseId", e."patientId", e."estimateId", e."clinicId", e.treatment, e.reason, e."joinedById", e."joinedRole", e."joinedName", e."fromOn", e."toOn", e."joinedAt")
      ON CONFLICT DO NOTHING RETURNING turn INTO drawn;
    answer := CASE WHEN drawn IS NULL THEN '{"clash": "already_waiting"}'::jsonb ELSE jsonb_build_object('clash', NULL, 'turn', drawn) END;
  END IF;
  PERFORM set_config('app.role', was, true);
  RETURN answer;
END $$;

DROP FUNCTION end_waiting(uuid, text);
CREATE FUNCTION end_waiting(wanted uuid, cause text, ended_at timestamptz) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  was text := app_role();
  kept uuid;
  is_over boolean;
BEGIN
  PERFORM set_config('app.role', 'system', true);
  SELECT f.id INTO kept FROM "WaitingOffer" f WHERE f."entryId" = wanted AND f.state = 'open';
  IF kept IS NOT NULL AND NOT end_offer(kept, 'withdrawn') THEN
    PERFORM end_offer(kept, 'lapsed');
  END IF;
  PERFORM lock_waiting_list(e."clinicId", e.treatment) FROM "WaitingEntry" e WHERE e.id = wanted;
  IF NOT EXISTS (SELECT 1 FROM "WaitingOffer" f WHERE f."entryId" = wanted AND f.state = 'open') THEN
    UPDATE "WaitingEntry" SET state = 'left', "endCause" = cause, "endedAt" = ended_at WHERE id = wanted AND state = 'waiting';
    is_over := FOUND;
  END IF;
  PERFORM set_config('app.role', was, true);
  RETURN is_over;
END $$;

-- Which place in the line a live entry has for its own days: whoever waits for other days alone stands before nobody here.
-- Others are counted, never shown.
CREATE OR REPLACE FUNCTION waiting_position(wanted uuid) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  was text := app_role();
  answer int;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM "WaitingEntry" WHERE id = wanted AND state = 'waiting') THEN
    RETURN NULL;
  END IF;
  PERFORM set_config('app.role', 'system', true);
  SELECT count(*) INTO answer FROM "WaitingEntry" e JOIN "WaitingEntry" o ON o."clinicId" = e."clinicId" AND o.treatment = e.treatment
     AND o.state = 'waiting' AND o.turn <= e.turn
     AND o."fromOn" <= e."toOn" AND o."toOn" >= e."fromOn" WHERE e.id = wanted;
  PERFORM set_config('app.role', was, true);
  RETURN answer;
END $$;
