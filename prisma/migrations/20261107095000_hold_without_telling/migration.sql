-- Of a crowd that wants one day most are refused. Their locks of rows count as writing, so each of them waited for the disk at
-- its end like those who won: for nothing, since nothing was changed.
CREATE FUNCTION without_waiting(answer jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('synchronous_commit', 'off', true);
  RETURN answer;
END $$;

CREATE OR REPLACE FUNCTION ask_hold(actor text[], facts jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  e "Estimate";
  c "Case";
  s "ProcedureSlot";
  b "Booking";
  opened "AccessScope"[];
  answer jsonb;
BEGIN
  PERFORM act_as(actor);
  -- A number drawn here counts once a hold is written with it, and that one waits for the log.
  PERFORM set_config('synchronous_commit', 'off', true);
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
    'standing', hold_standing(e.id),
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
ALTER FUNCTION ask_hold(text[], jsonb) SET enable_seqscan = off;
ALTER FUNCTION ask_hold(text[], jsonb) SET plan_cache_mode = force_generic_plan;

-- As before, but for that, and for the hints to open pages: told inside, they made every hold commit alone. The caller tells
-- after it.
CREATE OR REPLACE FUNCTION hold_booking(actor text[], facts jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  wanted uuid := facts#>>'{booking,id}';
  in_case uuid := facts#>>'{booking,caseId}';
  done_at timestamptz := facts->>'now';
  step jsonb := facts->'step';
  held jsonb;
  who jsonb;
BEGIN
  PERFORM act_as(actor);
  PERFORM 1 FROM "Case" WHERE id = in_case AND stage = (facts->>'stage')::"CaseStage" FOR NO KEY UPDATE;
  IF NOT FOUND OR NOT EXISTS (
      SELECT 1 FROM "Estimate" WHERE id = (facts#>>'{booking,estimateId}')::uuid AND "caseId" = in_case AND state = 'accepted') THEN
    RETURN without_waiting('{"clash": "moved"}');
  END IF;
  -- The answer and the right to decide may have changed since the rules looked at them.
  PERFORM set_config('app.role', 'system', true);
  IF hold_standing((facts#>>'{booking,estimateId}')::uuid) IS DISTINCT FROM facts->>'standing' THEN
    RETURN without_waiting('{"clash": "moved"}');
  END IF;
  held := hold_parts(facts->'booking', facts->'needs', 0);
  IF held->>'clash' IS NOT NULL THEN
    RETURN without_waiting(held);
  END IF;
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
