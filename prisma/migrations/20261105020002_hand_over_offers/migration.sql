-- An accepted offer becomes a hold of the whole care plan: everybody else is won as by any hold, and the place that was kept
-- goes over to it. If somebody else cannot be won, the offer stays open until its own time is over.

-- Holds and offers past their time on a slot, holds of a patient or a case, or on somebody of this kind at these hours.
CREATE OR REPLACE FUNCTION expired_in_way(b "Booking", clash text, needs part_need[]) RETURNS uuid[] LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF clash = 'slot_taken' THEN
    RETURN (SELECT array_agg(past.id) FROM (
      SELECT o.id FROM "Booking" o WHERE o."slotId" = b."slotId" AND o.state IN ('held', 'awaiting_deposit') AND o."holdExpiresAt" <= now()
      UNION ALL
      SELECT f.id FROM "WaitingOffer" f WHERE f."slotId" = b."slotId" AND f.state = 'open' AND f."expiresAt" <= now()) past);
  ELSIF clash = 'hold_exists' THEN
    RETURN (SELECT array_agg(o.id) FROM "Booking" o
      WHERE o.state IN ('held', 'awaiting_deposit') AND o."holdExpiresAt" <= now()
        AND (o."patientId" = b."patientId" OR o."caseId" = b."caseId"));
  END IF;
  RETURN (SELECT array_agg(DISTINCT o.id)
    FROM "Booking" o JOIN "Claim" c ON c."bookingId" = o.id JOIN "Resource" r ON r.id = c."resourceId", unnest(needs) n
   WHERE o.state IN ('held', 'awaiting_deposit') AND o."holdExpiresAt" <= now() AND c.state = 'held'
     AND r.kind = n.kind AND r.country = n.country AND c."startsAt" < n."endsAt" AND c."endsAt" > n."startsAt");
END $$;

-- As before; with an offer of the waiting list, the place that is kept goes over to the hold and is never free in between.
-- Answers {"clash": null, "resources": [one for each need], ...}, or what is taken,
-- or the holds past their time that are in the way: they are ended by transactions of their own, and the hold tried again.
CREATE OR REPLACE FUNCTION hold_parts(booking jsonb, needs jsonb, hold_minutes int) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  b "Booking" := jsonb_populate_record(NULL::"Booking", booking);
  wanted part_need[] := ARRAY(SELECT jsonb_populate_record(NULL::part_need, n) FROM jsonb_array_elements(needs) n);
  was text := app_role();
  offer uuid := booking->>'offerId';
  chosen uuid[] := '{}';
  missing int;
  clash text;
  answer jsonb;
BEGIN
  IF was NOT IN ('system', 'coordinator') AND NOT app_has_access(b."caseId") THEN
    RAISE EXCEPTION 'This case is not yours.' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM set_config('app.role', 'system', true);
  b."holdExpiresAt" := COALESCE(b."holdExpiresAt", now() + make_interval(mins => hold_minutes));
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
      INSERT INTO "Booking" (id, number, "caseId", "patientId", "estimateId", "clinicId", "slotId", state, currency, "policyVersion",
          regime, "contractAMode", "cancellationBands", "treatmentOn", "holdExpiresAt")
        VALUES (b.id, COALESCE(b.number, next_booking_number(booking->>'year')), b."caseId", b."patientId",
          b."estimateId", b."clinicId", b."slotId", 'held', b.currency, b."policyVersion", b.regime, b."contractAMode",
          COALESCE(b."cancellationBands", (SELECT c."cancellationBands" FROM "Clinic" c WHERE c.id = b."clinicId")), b."treatmentOn",
          b."holdExpiresAt")
        ON CONFLICT DO NOTHING RETURNING number INTO b.number;
      IF NOT FOUND THEN
        clash := 'hold_exists';
        EXIT;
      END IF;
      IF cardinality(wanted) > 0 AND NOT take_parts(b.id, wanted, chosen, 'held', b."holdExpiresAt") THEN
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
      WHEN SQLSTATE 'VL001' THEN
        NULL; -- Rolled back to here, with its locks: the next round picks anew.
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

-- As `ask_hold`, for the case a place is kept for: full or not, the day is theirs until the offer's time is over.
CREATE FUNCTION ask_offered(actor text[], facts jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE answer jsonb := ask_hold(actor, facts);
BEGIN
  IF answer IS NULL OR answer->'slot' IS NULL THEN
    RETURN answer;
  END IF;
  IF NOT EXISTS (SELECT 1 FROM "WaitingOffer" f WHERE f.id = (facts->>'offerId')::uuid AND f."slotId" = (facts->>'slotId')::uuid
      AND f."caseId" = (answer#>>'{taken,id}')::uuid AND f.state = 'open' AND f."expiresAt" > now()) THEN
    RETURN answer || '{"clash": {"clash": "offer_over"}}';
  END IF;
  IF answer#>>'{clash,clash}' IN ('slot_taken', 'expired_near') THEN
    answer := answer - 'clash' || jsonb_build_object('number', next_booking_number(facts->>'year'));
  END IF;
  RETURN answer;
END $$;
