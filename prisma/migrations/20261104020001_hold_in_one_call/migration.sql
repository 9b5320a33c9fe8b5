-- A hold asks for nothing it does not need: holds past their time are looked for only where something is missing, who is
-- free is read from the calendar, and what the locks have made safe is written without asking twice.

-- Who is free for each need; as before, but the one claim that could be in the way is read from the calendar: live claims
-- of one person never overlap, so only the last that begins before the need ends can reach into it.
-- What `own` holds itself is in nobody's way: a booking that moves lets it go in the same moment.
DROP FUNCTION pick_parts(part_need[], uuid);
CREATE FUNCTION pick_parts(needs part_need[], seed uuid, own uuid DEFAULT NULL) RETURNS uuid[] LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT array_agg(COALESCE(
    (SELECT c.id FROM (
        SELECT r.id, r."supplierId" FROM "Resource" r
         WHERE r.kind = n.kind AND r.country = n.country AND r.city = n.city AND r.active AND r.languages @> n.languages
           AND (n."oneOf" = '{}' OR r.languages && n."oneOf") AND (n.gender IS NULL OR r.gender = n.gender)
           AND COALESCE(r.seats, 3) >= n.seats AND (r.wheelchair OR NOT n.wheelchair)
         ORDER BY uuid_hash_extended(r.id, uuid_hash(seed)) OFFSET 0) c
      WHERE COALESCE((SELECT k."endsAt" FROM "Claim" k
               WHERE k."resourceId" = c.id AND k."startsAt" < n."endsAt" AND k.state IN ('held', 'booked')
                 AND (own IS NULL OR k."bookingId" IS DISTINCT FROM own)
               ORDER BY k."startsAt" DESC LIMIT 1), '-infinity') <= n."startsAt"
        AND (SELECT s."termsAcceptedOn" FROM "Supplier" s WHERE s.id = c."supplierId") IS NOT NULL
      LIMIT 1),
    CASE WHEN n.anywhere THEN
      (SELECT c.id FROM (
        SELECT r.id, r."supplierId" FROM "Resource" r
         WHERE r.kind = n.kind AND r.country = n.country AND r.city <> n.city AND r.active AND r.languages @> n.languages
           AND (n."oneOf" = '{}' OR r.languages && n."oneOf") AND (n.gender IS NULL OR r.gender = n.gender)
           AND COALESCE(r.seats, 3) >= n.seats AND (r.wheelchair OR NOT n.wheelchair)
         ORDER BY uuid_hash_extended(r.id, uuid_hash(seed)) OFFSET 0) c
      WHERE COALESCE((SELECT k."endsAt" FROM "Claim" k
               WHERE k."resourceId" = c.id AND k."startsAt" < n."endsAt" AND k.state IN ('held', 'booked')
                 AND (own IS NULL OR k."bookingId" IS DISTINCT FROM own)
               ORDER BY k."startsAt" DESC LIMIT 1), '-infinity') <= n."startsAt"
        AND (SELECT s."termsAcceptedOn" FROM "Supplier" s WHERE s.id = c."supplierId") IS NOT NULL
      LIMIT 1) END) ORDER BY n.at)
    FROM unnest(needs) WITH ORDINALITY
      AS n(purpose, kind, "claimId", "startsAt", "endsAt", country, city, anywhere, languages, "oneOf", gender, seats, wheelchair, at));
END $$;

-- Locks the chosen in order and gives them their hours. False when somebody else was quicker with one of them; the caller
-- then rolls back to where it began.
CREATE OR REPLACE FUNCTION take_parts(wanted uuid, needs part_need[], chosen uuid[], wanted_state "ClaimState", expires timestamptz) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE inserted int;
BEGIN
  WITH locked AS MATERIALIZED (SELECT id FROM "Resource" WHERE id = ANY (chosen) ORDER BY id FOR NO KEY UPDATE)
  INSERT INTO "Claim" (id, "resourceId", "bookingId", purpose, state, "startsAt", "endsAt", "holdExpiresAt")
    SELECT n."claimId", chosen[n.at::int], wanted, n.purpose, wanted_state, n."startsAt", n."endsAt", expires
      FROM unnest(needs) WITH ORDINALITY
        AS n(purpose, kind, "claimId", "startsAt", "endsAt", country, city, anywhere, languages, "oneOf", gender, seats, wheelchair, at)
     WHERE (SELECT count(*) FROM locked) > 0;
  GET DIAGNOSTICS inserted = ROW_COUNT;
  RETURN inserted = cardinality(needs);
EXCEPTION
  -- Nobody writes a claim without the lock, so this is settled already: there is nothing to wait for.
  WHEN exclusion_violation THEN RETURN false;
END $$;

-- Holds past their time on a slot, of a patient or a case, or on somebody of this kind at these hours.
CREATE FUNCTION expired_in_way(b "Booking", clash text, needs part_need[]) RETURNS uuid[] LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF clash = 'slot_taken' THEN
    RETURN (SELECT array_agg(o.id) FROM "Booking" o
      WHERE o."slotId" = b."slotId" AND o.state IN ('held', 'awaiting_deposit') AND o."holdExpiresAt" <= now());
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

-- Holds a care plan: all parts or none. Answers {"clash": null, "resources": [one for each need], ...}, or what is taken,
-- or the holds past their time that are in the way: they are ended by transactions of their own, and the hold tried again.
CREATE OR REPLACE FUNCTION hold_parts(booking jsonb, needs jsonb, hold_minutes int) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  b "Booking" := jsonb_populate_record(NULL::"Booking", booking);
  wanted part_need[] := ARRAY(SELECT jsonb_populate_record(NULL::part_need, n) FROM jsonb_array_elements(needs) n);
  was text := app_role();
  stale uuid[];
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
  IF NOT EXISTS (SELECT 1 FROM "ProcedureSlot" WHERE id = b."slotId" AND taken < capacity) THEN
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
      UPDATE "ProcedureSlot" SET taken = taken + 1 WHERE id = b."slotId" AND taken < capacity;
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

-- What to say when something is missing: holds past their time first, then that this person holds something already.
CREATE FUNCTION clash_of(b "Booking", clash text, wanted part_need[], purpose text) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
  stale uuid[] := expired_in_way(b, clash, wanted);
  other uuid;
BEGIN
  IF stale IS NOT NULL THEN
    RETURN jsonb_build_object('clash', 'expired_near', 'stale', to_jsonb(stale));
  END IF;
  SELECT o.id INTO other FROM "Booking" o
   WHERE (o."patientId" = b."patientId" AND o.state IN ('held', 'awaiting_deposit'))
      OR (o."caseId" = b."caseId" AND o.state NOT IN ('cancelled', 'completed')) LIMIT 1;
  IF clash IN ('hold_exists', 'slot_taken') AND other IS NOT NULL THEN
    RETURN jsonb_build_object('clash', 'hold_exists', 'bookingId', other);
  END IF;
  RETURN jsonb_build_object('clash', clash) || CASE WHEN clash IN ('hold_exists', 'slot_taken') THEN '{}' ELSE jsonb_build_object('purpose', purpose) END;
END $$;

-- By the year of the clock the product runs on, and the millionth one keeps all its digits. Gaps are allowed.
CREATE FUNCTION next_booking_number(year text) RETURNS text LANGUAGE plpgsql VOLATILE AS $$
DECLARE n text := nextval('booking_number_seq')::text;
BEGIN
  RETURN 'B-' || COALESCE(year, to_char(now() AT TIME ZONE 'UTC', 'YYYY')) || '-' || lpad(n, greatest(6, length(n)), '0');
END $$;

ALTER FUNCTION hold_parts(jsonb, jsonb, int) SET enable_seqscan = off;
ALTER FUNCTION hold_parts(jsonb, jsonb, int) SET plan_cache_mode = force_generic_plan;

-- Who acts, until the transaction ends: role, person, centre, draft, link; empty where there is none.
CREATE OR REPLACE FUNCTION act_as(actor text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('app.role', actor[1], true), set_config('app.person', actor[2], true),
    set_config('app.clinic', actor[3], true), set_config('app.draft', actor[4], true),
    set_config('app.link', actor[5], true);
END $$;

-- What the rules must know before a hold, in one question: null where whoever acts may not know the estimate. It draws the
-- number too, for the contracts name it; a day without a place says at once what is in the way.
CREATE FUNCTION ask_hold(actor text[], facts jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  e "Estimate";
  c "Case";
  s "ProcedureSlot";
  b "Booking";
  opened "AccessScope"[];
  answer jsonb;
BEGIN
  PERFORM act_as(actor);
  SELECT * INTO e FROM "Estimate" WHERE id = (facts->>'estimateId')::uuid;
  SELECT a.scopes INTO opened FROM "CaseAccess" a
   WHERE a."caseId" = e."caseId" AND a."personId" = app_person() AND a."revokedAt" IS NULL
     AND (a."expiresAt" IS NULL OR a."expiresAt" > now()) AND a.scopes && '{owner,read,pay}';
  SELECT * INTO c FROM "Case" WHERE id = e."caseId" AND opened IS NOT NULL;
  IF c.id IS NULL THEN
    RETURN NULL;
  END IF;
  -- The right to the case is proven: from here on it is not asked again at every row.
  PERFORM set_config('app.role', 'system', true);
  SELECT * INTO s FROM "ProcedureSlot" WHERE id = (facts->>'slotId')::uuid;
  SELECT jsonb_build_object(
    'estimate', jsonb_build_object('id', e.id, 'caseId', e."caseId", 'clinicId', e."clinicId", 'state', e.state, 'currency', e.currency,
      'exclusions', COALESCE(e.exclusions, '{}'), 'hash', e.hash, 'answer', r.answer, 'answerExpiresAt', r."answerExpiresAt",
      'lines', (SELECT jsonb_agg(jsonb_build_object('id', l.id, 'contract', l.contract, 'kind', l.kind, 'label', l.label, 'cause', l.cause,
          'optional', l.optional, 'quantity', l.quantity::text, 'unit', l.unit, 'options', l.options, 'lowMinor', l."lowMinor"::text,
          'expectedMinor', l."expectedMinor"::text, 'highMinor', l."highMinor"::text) ORDER BY l.position)
        FROM "EstimateLine" l WHERE l."estimateId" = e.id)),
    'taken', jsonb_build_object('id', c.id, 'stage', c.stage, 'patientId', c."patientId", 'ownerId', c."ownerId", 'country', c.country,
      'language', c.language, 'treatment', c.treatment, 'contactName', c."contactName"),
    'decides', COALESCE(c."patientId" = app_person(), false) OR opened && '{owner}',
    'unpaidHolds', (SELECT count(*) FROM "Booking" o WHERE o."caseId" = c.id AND o.state = 'cancelled' AND o."paidAt" IS NULL
      AND o."createdAt" > (facts->>'unpaidSince')::timestamptz),
    'at', now())
    INTO answer FROM "Review" r WHERE r.id = e."reviewId";
  IF s.id IS NOT NULL THEN
    answer := answer || jsonb_build_object('slot', (
      SELECT jsonb_build_object('id', s.id, 'clinicId', s."clinicId", 'treatment', s.treatment, 'on', s."on",
        'stayDays', (SELECT greatest(1, max(p."stayDaysHigh")) FROM "ClinicProcedure" p WHERE p."clinicId" = s."clinicId" AND p.treatment = s.treatment),
        'clinic', jsonb_build_object('slug', k.slug, 'name', k.name, 'legalName', k."legalName", 'address', k.address, 'city', k.city,
          'country', k.country, 'timeZone', k."timeZone", 'languages', COALESCE(k.languages, '{}'), 'contractAMode', k."contractAMode",
          'prepaymentBp', k."prepaymentBp", 'paymentTerms', k."paymentTerms", 'cancellationBands', k."cancellationBands"))
        FROM "Clinic" k WHERE k.id = s."clinicId"));
    IF s.taken < s.capacity THEN
      answer := answer || jsonb_build_object('number', next_booking_number(facts->>'year'));
    ELSE
      b."slotId" := s.id;
      b."caseId" := c.id;
      b."patientId" := c."patientId";
      answer := answer || jsonb_build_object('clash', clash_of(b, 'slot_taken', '{}', NULL));
    END IF;
  END IF;
  RETURN answer;
END $$;

-- Writes a whole hold or nothing of it: the parts are won first, then everything that hangs on them. What it writes was
-- worked out by the rules from what `ask_hold` said; the case is locked and must still be as it was then.
CREATE FUNCTION hold_booking(actor text[], facts jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  wanted uuid := facts#>>'{booking,id}';
  in_case uuid := facts#>>'{booking,caseId}';
  step jsonb := facts->'step';
  held jsonb;
  who jsonb;
BEGIN
  PERFORM act_as(actor);
  PERFORM 1 FROM "Case" WHERE id = in_case AND stage = (facts->>'stage')::"CaseStage" FOR NO KEY UPDATE;
  IF NOT FOUND OR NOT EXISTS (
      SELECT 1 FROM "Estimate" WHERE id = (facts#>>'{booking,estimateId}')::uuid AND "caseId" = in_case AND state = 'accepted') THEN
    RETURN '{"clash": "moved"}';
  END IF;
  held := hold_parts(facts->'booking', facts->'needs', 0);
  IF held->>'clash' IS NOT NULL THEN
    RETURN held;
  END IF;
  PERFORM set_config('app.role', 'system', true);
  SELECT COALESCE(jsonb_object_agg(n->>'claimId', held->'resources'->>(at::int - 1)), '{}') INTO who
    FROM jsonb_array_elements(facts->'needs') WITH ORDINALITY AS t(n, at);
  INSERT INTO "BookingService" (id, "bookingId", "caseId", "lineId", kind, "amountMinor")
    SELECT id, wanted, in_case, "lineId", kind, "amountMinor"
      FROM jsonb_to_recordset(facts->'services') AS t(id uuid, "lineId" uuid, kind text, "amountMinor" bigint);
  INSERT INTO "Contract" (id, "bookingId", "caseId", kind, text, "textHash", "textVersion", language, "issuedAt")
    SELECT id, wanted, in_case, kind, text, "textHash", "textVersion", language, "issuedAt"
      FROM jsonb_to_recordset(facts->'contracts')
        AS t(id uuid, kind "ContractKind", text text, "textHash" text, "textVersion" text, language text, "issuedAt" timestamptz);
  INSERT INTO "PlanItem" (id, "bookingId", "caseId", position, kind, contract, state, currency, "amountMinor", "contractAMinor", "dueOn")
    SELECT id, wanted, in_case, position, kind, contract, state, currency, "amountMinor", "contractAMinor", "dueOn"
      FROM jsonb_to_recordset(facts->'planItems')
        AS t(id uuid, position int, kind text, contract "ContractKind", state "PlanItemState", currency char(3), "amountMinor" bigint,
             "contractAMinor" bigint, "dueOn" date);
  IF facts->'transfers' <> '[]' THEN
    INSERT INTO "Transfer" (id, "bookingId", "caseId", direction, "resourceId", "claimId", flight, "timeZone", passengers, wheelchair,
        stretcher, oxygen, "pickupPlace", "dropPlace", "pickupAt")
      SELECT id, wanted, in_case, direction, (who->>"claimId"::text)::uuid, "claimId", flight, "timeZone", passengers, wheelchair,
             stretcher, oxygen, "pickupPlace", "dropPlace", "pickupAt"
        FROM jsonb_to_recordset(facts->'transfers')
          AS t(id uuid, direction text, "claimId" uuid, flight text, "timeZone" text, passengers int, wheelchair boolean,
               stretcher boolean, oxygen boolean, "pickupPlace" text, "dropPlace" text, "pickupAt" timestamptz);
  END IF;
  IF facts->'interpreters' <> '[]' THEN
    INSERT INTO "InterpreterAssignment" (id, "bookingId", "caseId", "resourceId", "claimId", "fromLang", "toLang", purpose, "genderWish",
        place, "timeZone", "startsAt", "endsAt")
      SELECT id, wanted, in_case, (who->>"claimId"::text)::uuid, "claimId", "fromLang", "toLang", purpose, "genderWish", place, "timeZone",
             "startsAt", "endsAt"
        FROM jsonb_to_recordset(facts->'interpreters')
          AS t(id uuid, "claimId" uuid, "fromLang" text, "toLang" text, purpose text, "genderWish" text, place text, "timeZone" text,
               "startsAt" timestamptz, "endsAt" timestamptz);
  END IF;
  IF facts->'shipments' <> '[]' THEN
    INSERT INTO "Shipment" (id, "bookingId", "caseId", state, mode, destination, items, "ruleId", "ruleVersion", papers)
      SELECT id, wanted, in_case, state, mode, destination, items, "ruleId", "ruleVersion", papers
        FROM jsonb_to_recordset(facts->'shipments')
          AS t(id uuid, state "ShipmentState", mode text, destination char(2), items jsonb, "ruleId" text, "ruleVersion" text, papers text[]);
  END IF;
  -- A case that leaves its stage rests no more: its new step has a due time of its own.
  UPDATE "Case" SET stage = 'contracting', version = version + 1, "waitingOn" = (step->>'waitingOn')::"WaitingOn",
      "nextAction" = step->>'nextAction', "nextDueAt" = (step->>'nextDueAt')::timestamptz,
      "clockPausedAt" = (step->>'pausedAt')::timestamptz, "updatedAt" = now(),
      "holdUntil" = CASE WHEN stage = 'contracting' THEN "holdUntil" END,
      "holdReason" = CASE WHEN stage = 'contracting' THEN "holdReason" END
    WHERE id = in_case;
  INSERT INTO "CaseEvent" (id, "caseId", kind, "fromStage", "toStage", "actorRole", "actorName")
    SELECT id, in_case, kind, "fromStage", "toStage", actor[1], "actorName"
      FROM jsonb_to_recordset(facts->'events') AS t(id uuid, kind text, "fromStage" "CaseStage", "toStage" "CaseStage", "actorName" text);
  INSERT INTO "AuditEvent" (id, event, "actorId", "actorRole", "actorName", "caseId", "objectType", "objectId", facts)
    SELECT t.id, event, "actorId", actor[1], "actorName", in_case, "objectType", "objectId", t.facts
      FROM jsonb_to_recordset(facts->'audit')
        AS t(id uuid, event text, "actorId" uuid, "actorName" text, "objectType" text, "objectId" text, facts jsonb);
  PERFORM pg_notify('app_events', jsonb_build_object('kind', 'case', 'caseId', in_case)::text),
    pg_notify('app_events', jsonb_build_object('kind', 'booking', 'caseId', in_case, 'bookingId', wanted)::text);
  RETURN held || jsonb_build_object('at', now());
END $$;

ALTER FUNCTION ask_hold(text[], jsonb) SET enable_seqscan = off;
ALTER FUNCTION ask_hold(text[], jsonb) SET plan_cache_mode = force_generic_plan;
ALTER FUNCTION hold_booking(text[], jsonb) SET enable_seqscan = off;
ALTER FUNCTION hold_booking(text[], jsonb) SET plan_cache_mode = force_generic_plan;
