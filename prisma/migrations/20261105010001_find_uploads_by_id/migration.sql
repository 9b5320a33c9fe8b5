-- A plan that is made once must not depend on how full the tables were that day: an upload that was also asked for by its
-- case was sought among all files of the case, and a study of a thousand files became slower with each. Each of these
-- now finds its row by its own id, and judges what it found.

-- The upload with this id, if it lies in this case and whoever acts may go on with it; a row of nulls otherwise.
CREATE FUNCTION sent_upload(wanted uuid, in_case uuid) RETURNS "Record" LANGUAGE plpgsql STABLE
  SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  one "Record";
BEGIN
  SELECT * INTO one FROM "Record" r WHERE r.id = wanted;
  -- What cannot be said is no yes: a sender without a name is nobody's companion.
  IF one."caseId" IS DISTINCT FROM in_case OR app_sends(one) IS NOT TRUE THEN RETURN NULL; END IF;
  RETURN one;
END $$;

CREATE OR REPLACE FUNCTION open_upload(actor text[], facts jsonb) RETURNS jsonb LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  r "Record";
BEGIN
  PERFORM act_as(actor);
  r := sent_upload((facts->>'id')::uuid, (facts->>'caseId')::uuid);
  IF r.id IS NULL THEN RETURN NULL; END IF;
  RETURN (SELECT jsonb_build_object(
      'state', r.state, 'offset', r."offsetBytes", 'sizeBytes', r."sizeBytes", 'chunkBytes', r."chunkBytes",
      'wrappedKey', encode(r."wrappedKey", 'base64'), 'keyVersion', r."keyVersion", 'expiresAt', r."expiresAt",
      'stage', c.stage)
    FROM "Case" c WHERE c.id = r."caseId");
END $$;

-- Whether this case takes bytes.
CREATE FUNCTION takes_bytes(in_case uuid, stages jsonb) RETURNS boolean LANGUAGE plpgsql STABLE
  SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM "Case" c WHERE c.id = in_case AND stages ? c.stage::text);
END $$;

CREATE OR REPLACE FUNCTION move_upload(actor text[], facts jsonb) RETURNS boolean LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  one "Record";
BEGIN
  PERFORM act_as(actor);
  SELECT * INTO one FROM "Record" r WHERE r.id = (facts->>'id')::uuid;
  IF app_sends(one) IS NOT TRUE OR NOT takes_bytes(one."caseId", facts->'stages') THEN RETURN false; END IF;
  -- The state as text: its index would be another way to the row.
  UPDATE "Record" r SET "offsetBytes" = (facts->>'to')::bigint, "expiresAt" = (facts->>'expiresAt')::timestamptz
   WHERE r.id = one.id AND r.state::text = 'uploading' AND r."offsetBytes" = (facts->>'from')::bigint;
  RETURN FOUND;
END $$;

CREATE OR REPLACE FUNCTION complete_upload(actor text[], facts jsonb) RETURNS boolean LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  one uuid := facts->>'id';
  in_case uuid := facts->>'caseId';
  came_at timestamptz := facts->>'now';
  sender text := facts->>'actorName';
  sent "Record";
BEGIN
  PERFORM act_as(actor);
  sent := sent_upload(one, in_case);
  IF sent.id IS NULL OR NOT takes_bytes(in_case, facts->'stages') THEN RETURN false; END IF;
  UPDATE "Record" r SET state = 'scanning', "offsetBytes" = "sizeBytes", sha256 = facts->>'sha256',
      "completedAt" = came_at, "expiresAt" = NULL
   WHERE r.id = one AND r.state::text = 'uploading' AND r."offsetBytes" = (facts->>'from')::bigint;
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM enqueue_job('record.check', jsonb_build_object('recordId', one));
  INSERT INTO "AuditEvent" (id, event, "actorId", "actorRole", "actorName", "clinicId", "caseId", "objectType", "objectId", facts, at)
  VALUES ((facts->>'auditId')::uuid, 'record.uploaded', app_person(), app_role(), sender, app_clinic(), in_case, 'record', one,
    jsonb_build_object('bytes', (facts->>'sizeBytes')::bigint), came_at);
  IF NOT EXISTS (SELECT 1 FROM "CaseEvent" e WHERE e."caseId" = in_case AND e.kind = 'records_arrived'
      AND e."actorName" IS NOT DISTINCT FROM sender AND e.at > came_at - (facts->>'oneLineMinutes')::int * interval '1 minute') THEN
    INSERT INTO "CaseEvent" (id, "caseId", kind, "actorRole", "actorName", at)
    VALUES ((facts->>'eventId')::uuid, in_case, 'records_arrived', app_role(), sender, came_at);
    PERFORM pg_notify('app_events', jsonb_build_object('kind', 'case', 'caseId', in_case)::text);
  END IF;
  IF (facts->>'tell')::boolean THEN
    PERFORM pg_notify('app_events', jsonb_build_object('kind', 'record', 'caseId', in_case, 'recordId', one)::text);
  END IF;
  RETURN true;
END $$;
