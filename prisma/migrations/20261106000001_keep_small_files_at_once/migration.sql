-- A slice that comes in one request is written down once, when its bytes are kept: no row that is opened, locked and
-- closed again for bytes that were all here before anybody could ask for it.

-- Why whoever acts may not bring so many bytes into this case now, or null.
CREATE FUNCTION upload_refusal(in_case uuid, coming bigint, stages jsonb) RETURNS jsonb LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  link uuid;
  stage_now "CaseStage";
  is_full boolean;
BEGIN
  SELECT stage INTO stage_now FROM "Case" WHERE id = in_case AND app_sends_into(id);
  IF stage_now IS NULL THEN RETURN '{"refused": "not_found"}'; END IF;
  IF NOT stages ? stage_now::text THEN
    RETURN jsonb_build_object('refused', 'illegal_transition', 'stage', stage_now);
  END IF;
  IF app_role() = 'link_holder' THEN
    link := app_open_link();
    -- What a link may bring is counted while nobody else counts: two files at once do not share the last place.
    PERFORM pg_advisory_xact_lock(hashtextextended(link::text, 0));
    SELECT brought.files >= l."filesMax" OR brought.bytes + coming > l."bytesMax" INTO is_full
      FROM "UploadLink" l, LATERAL (
        SELECT count(*) AS files, COALESCE(sum(r."sizeBytes"), 0) AS bytes FROM "Record" r WHERE r."uploadLinkId" = l.id
      ) brought WHERE l.id = link;
    IF is_full IS NOT FALSE THEN RETURN '{"refused": "link_full"}'; END IF;
  END IF;
  RETURN NULL;
END $$;

-- By which link whoever acts brings files, or null.
CREATE FUNCTION sending_link() RETURNS uuid LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN CASE WHEN app_role() = 'link_holder' THEN app_open_link() END;
END $$;

CREATE OR REPLACE FUNCTION begin_upload(actor text[], facts jsonb) RETURNS jsonb LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  in_case uuid := facts->>'caseId';
  asked_at timestamptz := facts->>'now';
  coming bigint := facts->>'sizeBytes';
  refusal jsonb;
BEGIN
  PERFORM act_as(actor);
  refusal := upload_refusal(in_case, coming, facts->'stages');
  IF refusal IS NOT NULL THEN RETURN refusal; END IF;
  IF (SELECT count(*) FROM "Record" WHERE "caseId" = in_case AND state = 'uploading' AND "expiresAt" > asked_at)
     >= (facts->>'openMax')::int THEN
    RETURN '{"refused": "too_many"}';
  END IF;
  -- Nothing is promised yet but a place: after a crash of the database the sender begins anew, and what is complete is
  -- written down for good by complete_upload, with everything before it.
  PERFORM set_config('synchronous_commit', 'off', true);
  INSERT INTO "Record" (id, "caseId", "uploaderId", "uploaderClinic", "uploadLinkId", filename, "declaredType", item,
    "declaredSha256", "sizeBytes", "chunkBytes", "expiresAt", "createdAt", "wrappedKey", "keyVersion")
  VALUES ((facts->>'id')::uuid, in_case, app_person(), app_clinic(), sending_link(), facts->>'filename',
    facts->>'declaredType', facts->>'item', facts->>'sha256', coming, (facts->>'chunkBytes')::int,
    (facts->>'expiresAt')::timestamptz, asked_at, decode(facts->>'wrappedKey', 'base64'), (facts->>'keyVersion')::int);
  RETURN '{}';
END $$;

-- What follows when every byte of a file is kept: its checks, the trace, a line of the timeline, and whoever looks on.
CREATE FUNCTION tell_upload(one uuid, in_case uuid, facts jsonb) RETURNS void LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  came_at timestamptz := facts->>'now';
  sender text := facts->>'actorName';
BEGIN
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
END $$;

CREATE OR REPLACE FUNCTION complete_upload(actor text[], facts jsonb) RETURNS boolean LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  one uuid := facts->>'id';
  in_case uuid := facts->>'caseId';
  sent "Record";
BEGIN
  PERFORM act_as(actor);
  sent := sent_upload(one, in_case);
  IF sent.id IS NULL OR NOT takes_bytes(in_case, facts->'stages') THEN RETURN false; END IF;
  UPDATE "Record" r SET state = 'scanning', "offsetBytes" = "sizeBytes", sha256 = facts->>'sha256',
      "completedAt" = (facts->>'now')::timestamptz, "expiresAt" = NULL
   WHERE r.id = one AND r.state::text = 'uploading' AND r."offsetBytes" = (facts->>'from')::bigint;
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM tell_upload(one, in_case, facts);
  RETURN true;
END $$;

-- A file whose bytes are all kept: its row, and all that follows. Answers {"refused": why, …} or {}.
CREATE FUNCTION keep_upload(actor text[], facts jsonb) RETURNS jsonb LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  one uuid := facts->>'id';
  in_case uuid := facts->>'caseId';
  came_at timestamptz := facts->>'now';
  coming bigint := facts->>'sizeBytes';
  refusal jsonb;
BEGIN
  PERFORM act_as(actor);
  refusal := upload_refusal(in_case, coming, facts->'stages');
  IF refusal IS NOT NULL THEN RETURN refusal; END IF;
  INSERT INTO "Record" (id, "caseId", "uploaderId", "uploaderClinic", "uploadLinkId", filename, "declaredType", item,
    "declaredSha256", "sizeBytes", "chunkBytes", "createdAt", "wrappedKey", "keyVersion", state, "offsetBytes", sha256, "completedAt")
  VALUES (one, in_case, app_person(), app_clinic(), sending_link(), facts->>'filename', facts->>'declaredType',
    facts->>'item', facts->>'declaredSha256', coming, (facts->>'chunkBytes')::int, (facts->>'askedAt')::timestamptz,
    decode(facts->>'wrappedKey', 'base64'), (facts->>'keyVersion')::int, 'scanning', coming, facts->>'sha256', came_at);
  PERFORM tell_upload(one, in_case, facts);
  RETURN '{}';
END $$;
