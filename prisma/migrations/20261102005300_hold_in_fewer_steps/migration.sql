-- The same hold in fewer steps. The right to the case is asked once instead of at every row, everybody is picked in one
-- query, a patient's second hold is met by the unique keys, and the place itself is taken last, so that it is locked
-- only for the blink of the commit. Expired holds in the way are named, ended by their own transactions, and the hold is
-- tried again. Order of locks: case, booking, resources by id, slot; whoever ends a booking takes slot, then booking.

DROP FUNCTION hold_parts(jsonb, jsonb, int);
DROP FUNCTION retake_parts(uuid, jsonb);
DROP FUNCTION claim_parts(uuid, jsonb, "ClaimState", timestamptz);
DROP FUNCTION pick_resource(jsonb, uuid[], text);
DROP FUNCTION free_expired_near(uuid, uuid, uuid, jsonb);

-- One stretch of time of one driver or interpreter, as a booking needs it.
CREATE TYPE part_need AS (
  purpose text, kind text, "claimId" uuid, "startsAt" timestamptz, "endsAt" timestamptz, country char(2), city text,
  anywhere boolean, languages text[], "oneOf" text[], gender text, seats int, wheelchair boolean);

-- Holds past their time that stand in the way: on the slot, of the same patient or case, or on somebody at these hours.
CREATE FUNCTION expired_near(wanted_slot uuid, wanted_patient uuid, wanted_case uuid, needs part_need[]) RETURNS uuid[] LANGUAGE plpgsql AS $$
BEGIN
  -- Nearly always there is none at all, and one look into a small index says so.
  IF NOT EXISTS (SELECT 1 FROM "Booking" WHERE state IN ('held', 'awaiting_deposit') AND "holdExpiresAt" <= now()) THEN
    RETURN NULL;
  END IF;
  RETURN (SELECT array_agg(b.id) FROM "Booking" b
   WHERE b.state IN ('held', 'awaiting_deposit') AND b."holdExpiresAt" <= now()
     AND (b."slotId" = wanted_slot OR b."patientId" = wanted_patient OR b."caseId" = wanted_case OR EXISTS (
       SELECT 1 FROM "Claim" c, unnest(needs) n
        WHERE c."bookingId" = b.id AND c."startsAt" < n."endsAt" AND c."endsAt" > n."startsAt")));
END $$;

-- Who is free for each need: right kind and place, speaks what is asked, under confidentiality terms, and without a live
-- claim at those hours. NULL where nobody is. The seed spreads bookings over all who fit, and keeps one booking with one
-- interpreter where that is possible. The city is asked first, the rest of the country where the need allows it.
-- One plan for all: making a new one for each list of needs would cost more than the search.
CREATE FUNCTION pick_parts(needs part_need[], seed uuid) RETURNS uuid[] LANGUAGE plpgsql STABLE
  SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  RETURN (SELECT array_agg(COALESCE(
    (SELECT c.id FROM (
        SELECT r.id, r."supplierId" FROM "Resource" r
         WHERE r.kind = n.kind AND r.country = n.country AND r.city = n.city AND r.active AND r.languages @> n.languages
           AND (n."oneOf" = '{}' OR r.languages && n."oneOf") AND (n.gender IS NULL OR r.gender = n.gender)
           AND COALESCE(r.seats, 3) >= n.seats AND (r.wheelchair OR NOT n.wheelchair)
         ORDER BY uuid_hash_extended(r.id, uuid_hash(seed)) OFFSET 0) c
      WHERE NOT EXISTS (SELECT 1 FROM "Claim" k WHERE k."resourceId" = c.id AND k.state IN ('held', 'booked')
              AND tstzrange(k."startsAt", k."endsAt", '[)') && tstzrange(n."startsAt", n."endsAt", '[)') OFFSET 0)
        AND EXISTS (SELECT 1 FROM "Supplier" s WHERE s.id = c."supplierId" AND s."termsAcceptedOn" IS NOT NULL OFFSET 0)
      LIMIT 1),
    CASE WHEN n.anywhere THEN
      (SELECT c.id FROM (
        SELECT r.id, r."supplierId" FROM "Resource" r
         WHERE r.kind = n.kind AND r.country = n.country AND r.city <> n.city AND r.active AND r.languages @> n.languages
           AND (n."oneOf" = '{}' OR r.languages && n."oneOf") AND (n.gender IS NULL OR r.gender = n.gender)
           AND COALESCE(r.seats, 3) >= n.seats AND (r.wheelchair OR NOT n.wheelchair)
         ORDER BY uuid_hash_extended(r.id, uuid_hash(seed)) OFFSET 0) c
      WHERE NOT EXISTS (SELECT 1 FROM "Claim" k WHERE k."resourceId" = c.id AND k.state IN ('held', 'booked')
              AND tstzrange(k."startsAt", k."endsAt", '[)') && tstzrange(n."startsAt", n."endsAt", '[)') OFFSET 0)
        AND EXISTS (SELECT 1 FROM "Supplier" s WHERE s.id = c."supplierId" AND s."termsAcceptedOn" IS NOT NULL OFFSET 0)
      LIMIT 1) END) ORDER BY n.at)
    FROM unnest(needs) WITH ORDINALITY
      AS n(purpose, kind, "claimId", "startsAt", "endsAt", country, city, anywhere, languages, "oneOf", gender, seats, wheelchair, at));
END $$;

-- Locks the chosen in order and gives them their hours. False when somebody else was quicker with one of them.
CREATE FUNCTION take_parts(wanted uuid, needs part_need[], chosen uuid[], wanted_state "ClaimState", expires timestamptz) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE inserted int;
BEGIN
  WITH locked AS MATERIALIZED (SELECT id FROM "Resource" WHERE id = ANY (chosen) ORDER BY id FOR NO KEY UPDATE)
  INSERT INTO "Claim" (id, "resourceId", "bookingId", purpose, state, "startsAt", "endsAt", "holdExpiresAt")
    SELECT n."claimId", chosen[n.at::int], wanted, n.purpose, wanted_state, n."startsAt", n."endsAt", expires
      FROM unnest(needs) WITH ORDINALITY
        AS n(purpose, kind, "claimId", "startsAt", "endsAt", country, city, anywhere, languages, "oneOf", gender, seats, wheelchair, at)
     WHERE (SELECT count(*) FROM locked) > 0
    ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS inserted = ROW_COUNT;
  RETURN inserted = cardinality(needs);
END $$;

-- Holds a care plan: all parts or none. Answers {"clash": null, "resources": [one for each need], ...} or what is taken.
CREATE FUNCTION hold_parts(booking jsonb, needs jsonb, hold_minutes int) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  b "Booking" := jsonb_populate_record(NULL::"Booking", booking);
  wanted part_need[] := ARRAY(SELECT jsonb_populate_record(NULL::part_need, n) FROM jsonb_array_elements(needs) n);
  was text := app_role();
  stale uuid[];
  chosen uuid[] := '{}';
  missing int;
  answer jsonb;
BEGIN
  IF was NOT IN ('system', 'coordinator') AND NOT app_has_access(b."caseId") THEN
    RAISE EXCEPTION 'This case is not yours.' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM set_config('app.role', 'system', true);
  stale := expired_near(b."slotId", b."patientId", b."caseId", wanted);
  IF stale IS NOT NULL THEN
    answer := jsonb_build_object('clash', 'expired_near', 'stale', to_jsonb(stale));
  ELSIF NOT EXISTS (SELECT 1 FROM "ProcedureSlot" WHERE id = b."slotId" AND taken < capacity) THEN
    answer := jsonb_build_object('clash', 'slot_taken');
  END IF;
  b."holdExpiresAt" := now() + make_interval(mins => hold_minutes);
  FOR attempt IN 1..50 LOOP
    EXIT WHEN answer IS NOT NULL;
    IF cardinality(wanted) > 0 THEN
      chosen := pick_parts(wanted, b.id);
      missing := array_position(chosen, NULL);
      IF missing IS NOT NULL THEN
        answer := jsonb_build_object('clash', wanted[missing].kind || '_taken', 'purpose', wanted[missing].purpose);
        EXIT;
      END IF;
    END IF;
    BEGIN
      INSERT INTO "Booking" (id, number, "caseId", "patientId", "estimateId", "clinicId", "slotId", state, currency, "policyVersion",
          regime, "contractAMode", "treatmentOn", "holdExpiresAt")
        VALUES (b.id, 'B-' || to_char(now(), 'YYYY') || '-' || lpad(nextval('booking_number_seq')::text, 6, '0'), b."caseId", b."patientId",
          b."estimateId", b."clinicId", b."slotId", 'held', b.currency, b."policyVersion", b.regime, b."contractAMode", b."treatmentOn",
          b."holdExpiresAt")
        ON CONFLICT DO NOTHING RETURNING number INTO b.number;
      IF NOT FOUND THEN
        answer := jsonb_build_object('clash', 'hold_exists');
        EXIT;
      END IF;
      IF cardinality(wanted) > 0 AND NOT take_parts(b.id, wanted, chosen, 'held', b."holdExpiresAt") THEN
        RAISE EXCEPTION 'somebody was quicker' USING ERRCODE = 'VL001';
      END IF;
      UPDATE "ProcedureSlot" SET taken = taken + 1 WHERE id = b."slotId" AND taken < capacity;
      IF NOT FOUND THEN
        RAISE EXCEPTION 'the place is gone' USING ERRCODE = 'VL002';
      END IF;
      answer := jsonb_build_object('clash', NULL, 'resources', to_jsonb(chosen), 'number', b.number, 'holdExpiresAt', b."holdExpiresAt");
    EXCEPTION
      WHEN SQLSTATE 'VL001' THEN
        NULL; -- Rolled back to here, with its locks: the next round picks anew.
      WHEN SQLSTATE 'VL002' THEN
        answer := jsonb_build_object('clash', 'slot_taken');
    END;
  END LOOP;
  answer := COALESCE(answer, jsonb_build_object('clash', wanted[1].kind || '_taken', 'purpose', wanted[1].purpose));
  IF answer->>'clash' IN ('hold_exists', 'slot_taken') THEN
    answer := COALESCE((
      SELECT jsonb_build_object('clash', 'hold_exists', 'bookingId', o.id) FROM "Booking" o
       WHERE (o."patientId" = b."patientId" AND o.state IN ('held', 'awaiting_deposit'))
          OR (o."caseId" = b."caseId" AND o.state NOT IN ('cancelled', 'completed')) LIMIT 1), answer);
  END IF;
  PERFORM set_config('app.role', was, true);
  RETURN answer;
END $$;

-- Takes the slot and the parts of a cancelled booking again, because its money arrived late. For the system only.
CREATE FUNCTION retake_parts(wanted uuid, needs jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  b "Booking";
  parts part_need[] := ARRAY(SELECT jsonb_populate_record(NULL::part_need, n) FROM jsonb_array_elements(needs) n);
  stale uuid[];
  chosen uuid[] := '{}';
BEGIN
  SELECT * INTO b FROM "Booking" WHERE id = wanted AND state = 'cancelled';
  IF NOT FOUND THEN
    RETURN jsonb_build_object('clash', 'not_cancelled');
  END IF;
  stale := expired_near(b."slotId", b."patientId", b."caseId", parts);
  IF stale IS NOT NULL THEN
    RETURN jsonb_build_object('clash', 'expired_near', 'stale', to_jsonb(stale));
  END IF;
  IF EXISTS (SELECT 1 FROM "Booking" o WHERE o."caseId" = b."caseId" AND o.state NOT IN ('cancelled', 'completed')) THEN
    RETURN jsonb_build_object('clash', 'hold_exists');
  END IF;
  FOR attempt IN 1..50 LOOP
    IF cardinality(parts) > 0 THEN
      chosen := pick_parts(parts, wanted);
      EXIT WHEN array_position(chosen, NULL) IS NOT NULL;
    END IF;
    BEGIN
      IF cardinality(parts) > 0 AND NOT take_parts(wanted, parts, chosen, 'booked', NULL) THEN
        RAISE EXCEPTION 'somebody was quicker' USING ERRCODE = 'VL001';
      END IF;
      UPDATE "ProcedureSlot" SET taken = taken + 1 WHERE id = b."slotId" AND taken < capacity AND "on" > now()::date;
      IF NOT FOUND THEN
        RAISE EXCEPTION 'the place is gone' USING ERRCODE = 'VL002';
      END IF;
      RETURN jsonb_build_object('clash', NULL, 'resources', to_jsonb(chosen));
    EXCEPTION
      WHEN SQLSTATE 'VL001' THEN
        NULL; -- Rolled back to here, with its locks: the next round picks anew.
      WHEN SQLSTATE 'VL002' THEN
        RETURN jsonb_build_object('clash', 'slot_taken');
    END;
  END LOOP;
  RETURN jsonb_build_object('clash', 'parts_taken');
END $$;
