-- A paid booking moves to another day without ever being without one: the new parts are won and the old ones let go in one
-- act, or everything stays. The centre confirms the new day as it did the old one.
DROP TRIGGER only_declared_edges ON "Booking";
CREATE TRIGGER only_declared_edges BEFORE UPDATE OF state ON "Booking" FOR EACH ROW EXECUTE FUNCTION only_declared_edges(
  'held>awaiting_deposit', 'held>cancelled', 'awaiting_deposit>awaiting_centre', 'awaiting_deposit>cancelled',
  'awaiting_centre>confirmed', 'awaiting_centre>cancelled', 'confirmed>completed', 'confirmed>cancelled', 'confirmed>awaiting_centre',
  'cancelled>awaiting_centre');

-- Order of locks as everywhere: the case (by the caller), the booking, people by id, days by id. Answers
-- {"clash": null, "resources": [one for each need]}, or what is taken, or holds past their time that are in the way.
CREATE FUNCTION move_parts(wanted uuid, wanted_slot uuid, needs jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  b "Booking";
  parts part_need[] := ARRAY(SELECT jsonb_populate_record(NULL::part_need, n) FROM jsonb_array_elements(needs) n);
  was text := app_role();
  new_day date;
  old_slot uuid;
  chosen uuid[];
  missing int;
  clash text;
  stale uuid[];
  answer jsonb;
BEGIN
  SELECT * INTO b FROM "Booking" WHERE id = wanted AND state IN ('awaiting_centre', 'confirmed') FOR NO KEY UPDATE;
  IF NOT FOUND OR b."slotId" = wanted_slot THEN
    RETURN jsonb_build_object('clash', 'illegal_transition');
  END IF;
  PERFORM set_config('app.role', 'system', true);
  old_slot := b."slotId";
  b."slotId" := wanted_slot;
  FOR attempt IN 1..50 LOOP
    EXIT WHEN clash IS NOT NULL OR answer IS NOT NULL;
    chosen := COALESCE(pick_parts(parts, wanted, wanted), '{}');
    missing := array_position(chosen, NULL);
    IF missing IS NOT NULL THEN
      clash := parts[missing].kind || '_taken';
      EXIT;
    END IF;
    BEGIN
      PERFORM 1 FROM "Resource" WHERE id = ANY (chosen)
         OR id IN (SELECT "resourceId" FROM "Claim" WHERE "bookingId" = wanted AND state IN ('held', 'booked')) ORDER BY id FOR NO KEY UPDATE;
      UPDATE "Claim" SET state = 'released' WHERE "bookingId" = wanted AND state IN ('held', 'booked');
      IF cardinality(parts) > 0 AND NOT take_parts(wanted, parts, chosen, 'booked', NULL) THEN
        RAISE EXCEPTION 'somebody was quicker' USING ERRCODE = 'VL001';
      END IF;
      PERFORM 1 FROM "ProcedureSlot" WHERE id IN (old_slot, wanted_slot) ORDER BY id FOR NO KEY UPDATE;
      UPDATE "ProcedureSlot" SET taken = taken + 1
       WHERE id = wanted_slot AND taken < capacity AND "on" > now()::date RETURNING "on" INTO new_day;
      IF NOT FOUND THEN
        RAISE EXCEPTION 'the place is gone' USING ERRCODE = 'VL002';
      END IF;
      UPDATE "ProcedureSlot" SET taken = taken - 1 WHERE id = old_slot;
      UPDATE "Booking" SET "slotId" = wanted_slot, "treatmentOn" = new_day, state = 'awaiting_centre', "confirmedAt" = NULL,
          "confirmedById" = NULL WHERE id = wanted;
      answer := jsonb_build_object('clash', NULL, 'resources', to_jsonb(chosen));
    EXCEPTION
      WHEN SQLSTATE 'VL001' THEN
        NULL; -- Rolled back to here: the old parts were never let go, and the next round picks anew.
      WHEN SQLSTATE 'VL002' THEN
        clash := 'slot_taken';
    END;
  END LOOP;
  IF answer IS NULL THEN
    clash := COALESCE(clash, parts[1].kind || '_taken');
    stale := expired_in_way(b, clash, parts);
    answer := CASE WHEN stale IS NULL THEN jsonb_build_object('clash', clash)
      ELSE jsonb_build_object('clash', 'expired_near', 'stale', to_jsonb(stale)) END;
  END IF;
  PERFORM set_config('app.role', was, true);
  RETURN answer;
END $$;

ALTER FUNCTION move_parts(uuid, uuid, jsonb) SET enable_seqscan = off;
