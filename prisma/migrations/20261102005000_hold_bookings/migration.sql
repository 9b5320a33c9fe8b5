-- Holds the parts of a care plan in one call: the slot and every interpreter and driver, or none of them.
-- Order of locks everywhere: case, patient (advisory), slots by id, bookings, resources by id. Nothing waits against it.

-- The deposit pays into both contracts; this says how much of an instalment belongs to contract A.
ALTER TABLE "PlanItem" ADD COLUMN "contractAMinor" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "PlanItem" ADD CONSTRAINT "plan_item_split" CHECK ("contractAMinor" >= 0 AND "contractAMinor" <= "amountMinor");

CREATE INDEX "booking_hold_expiry" ON "Booking" ("holdExpiresAt") WHERE state IN ('held', 'awaiting_deposit');

-- A UUID version 7, for rows the database writes itself (PostgreSQL has its own only from version 18 on).
CREATE FUNCTION new_uuid7() RETURNS uuid LANGUAGE sql VOLATILE AS $$
  SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid
$$;

-- Gives back the slot and all live parts of a booking. The caller has set the booking's own state in the same transaction.
CREATE FUNCTION free_parts(wanted uuid, wanted_slot uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "ProcedureSlot" SET taken = taken - 1 WHERE id = wanted_slot;
  UPDATE "Claim" SET state = 'released' WHERE "bookingId" = wanted AND state IN ('held', 'booked');
  UPDATE "Transfer" SET state = 'cancelled', "linkHash" = NULL, "updatedAt" = now()
    WHERE "bookingId" = wanted AND state IN ('requested', 'assigned', 'driver_waiting');
  UPDATE "InterpreterAssignment" SET state = 'cancelled', "linkHash" = NULL, "updatedAt" = now()
    WHERE "bookingId" = wanted AND state IN ('requested', 'offered', 'confirmed');
  UPDATE "PlanItem" SET state = 'cancelled' WHERE "bookingId" = wanted AND state IN ('planned', 'due', 'overdue');
END $$;

-- Ends one hold whose time has run out by the database's clock, whoever it belongs to. Says whether it did.
CREATE FUNCTION expire_hold(wanted uuid) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  gone record;
  was text := COALESCE(current_setting('app.role', true), '');
BEGIN
  PERFORM set_config('app.role', 'system', true);
  UPDATE "Booking" SET state = 'cancelled', "cancelledAt" = now(), "cancelCause" = 'hold_expired'
    WHERE id = wanted AND state IN ('held', 'awaiting_deposit') AND "holdExpiresAt" <= now()
    RETURNING id, "caseId", "slotId" INTO gone;
  IF gone.id IS NOT NULL THEN
    PERFORM free_parts(gone.id, gone."slotId");
    INSERT INTO "CaseEvent" (id, "caseId", kind, "actorRole") VALUES (new_uuid7(), gone."caseId", 'hold_expired', 'system');
    INSERT INTO "AuditEvent" (id, event, "actorRole", "caseId", "objectType", "objectId")
      VALUES (new_uuid7(), 'booking.hold_expired', 'system', gone."caseId", 'booking', gone.id::text);
    PERFORM pg_notify('app_events', json_build_object('kind', 'booking', 'caseId', gone."caseId", 'bookingId', gone.id)::text);
  END IF;
  PERFORM set_config('app.role', was, true);
  RETURN gone.id IS NOT NULL;
END $$;

-- Locks the wanted slot, and ends every expired hold that stands in the way of these needs: on the slot, of the same
-- patient or case, or on an interpreter or driver at the same hours. All slots touched are locked first, by id.
CREATE FUNCTION free_expired_near(wanted_slot uuid, wanted_patient uuid, wanted_case uuid, needs jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  stale uuid[];
  slots uuid[];
  was text := COALESCE(current_setting('app.role', true), '');
BEGIN
  PERFORM set_config('app.role', 'system', true);
  SELECT array_agg(b.id), array_agg(b."slotId") INTO stale, slots FROM "Booking" b
   WHERE b.state IN ('held', 'awaiting_deposit') AND b."holdExpiresAt" <= now()
     AND (b."slotId" = wanted_slot OR b."patientId" = wanted_patient OR b."caseId" = wanted_case OR EXISTS (
       SELECT 1 FROM "Claim" c, jsonb_to_recordset(needs) AS n("startsAt" timestamptz, "endsAt" timestamptz)
        WHERE c."bookingId" = b.id AND c."startsAt" < n."endsAt" AND c."endsAt" > n."startsAt"));
  PERFORM 1 FROM "ProcedureSlot" WHERE id = wanted_slot OR id = ANY (slots) ORDER BY id FOR NO KEY UPDATE;
  PERFORM expire_hold(hold) FROM unnest(stale) AS hold;
  PERFORM set_config('app.role', was, true);
END $$;

-- Who is free for one need: right kind and place, speaks what is asked, and has no live claim at those hours.
-- Somebody already chosen for this booking comes first; otherwise bookings spread over all who fit.
CREATE FUNCTION pick_resource(need jsonb, chosen uuid[], seed text) RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT r.id FROM "Resource" r
   WHERE r.kind = need->>'kind' AND r.country = need->>'country' AND r.active
     AND (r.city = need->>'city' OR (need->>'anywhere')::boolean)
     AND r.languages @> ARRAY(SELECT jsonb_array_elements_text(need->'languages'))
     AND (jsonb_array_length(need->'oneOf') = 0 OR r.languages && ARRAY(SELECT jsonb_array_elements_text(need->'oneOf')))
     AND (need->>'gender' IS NULL OR r.gender = need->>'gender')
     AND COALESCE(r.seats, 3) >= (need->>'seats')::int
     AND (r.wheelchair OR NOT (need->>'wheelchair')::boolean)
     AND NOT EXISTS (SELECT 1 FROM "Claim" c WHERE c."resourceId" = r.id AND c.state IN ('held', 'booked')
       AND tstzrange(c."startsAt", c."endsAt", '[)') && tstzrange((need->>'startsAt')::timestamptz, (need->>'endsAt')::timestamptz, '[)'))
   ORDER BY r.city = need->>'city' DESC, r.id = ANY (chosen) DESC, md5(r.id::text || seed)
   LIMIT 1
$$;

-- Claims somebody for every need of a booking, or nobody, and names the first need nobody is free for.
-- It picks without locks, locks the picked ones in order, and looks again; losing that race, it lets go and picks anew.
CREATE FUNCTION claim_parts(wanted uuid, needs jsonb, wanted_state "ClaimState", expires timestamptz) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  need jsonb;
  found_id uuid;
  chosen uuid[];
  claims jsonb;
  inserted int;
BEGIN
  FOR attempt IN 1..50 LOOP
    chosen := '{}';
    claims := '[]';
    FOR need IN SELECT value FROM jsonb_array_elements(needs) LOOP
      found_id := pick_resource(need, chosen, wanted::text);
      IF found_id IS NULL THEN
        RETURN jsonb_build_object('clash', (need->>'kind') || '_taken', 'purpose', need->>'purpose');
      END IF;
      chosen := chosen || found_id;
      claims := claims || jsonb_build_object('claimId', need->>'claimId', 'resourceId', found_id);
    END LOOP;
    BEGIN
      PERFORM 1 FROM "Resource" WHERE id = ANY (chosen) ORDER BY id FOR NO KEY UPDATE;
      INSERT INTO "Claim" (id, "resourceId", "bookingId", purpose, state, "startsAt", "endsAt", "holdExpiresAt")
        SELECT (n->>'claimId')::uuid, chosen[n_at], wanted, n->>'purpose', wanted_state,
               (n->>'startsAt')::timestamptz, (n->>'endsAt')::timestamptz, expires
          FROM jsonb_array_elements(needs) WITH ORDINALITY AS list(n, n_at)
        ON CONFLICT DO NOTHING;
      GET DIAGNOSTICS inserted = ROW_COUNT;
      IF inserted < jsonb_array_length(needs) THEN
        RAISE EXCEPTION 'lost the race' USING ERRCODE = 'VL001';
      END IF;
      RETURN jsonb_build_object('clash', NULL, 'claims', claims);
    EXCEPTION WHEN SQLSTATE 'VL001' THEN
      NULL; -- Rolled back to here, with its locks: the next round starts from nothing.
    END;
  END LOOP;
  RETURN jsonb_build_object('clash', (needs->0->>'kind') || '_taken', 'purpose', needs->0->>'purpose');
END $$;

-- Holds a care plan: all parts or none. Answers {"clash": null, ...} or the name of what is taken.
CREATE FUNCTION hold_parts(booking jsonb, needs jsonb, hold_minutes int) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  b "Booking" := jsonb_populate_record(NULL::"Booking", booking);
  other uuid;
  result jsonb;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(b."patientId"::text, 7));
  PERFORM free_expired_near(b."slotId", b."patientId", b."caseId", needs);
  SELECT id INTO other FROM "Booking"
   WHERE ("patientId" = b."patientId" AND state IN ('held', 'awaiting_deposit'))
      OR ("caseId" = b."caseId" AND state NOT IN ('cancelled', 'completed')) LIMIT 1;
  IF FOUND THEN
    RETURN jsonb_build_object('clash', 'hold_exists', 'bookingId', other);
  END IF;
  IF NOT EXISTS (SELECT 1 FROM "ProcedureSlot" WHERE id = b."slotId" AND taken < capacity) THEN
    RETURN jsonb_build_object('clash', 'slot_taken');
  END IF;
  BEGIN
    INSERT INTO "Booking" (id, number, "caseId", "patientId", "estimateId", "clinicId", "slotId", state, currency, "policyVersion",
        regime, "contractAMode", "treatmentOn", "holdExpiresAt")
      VALUES (b.id, 'B-' || to_char(now(), 'YYYY') || '-' || lpad(nextval('booking_number_seq')::text, 6, '0'), b."caseId", b."patientId",
        b."estimateId", b."clinicId", b."slotId", 'held', b.currency, b."policyVersion", b.regime, b."contractAMode", b."treatmentOn",
        now() + make_interval(mins => hold_minutes))
      RETURNING * INTO b;
    result := claim_parts(b.id, needs, 'held', b."holdExpiresAt");
    IF result->>'clash' IS NOT NULL THEN
      RAISE EXCEPTION 'a part is taken' USING ERRCODE = 'VL002';
    END IF;
    UPDATE "ProcedureSlot" SET taken = taken + 1 WHERE id = b."slotId";
    RETURN result || jsonb_build_object('number', b.number, 'holdExpiresAt', b."holdExpiresAt");
  EXCEPTION WHEN SQLSTATE 'VL002' THEN
    RETURN result;
  END;
END $$;

-- Takes the slot and the parts of a cancelled booking again, because its money arrived late.
CREATE FUNCTION retake_parts(wanted uuid, needs jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  b "Booking";
  result jsonb;
BEGIN
  SELECT * INTO b FROM "Booking" WHERE id = wanted AND state = 'cancelled';
  IF NOT FOUND THEN
    RETURN jsonb_build_object('clash', 'not_cancelled');
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(b."patientId"::text, 7));
  PERFORM free_expired_near(b."slotId", b."patientId", b."caseId", needs);
  IF EXISTS (SELECT 1 FROM "Booking" o WHERE o."caseId" = b."caseId" AND o.state NOT IN ('cancelled', 'completed')) THEN
    RETURN jsonb_build_object('clash', 'hold_exists');
  END IF;
  IF NOT EXISTS (SELECT 1 FROM "ProcedureSlot" WHERE id = b."slotId" AND taken < capacity AND "on" > now()::date) THEN
    RETURN jsonb_build_object('clash', 'slot_taken');
  END IF;
  result := claim_parts(b.id, needs, 'booked', NULL);
  IF result->>'clash' IS NULL THEN
    UPDATE "ProcedureSlot" SET taken = taken + 1 WHERE id = b."slotId";
  END IF;
  RETURN result;
END $$;
