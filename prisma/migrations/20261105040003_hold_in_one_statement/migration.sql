-- As before, but booking and claims are one statement inside one savepoint instead of three inside two. The order of locks stays
-- what it is everywhere: the booking, people by id, the day.
CREATE OR REPLACE FUNCTION hold_parts(booking jsonb, needs jsonb, hold_minutes int) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  b "Booking" := jsonb_populate_record(NULL::"Booking", booking);
  wanted part_need[] := ARRAY(SELECT jsonb_populate_record(NULL::part_need, n) FROM jsonb_array_elements(needs) n);
  was text := app_role();
  offer uuid := booking->>'offerId';
  chosen uuid[] := '{}';
  missing int;
  is_written boolean;
  claims int;
  clash text;
  answer jsonb;
BEGIN
  IF was NOT IN ('system', 'coordinator') AND NOT app_has_access(b."caseId") THEN
    RAISE EXCEPTION 'This case is not yours.' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM set_config('app.role', 'system', true);
  b."holdExpiresAt" := COALESCE(b."holdExpiresAt", now() + make_interval(mins => hold_minutes));
  b.number := COALESCE(b.number, next_booking_number(booking->>'year'));
  b."cancellationBands" := COALESCE(b."cancellationBands", (SELECT c."cancellationBands" FROM "Clinic" c WHERE c.id = b."clinicId"));
  IF offer IS NULL AND NOT EXISTS (SELECT 1 FROM "ProcedureSlot" WHERE id = b."slotId" AND taken < capacity) THEN
    clash := 'slot_taken';
  END IF;
  FOR attempt IN 1..50 LOOP
    EXIT WHEN clash IS NOT NULL OR answer IS NOT NULL;
    IF cardinality(wanted) > 0 THEN
      chosen := pick_parts(wanted, b.id);
      missing := array_position(chosen, NULL);
      IF missing IS NOT NULL THEN
        clash := wanted[missing].kind || '_taken';
        EXIT;
      END IF;
    END IF;
    BEGIN
      WITH written AS (
        INSERT INTO "Booking" (id, number, "caseId", "patientId", "estimateId", "clinicId", "slotId", state, currency, "policyVersion",
            regime, "contractAMode", "cancellationBands", "treatmentOn", "holdExpiresAt")
          VALUES (b.id, b.number, b."caseId", b."patientId", b."estimateId", b."clinicId", b."slotId", 'held', b.currency,
            b."policyVersion", b.regime, b."contractAMode", b."cancellationBands", b."treatmentOn", b."holdExpiresAt")
          ON CONFLICT DO NOTHING RETURNING id),
      -- Nobody is locked before the booking stands: who waits for another hold of this patient keeps no driver from others.
      locked AS MATERIALIZED (
        SELECT id FROM "Resource" WHERE id = ANY (chosen) AND EXISTS (SELECT 1 FROM written) ORDER BY id FOR NO KEY UPDATE),
      claimed AS (
        INSERT INTO "Claim" (id, "resourceId", "bookingId", purpose, state, "startsAt", "endsAt", "holdExpiresAt")
          SELECT n."claimId", chosen[n.at::int], b.id, n.purpose, 'held', n."startsAt", n."endsAt", b."holdExpiresAt"
            FROM unnest(wanted) WITH ORDINALITY
              AS n(purpose, kind, "claimId", "startsAt", "endsAt", country, city, anywhere, languages, "oneOf", gender, seats, wheelchair, at)
           WHERE (SELECT count(*) FROM locked) > 0
          RETURNING id)
      SELECT EXISTS (SELECT 1 FROM written), (SELECT count(*) FROM claimed) INTO is_written, claims;
      IF NOT is_written THEN
        clash := 'hold_exists';
        EXIT;
      END IF;
      IF claims <> cardinality(wanted) THEN
        RAISE EXCEPTION 'somebody was quicker' USING ERRCODE = 'VL001';
      END IF;
      IF offer IS NULL THEN
        UPDATE "ProcedureSlot" SET taken = taken + 1 WHERE id = b."slotId" AND taken < capacity;
      ELSE
        UPDATE "WaitingOffer" SET state = 'accepted', "bookingId" = b.id, "endedAt" = now()
         WHERE id = offer AND "slotId" = b."slotId" AND "caseId" = b."caseId" AND state = 'open' AND "expiresAt" > now();
      END IF;
      IF NOT FOUND THEN
        RAISE EXCEPTION 'the place is gone' USING ERRCODE = 'VL002';
      END IF;
      answer := jsonb_build_object('clash', NULL, 'resources', to_jsonb(chosen), 'number', b.number, 'holdExpiresAt', b."holdExpiresAt");
    EXCEPTION
      -- Nobody writes a claim without the lock, so an overlap is settled already: there is nothing to wait for. Rolled back to
      -- here, with its locks, and the next round picks anew.
      WHEN exclusion_violation OR SQLSTATE 'VL001' THEN
        NULL;
      WHEN SQLSTATE 'VL002' THEN
        clash := 'slot_taken';
    END;
  END LOOP;
  IF answer IS NULL THEN
    answer := clash_of(b, COALESCE(clash, wanted[1].kind || '_taken'), wanted, wanted[COALESCE(missing, 1)].purpose);
  END IF;
  PERFORM set_config('app.role', was, true);
  RETURN answer;
END $$;

ALTER FUNCTION hold_parts(jsonb, jsonb, int) SET enable_seqscan = off;
ALTER FUNCTION hold_parts(jsonb, jsonb, int) SET plan_cache_mode = force_generic_plan;
