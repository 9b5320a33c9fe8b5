-- The upload lock can be given away while its holder stands still. So whoever opens an upload to write also draws a number
-- in its row, and what an earlier one still wants to note or complete is refused, whenever it wakes.

ALTER TABLE "Record" ADD COLUMN "writer" UUID;

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
      'stage', c.stage, 'writer', r.writer)
    FROM "Case" c WHERE c.id = r."caseId");
END $$;

-- The upload as it stands once nobody who opened it before can move it.
CREATE FUNCTION open_to_write(actor text[], facts jsonb) RETURNS jsonb LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  r "Record";
BEGIN
  PERFORM act_as(actor);
  r := sent_upload((facts->>'id')::uuid, (facts->>'caseId')::uuid);
  IF r.id IS NULL THEN RETURN NULL; END IF;
  -- There is nobody to keep out: after a crash of the database whoever opened it is refused, and nobody else may go on.
  IF r.writer IS NULL THEN PERFORM set_config('synchronous_commit', 'off', true); END IF;
  UPDATE "Record" u SET "writer" = (facts->>'writer')::uuid WHERE u.id = r.id AND u.state::text = 'uploading';
  -- Read anew: the one before may have moved it while this waited for the row.
  RETURN open_upload(actor, facts);
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
  UPDATE "Record" r SET "offsetBytes" = (facts->>'to')::bigint, "expiresAt" = (facts->>'expiresAt')::timestamptz,
      "writer" = CASE WHEN (facts->>'isEnd')::boolean THEN NULL ELSE r."writer" END
   WHERE r.id = one.id AND r.state::text = 'uploading' AND r."offsetBytes" = (facts->>'from')::bigint
     AND r."writer" IS NOT DISTINCT FROM (facts->>'writer')::uuid;
  RETURN FOUND;
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
      "completedAt" = (facts->>'now')::timestamptz, "expiresAt" = NULL, "writer" = NULL
   WHERE r.id = one AND r.state::text = 'uploading' AND r."offsetBytes" = (facts->>'from')::bigint
     AND r."writer" IS NOT DISTINCT FROM (facts->>'writer')::uuid;
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM tell_upload(one, in_case, facts);
  RETURN true;
END $$;
