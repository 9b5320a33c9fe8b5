-- Money of the treatment is held by the operator only where the law's clearance was recorded. A centre without one is paid directly,
-- whatever was set, and cannot be set otherwise.
UPDATE "Clinic" SET "contractAMode" = 'direct' WHERE "contractAMode" = 'held_by_operator' AND "heldClearanceOn" IS NULL;
ALTER TABLE "Clinic" ADD CONSTRAINT held_money_is_cleared CHECK ("contractAMode" = 'direct' OR "heldClearanceOn" IS NOT NULL);

-- Who is paid for the treatment today.
CREATE FUNCTION held_mode(said "ContractAMode", cleared date) RETURNS "ContractAMode" LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN cleared <= (now() AT TIME ZONE 'UTC')::date THEN said ELSE 'direct' END $$;

-- The question before a hold and its act, as before but for that.
CREATE OR REPLACE FUNCTION ask_to_hold(actor text[], facts jsonb) RETURNS json LANGUAGE plpgsql AS $$
DECLARE
  asked uuid := facts->>'estimateId';
  wanted_slot uuid := facts->>'slotId';
  in_case uuid;
  patient uuid;
  opened "AccessScope"[];
  decides boolean;
  b "Booking";
  taken int;
  capacity int;
  drawn text;
  slot json;
  lines json;
  unpaid bigint;
  clash jsonb;
  answer json;
BEGIN
  PERFORM act_as(actor);
  -- A number drawn here counts once a hold is written with it, and that one waits for the log.
  PERFORM set_config('synchronous_commit', 'off', true);
  SELECT c.id, c."patientId", a.scopes INTO in_case, patient, opened
    FROM "Estimate" e JOIN "CaseAccess" a ON a."caseId" = e."caseId" JOIN "Case" c ON c.id = e."caseId"
   WHERE e.id = asked AND a."personId" = app_person() AND a."revokedAt" IS NULL
     AND (a."expiresAt" IS NULL OR a."expiresAt" > now()) AND a.scopes && '{owner,read,pay}';
  IF in_case IS NULL THEN
    RETURN NULL;
  END IF;
  decides := COALESCE(patient = app_person(), false) OR opened && '{owner}';
  -- The right to the case is proven: from here on it is not asked again at every row.
  PERFORM set_config('app.role', 'system', true);
  SELECT s.taken, s.capacity, json_build_object('id', s.id, 'clinicId', s."clinicId", 'treatment', s.treatment, 'on', s."on",
      'stayDays', (SELECT greatest(1, max(p."stayDaysHigh")) FROM "ClinicProcedure" p WHERE p."clinicId" = s."clinicId" AND p.treatment = s.treatment),
      'clinic', json_build_object('slug', k.slug, 'name', k.name, 'legalName', k."legalName", 'address', k.address, 'city', k.city,
        'country', k.country, 'timeZone', k."timeZone", 'languages', COALESCE(k.languages, '{}'), 'contractAMode', held_mode(k."contractAMode", k."heldClearanceOn"),
        'prepaymentBp', k."prepaymentBp", 'paymentTerms', k."paymentTerms", 'cancellationBands', k."cancellationBands"))
    INTO taken, capacity, slot FROM "ProcedureSlot" s JOIN "Clinic" k ON k.id = s."clinicId" WHERE s.id = wanted_slot;
  IF taken < capacity THEN
    drawn := next_booking_number(facts->>'year');
  ELSIF taken IS NOT NULL THEN
    b."slotId" := wanted_slot;
    b."caseId" := in_case;
    b."patientId" := patient;
    clash := clash_of(b, 'slot_taken', '{}', NULL);
  END IF;
  SELECT json_agg(json_build_object('id', l.id, 'contract', l.contract, 'kind', l.kind, 'label', l.label, 'cause', l.cause,
      'optional', l.optional, 'quantity', l.quantity::text, 'unit', l.unit, 'options', l.options, 'lowMinor', l."lowMinor"::text,
      'expectedMinor', l."expectedMinor"::text, 'highMinor', l."highMinor"::text) ORDER BY l.position)
    INTO lines FROM "EstimateLine" l WHERE l."estimateId" = asked;
  SELECT count(*) INTO unpaid FROM "Booking" o WHERE o."caseId" = in_case AND o.state = 'cancelled' AND o."paidAt" IS NULL
    AND o."createdAt" > (facts->>'unpaidSince')::timestamptz;
  SELECT json_build_object(
    'estimate', json_build_object('id', e.id, 'caseId', e."caseId", 'clinicId', e."clinicId", 'state', e.state, 'currency', e.currency,
      'exclusions', COALESCE(e.exclusions, '{}'), 'hash', e.hash, 'answer', r.answer, 'answerState', r.state, 'answerExpiresAt', r."answerExpiresAt", 'lines', lines),
    'taken', json_build_object('id', c.id, 'stage', c.stage, 'patientId', c."patientId", 'ownerId', c."ownerId", 'country', c.country,
      'language', c.language, 'treatment', c.treatment, 'contactName', c."contactName"),
    'decides', decides, 'standing', standing_of(r.answer, r."answerExpiresAt", decides), 'unpaidHolds', unpaid,
    'at', now(), 'number', drawn, 'clash', clash, 'slot', slot)
    INTO answer FROM "Estimate" e JOIN "Case" c ON c.id = e."caseId" JOIN "Review" r ON r.id = e."reviewId" WHERE e.id = asked;
  RETURN answer;
END $$;
ALTER FUNCTION ask_to_hold(text[], jsonb) SET enable_seqscan = off;
ALTER FUNCTION ask_to_hold(text[], jsonb) SET plan_cache_mode = force_generic_plan;

CREATE OR REPLACE FUNCTION hold_booking(actor text[], facts jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  wanted uuid := facts#>>'{booking,id}';
  in_case uuid := facts#>>'{booking,caseId}';
  done_at timestamptz := facts->>'now';
  step jsonb := facts->'step';
  patient uuid;
  held jsonb;
BEGIN
  PERFORM act_as(actor);
  SELECT c."patientId" INTO patient FROM "Case" c WHERE c.id = in_case AND c.stage = (facts->>'stage')::"CaseStage" FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN without_waiting('{"clash": "moved"}');
  END IF;
  PERFORM set_config('app.role', 'system', true);
  -- Estimate, answer and the right to decide may have changed since the rules looked at them.
  IF NOT EXISTS (
      SELECT 1 FROM "Estimate" e JOIN "CaseAccess" a ON a."caseId" = e."caseId" JOIN "Review" r ON r.id = e."reviewId"
       WHERE e.id = (facts#>>'{booking,estimateId}')::uuid AND e."caseId" = in_case AND e.state = 'accepted' AND r.state <> 'withdrawn'
         AND a."personId" = app_person() AND a."revokedAt" IS NULL AND (a."expiresAt" IS NULL OR a."expiresAt" > now())
         AND a.scopes && '{owner,read,pay}'
         AND standing_of(r.answer, r."answerExpiresAt", COALESCE(patient = app_person(), false) OR a.scopes && '{owner}')
           = facts->>'standing'
         AND (facts#>>'{booking,contractAMode}' = 'direct' OR EXISTS (SELECT 1 FROM "Clinic" k WHERE k.id = e."clinicId"
           AND held_mode(k."contractAMode", k."heldClearanceOn") = 'held_by_operator'))) THEN
    RETURN without_waiting('{"clash": "moved"}');
  END IF;
  held := hold_parts(facts->'booking', facts->'needs', 0);
  IF held->>'clash' IS NOT NULL THEN
    RETURN without_waiting(held);
  END IF;
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
      SELECT id, wanted, in_case, direction, (SELECT k."resourceId" FROM "Claim" k WHERE k.id = t."claimId"), "claimId", flight, "timeZone", passengers, wheelchair,
             stretcher, oxygen, "pickupPlace", "dropPlace", "pickupAt"
        FROM jsonb_to_recordset(facts->'transfers')
          AS t(id uuid, direction text, "claimId" uuid, flight text, "timeZone" text, passengers int, wheelchair boolean,
               stretcher boolean, oxygen boolean, "pickupPlace" text, "dropPlace" text, "pickupAt" timestamptz);
  END IF;
  IF facts->'interpreters' <> '[]' THEN
    INSERT INTO "InterpreterAssignment" (id, "bookingId", "caseId", "resourceId", "claimId", "fromLang", "toLang", purpose, "genderWish",
        place, "timeZone", "startsAt", "endsAt")
      SELECT id, wanted, in_case, (SELECT k."resourceId" FROM "Claim" k WHERE k.id = t."claimId"), "claimId", "fromLang", "toLang", purpose, "genderWish", place, "timeZone",
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
  INSERT INTO "CaseEvent" (id, "caseId", kind, "fromStage", "toStage", "actorRole", "actorName", at)
    SELECT id, in_case, kind, "fromStage", "toStage", actor[1], "actorName", done_at
      FROM jsonb_to_recordset(facts->'events') AS t(id uuid, kind text, "fromStage" "CaseStage", "toStage" "CaseStage", "actorName" text);
  INSERT INTO "AuditEvent" (id, event, "actorId", "actorRole", "actorName", "caseId", "objectType", "objectId", facts, at)
    SELECT t.id, event, "actorId", actor[1], "actorName", in_case, "objectType", "objectId", t.facts, done_at
      FROM jsonb_to_recordset(facts->'audit')
        AS t(id uuid, event text, "actorId" uuid, "actorName" text, "objectType" text, "objectId" text, facts jsonb);
  RETURN held || jsonb_build_object('at', now());
END $$;
ALTER FUNCTION hold_booking(text[], jsonb) SET enable_seqscan = off;
ALTER FUNCTION hold_booking(text[], jsonb) SET plan_cache_mode = force_generic_plan;
