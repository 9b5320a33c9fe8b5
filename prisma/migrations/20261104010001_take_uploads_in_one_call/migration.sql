-- A study comes as a thousand small files, and each step of an upload was a transaction of its own with half a dozen
-- questions. Here each step is one call. They run with the rights of whoever calls, so the policies judge every row;
-- what a policy leaves to the product stands in the two functions that say who sends what. Each is planned once: the
-- plan is the same for every file.

-- Who acts, until the transaction ends: role, person, centre, draft, link; empty where there is none.
CREATE FUNCTION act_as(actor text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('app.role', actor[1], true), set_config('app.person', actor[2], true),
    set_config('app.clinic', actor[3], true), set_config('app.draft', actor[4], true),
    set_config('app.link', actor[5], true);
END $$;

-- Whether whoever acts may bring files into this case.
CREATE FUNCTION app_sends_into(wanted uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN app_role() = 'coordinator' THEN EXISTS (SELECT 1 FROM "Case" c WHERE c.id = wanted AND c."ownerId" = app_person())
    WHEN app_role() = 'link_holder' THEN wanted = app_link_case()
    WHEN app_role() = 'patient' THEN EXISTS (
      SELECT 1 FROM "CaseAccess" a WHERE a."caseId" = wanted AND a."personId" = app_person()
        AND a."revokedAt" IS NULL AND a.scopes && '{owner,upload}')
    WHEN app_is_clinic() THEN EXISTS (
      SELECT 1 FROM "CaseAccess" a WHERE a."caseId" = wanted AND a."clinicId" = app_clinic() AND a."revokedAt" IS NULL)
    ELSE false
  END $$;

-- Whether whoever acts may go on with this upload: their own, or as the owner of the case anybody's.
CREATE FUNCTION app_sends(one "Record") RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT one."erasedAt" IS NULL AND app_sends_into(one."caseId") AND CASE
    WHEN app_role() = 'coordinator' THEN true
    WHEN app_role() = 'link_holder' THEN one."uploadLinkId" = app_open_link()
    WHEN app_role() = 'patient' THEN one."uploaderId" = app_person() OR EXISTS (
      SELECT 1 FROM "CaseAccess" a WHERE a."caseId" = one."caseId" AND a."personId" = app_person()
        AND a."revokedAt" IS NULL AND a.scopes && '{owner}')
    ELSE one."uploaderClinic" = app_clinic()
  END $$;

-- Uploads under way are few beside the files a case holds.
CREATE INDEX "record_under_way" ON "Record" ("caseId") WHERE state = 'uploading';

-- Opens an upload. Answers {"refused": why, …} or {}.
CREATE FUNCTION begin_upload(actor text[], facts jsonb) RETURNS jsonb LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  in_case uuid := facts->>'caseId';
  asked_at timestamptz := facts->>'now';
  coming bigint := facts->>'sizeBytes';
  link uuid;
  stage_now "CaseStage";
  is_full boolean;
BEGIN
  PERFORM act_as(actor);
  SELECT stage INTO stage_now FROM "Case" WHERE id = in_case AND app_sends_into(id);
  IF stage_now IS NULL THEN RETURN '{"refused": "not_found"}'; END IF;
  IF NOT facts->'stages' ? stage_now::text THEN
    RETURN jsonb_build_object('refused', 'illegal_transition', 'stage', stage_now);
  END IF;
  IF (SELECT count(*) FROM "Record" WHERE "caseId" = in_case AND state = 'uploading' AND "expiresAt" > asked_at)
     >= (facts->>'openMax')::int THEN
    RETURN '{"refused": "too_many"}';
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
  -- Nothing is promised yet but a place: after a crash of the database the sender begins anew, and what is complete is
  -- written down for good by complete_upload, with everything before it.
  PERFORM set_config('synchronous_commit', 'off', true);
  INSERT INTO "Record" (id, "caseId", "uploaderId", "uploaderClinic", "uploadLinkId", filename, "declaredType", item,
    "declaredSha256", "sizeBytes", "chunkBytes", "expiresAt", "createdAt", "wrappedKey", "keyVersion")
  VALUES ((facts->>'id')::uuid, in_case, app_person(), app_clinic(), link, facts->>'filename', facts->>'declaredType',
    facts->>'item', facts->>'sha256', coming, (facts->>'chunkBytes')::int, (facts->>'expiresAt')::timestamptz, asked_at,
    decode(facts->>'wrappedKey', 'base64'), (facts->>'keyVersion')::int);
  RETURN '{}';
END $$;

-- An upload whoever acts may go on with, or nothing.
CREATE FUNCTION open_upload(actor text[], facts jsonb) RETURNS jsonb LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  PERFORM act_as(actor);
  RETURN (SELECT jsonb_build_object(
      'state', r.state, 'offset', r."offsetBytes", 'sizeBytes', r."sizeBytes", 'chunkBytes', r."chunkBytes",
      'wrappedKey', encode(r."wrappedKey", 'base64'), 'keyVersion', r."keyVersion", 'expiresAt', r."expiresAt",
      'stage', c.stage)
    FROM "Record" r JOIN "Case" c ON c.id = r."caseId"
   WHERE r.id = (facts->>'id')::uuid AND r."caseId" = (facts->>'caseId')::uuid AND app_sends(r));
END $$;

-- Notes that every byte before `to` is kept. False when somebody else moved the upload, or it may not go on.
CREATE FUNCTION move_upload(actor text[], facts jsonb) RETURNS boolean LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  PERFORM act_as(actor);
  UPDATE "Record" r SET "offsetBytes" = (facts->>'to')::bigint, "expiresAt" = (facts->>'expiresAt')::timestamptz
    FROM "Case" c
   WHERE r.id = (facts->>'id')::uuid AND r.state = 'uploading' AND r."offsetBytes" = (facts->>'from')::bigint
     AND c.id = r."caseId" AND facts->'stages' ? c.stage::text AND app_sends(r);
  RETURN FOUND;
END $$;

-- A job as the queue's own library writes it, in the transaction of its cause.
CREATE FUNCTION enqueue_job(queue text, payload jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  clock timestamptz := pgboss.job_now();
BEGIN
  INSERT INTO pgboss.job (id, name, data, priority, start_after, created_on, expire_seconds, deletion_seconds, keep_until,
    retry_limit, retry_delay, retry_backoff, retry_delay_max, policy, dead_letter, heartbeat_seconds)
  SELECT gen_random_uuid(), q.name, payload, 0, clock, clock, q.expire_seconds, q.deletion_seconds,
    clock + q.retention_seconds * interval '1s', q.retry_limit, q.retry_delay, COALESCE(q.retry_backoff, false),
    q.retry_delay_max, q.policy, q.dead_letter, q.heartbeat_seconds
    FROM pgboss.queue q WHERE q.name = queue;
  IF NOT FOUND THEN RAISE EXCEPTION 'There is no queue %.', queue; END IF;
END $$;

-- The last byte is kept: the file goes to its checks. False as for move_upload.
CREATE FUNCTION complete_upload(actor text[], facts jsonb) RETURNS boolean LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  one uuid := facts->>'id';
  in_case uuid := facts->>'caseId';
  came_at timestamptz := facts->>'now';
  sender text := facts->>'actorName';
BEGIN
  PERFORM act_as(actor);
  UPDATE "Record" r SET state = 'scanning', "offsetBytes" = "sizeBytes", sha256 = facts->>'sha256',
      "completedAt" = came_at, "expiresAt" = NULL
    FROM "Case" c
   WHERE r.id = one AND r.state = 'uploading' AND r."offsetBytes" = (facts->>'from')::bigint
     AND c.id = r."caseId" AND c.id = in_case AND facts->'stages' ? c.stage::text AND app_sends(r);
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM enqueue_job('record.check', jsonb_build_object('recordId', one));
  INSERT INTO "AuditEvent" (id, event, "actorId", "actorRole", "actorName", "clinicId", "caseId", "objectType", "objectId", facts, at)
  VALUES ((facts->>'auditId')::uuid, 'record.uploaded', app_person(), app_role(), sender, app_clinic(), in_case, 'record', one,
    jsonb_build_object('bytes', (facts->>'sizeBytes')::bigint), came_at);
  -- A study of a thousand files is one line of the timeline, not a thousand.
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
