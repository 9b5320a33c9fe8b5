-- A hold nobody has signed for goes to another day as a paid booking does: the new day and people are won and the old ones let
-- go in one act, or everything stays. It stays a hold, and ends when it would have ended.

-- As before, but a text nobody has signed may be issued anew for another day, by the move that takes its hold there.
CREATE OR REPLACE FUNCTION contract_text_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD."textVersion", OLD.kind) IS DISTINCT FROM (NEW."textVersion", NEW.kind)
     OR (OLD."signedAt" IS NOT NULL AND (OLD."signedAt", OLD."signedName", OLD."signedById") IS DISTINCT FROM (NEW."signedAt", NEW."signedName", NEW."signedById"))
     OR ((OLD.text, OLD."textHash") IS DISTINCT FROM (NEW.text, NEW."textHash") AND (
       OLD."signedAt" IS NOT NULL OR NEW."signedAt" IS NOT NULL
       OR NOT EXISTS (SELECT 1 FROM "Booking" b JOIN "BookingMove" m ON m."bookingId" = b.id
         WHERE b.id = OLD."bookingId" AND b.state = 'held' AND b."treatmentOn" = m."toOn" AND m."movedAt" = NEW."issuedAt"))) THEN
    RAISE EXCEPTION 'A contract''s text and signature never change.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

DROP FUNCTION move_parts(uuid, uuid, jsonb);

-- As before, for holds too, and the move is written down in the same act. `move` says whose it is, and its moment.
-- Order of locks as everywhere: the case (by the caller), the booking, people by id, days by id. Whoever ends a hold past its
-- time takes the case first as well, and so never waits for this one from the other side.
CREATE FUNCTION move_parts(wanted uuid, wanted_slot uuid, needs jsonb, move jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  b "Booking";
  m "BookingMove" := jsonb_populate_record(NULL::"BookingMove", move);
  parts part_need[] := ARRAY(SELECT jsonb_populate_record(NULL::part_need, n) FROM jsonb_array_elements(needs) n);
  was text := app_role();
  is_hold boolean;
  new_day date;
  old_slot uuid;
  chosen uuid[];
  missing int;
  clash text;
  stale uuid[];
  answer jsonb;
BEGIN
  SELECT * INTO b FROM "Booking" WHERE id = wanted AND state IN ('held', 'awaiting_centre', 'confirmed') FOR NO KEY UPDATE;
  IF NOT FOUND OR b."slotId" = wanted_slot THEN
    RETURN jsonb_build_object('clash', 'illegal_transition');
  END IF;
  is_hold := b.state = 'held';
  IF is_hold AND (b."holdExpiresAt" > now()) IS NOT TRUE THEN
    RETURN jsonb_build_object('clash', 'hold_expired');
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
      UPDATE "Claim" k SET state = 'released' WHERE k."bookingId" = wanted AND k.state IN ('held', 'booked')
        AND NOT EXISTS (SELECT 1 FROM "Transfer" t WHERE t."claimId" = k.id AND t.state NOT IN ('requested', 'assigned', 'driver_waiting'))
        AND NOT EXISTS (SELECT 1 FROM "InterpreterAssignment" i WHERE i."claimId" = k.id AND i.state NOT IN ('requested', 'offered', 'confirmed'));
      IF cardinality(parts) > 0 AND NOT take_parts(wanted, parts, chosen, CASE WHEN is_hold THEN 'held' ELSE 'booked' END::"ClaimState",
          CASE WHEN is_hold THEN b."holdExpiresAt" END) THEN
        RAISE EXCEPTION 'somebody was quicker' USING ERRCODE = 'VL001';
      END IF;
      PERFORM 1 FROM "ProcedureSlot" WHERE id IN (old_slot, wanted_slot) ORDER BY id FOR NO KEY UPDATE;
      UPDATE "ProcedureSlot" SET taken = taken + 1
       WHERE id = wanted_slot AND taken < capacity AND "on" > now()::date RETURNING "on" INTO new_day;
      IF NOT FOUND THEN
        RAISE EXCEPTION 'the place is gone' USING ERRCODE = 'VL002';
      END IF;
      UPDATE "ProcedureSlot" SET taken = taken - 1 WHERE id = old_slot;
      UPDATE "Booking" SET "slotId" = wanted_slot, "treatmentOn" = new_day, state = CASE WHEN is_hold THEN state ELSE 'awaiting_centre' END,
          "confirmedAt" = NULL, "confirmedById" = NULL WHERE id = wanted;
      INSERT INTO "BookingMove" (id, "bookingId", "caseId", cause, "movedById", "movedByRole", "movedByName", "fromOn", "toOn", "movedAt")
        VALUES (m.id, wanted, b."caseId", m.cause, m."movedById", m."movedByRole", m."movedByName", b."treatmentOn", new_day, m."movedAt");
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

ALTER FUNCTION move_parts(uuid, uuid, jsonb, jsonb) SET enable_seqscan = off;
