-- As before, but for the hints to open pages: told inside, they made every hold commit alone. The caller tells after it.
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
    RETURN '{"clash": "moved"}';
  END IF;
  -- The answer and the right to decide may have changed since the rules looked at them.
  PERFORM set_config('app.role', 'system', true);
  IF hold_standing((facts#>>'{booking,estimateId}')::uuid) IS DISTINCT FROM facts->>'standing' THEN
    RETURN '{"clash": "moved"}';
  END IF;
  held := hold_parts(facts->'booking', facts->'needs', 0);
  IF held->>'clash' IS NOT NULL THEN
    RETURN held;
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
