-- What a centre keeps when a patient cancels was a text beside a calculator that knew other numbers. Now it is data: the
-- listing says it, the booking keeps it as it was when the day was held, and text and refund are made from it.
-- Every text so far said 10, 25 and 50 per cent.
ALTER TABLE "Clinic" ADD COLUMN "cancellationBands" jsonb NOT NULL
  DEFAULT '[{"fromDays": 14, "keptBp": 1000}, {"fromDays": 7, "keptBp": 2500}, {"fromDays": 0, "keptBp": 5000}]';
ALTER TABLE "Booking" ADD COLUMN "cancellationBands" jsonb NOT NULL
  DEFAULT '[{"fromDays": 14, "keptBp": 1000}, {"fromDays": 7, "keptBp": 2500}, {"fromDays": 0, "keptBp": 5000}]';
ALTER TABLE "Clinic" ALTER COLUMN "cancellationBands" DROP DEFAULT, DROP COLUMN "cancellationRule";
ALTER TABLE "Booking" ALTER COLUMN "cancellationBands" DROP DEFAULT;

-- A revision stays as it was submitted; this once it gets the same fact in its new shape.
ALTER TABLE "ListingRevision" DISABLE TRIGGER revision_stays_as_submitted;
UPDATE "ListingRevision" r
   SET content = (r.content - 'cancellationRule') || jsonb_build_object('cancellationBands', c."cancellationBands")
  FROM "Clinic" c WHERE c.id = r."clinicId";
ALTER TABLE "ListingRevision" ENABLE TRIGGER revision_stays_as_submitted;

CREATE OR REPLACE FUNCTION hold_parts(booking jsonb, needs jsonb, hold_minutes int) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  b "Booking" := jsonb_populate_record(NULL::"Booking", booking);
  wanted part_need[] := ARRAY(SELECT jsonb_populate_record(NULL::part_need, n) FROM jsonb_array_elements(needs) n);
  was text := app_role();
  stale uuid[];
  chosen uuid[] := '{}';
  missing int;
  answer jsonb;
  year text := COALESCE(booking->>'year', to_char(now() AT TIME ZONE 'UTC', 'YYYY'));
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
          regime, "contractAMode", "cancellationBands", "treatmentOn", "holdExpiresAt")
        VALUES (b.id, 'B-' || year || '-' || (SELECT lpad(n::text, greatest(6, length(n::text)), '0') FROM (SELECT nextval('booking_number_seq') AS n) s), b."caseId", b."patientId",
          b."estimateId", b."clinicId", b."slotId", 'held', b.currency, b."policyVersion", b.regime, b."contractAMode",
          COALESCE(b."cancellationBands", (SELECT c."cancellationBands" FROM "Clinic" c WHERE c.id = b."clinicId")), b."treatmentOn",
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

ALTER FUNCTION hold_parts(jsonb, jsonb, int) SET enable_seqscan = off;
ALTER FUNCTION hold_parts(jsonb, jsonb, int) SET plan_cache_mode = force_generic_plan;
