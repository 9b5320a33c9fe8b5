-- Two rides of one booking at one hour get two drivers: each need was asked for alone, in one order, and so both got the same
-- one and the booking could not be won. And what was driven or said already keeps its hours when a booking moves.

-- Whoever is free for this need, in an order of its own for each seed: people of the city first, then where that is allowed
-- those of the country. Live claims of one person never overlap, so only the last that begins before the need ends can be in
-- the way; what `own` holds itself is in nobody's way.
CREATE FUNCTION free_people(need part_need, seed uuid, own uuid, at_most int) RETURNS uuid[] LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN ARRAY(SELECT r.id FROM "Resource" r
     WHERE r.kind = need.kind AND r.country = need.country AND (r.city = need.city OR need.anywhere) AND r.active
       AND r.languages @> need.languages AND (need."oneOf" = '{}' OR r.languages && need."oneOf")
       AND (need.gender IS NULL OR r.gender = need.gender) AND COALESCE(r.seats, 3) >= need.seats AND (r.wheelchair OR NOT need.wheelchair)
       AND COALESCE((SELECT k."endsAt" FROM "Claim" k
             WHERE k."resourceId" = r.id AND k."startsAt" < need."endsAt" AND k.state IN ('held', 'booked')
               AND (own IS NULL OR k."bookingId" IS DISTINCT FROM own)
             ORDER BY k."startsAt" DESC LIMIT 1), '-infinity') <= need."startsAt"
       AND (SELECT s."termsAcceptedOn" FROM "Supplier" s WHERE s.id = r."supplierId") IS NOT NULL
     ORDER BY r.city <> need.city, uuid_hash_extended(r.id, uuid_hash(seed)) LIMIT at_most);
END $$;

-- One person for each of these needs, of one kind and in the order they begin; null for a need that stays without. For n needs
-- the first n who are free are enough to serve all of them, if that can be done.
-- Need by need, of all ways that leave the same people busy until the same need only the one nearest to first choices goes on:
-- eight needs of one hour are 256 such ways and not eight to the eighth. A thousand at most go on, so that time is bounded.
CREATE FUNCTION spread_group(needs part_need[], seed uuid, own uuid) RETURNS uuid[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  wanted int := cardinality(needs);
  -- For each need the last one that begins before it ends: until then its person is busy.
  busy_to int[] := ARRAY(SELECT (SELECT max(later.at) FROM generate_subscripts(needs, 1) later(at)
       WHERE later.at = n.at OR needs[later.at]."startsAt" < needs[n.at]."endsAt") FROM generate_subscripts(needs, 1) n(at) ORDER BY n.at);
  ways jsonb := '[{"chosen": [], "busy": {}, "cost": 0}]';
  next_ways jsonb;
BEGIN
  FOR step IN 1..wanted LOOP
    next_ways := (
      WITH free AS MATERIALIZED (
        SELECT p.id::text, p.rank FROM unnest(free_people(needs[step], seed, own, wanted)) WITH ORDINALITY p(id, rank)),
      longer AS (
        SELECT w.way->'chosen' || to_jsonb(f.id) AS chosen, (w.way->>'cost')::int + f.rank AS cost,
            (SELECT COALESCE(jsonb_object_agg(b.key, b.value), '{}') FROM jsonb_each(w.way->'busy') b WHERE b.value::int > step)
              || CASE WHEN busy_to[step] > step THEN jsonb_build_object(f.id, busy_to[step]) ELSE '{}' END AS busy
          FROM jsonb_array_elements(ways) w(way) JOIN free f ON COALESCE((w.way->'busy'->>f.id)::int, 0) < step),
      best AS (SELECT DISTINCT ON (busy) chosen, busy, cost FROM longer ORDER BY busy, cost)
      SELECT jsonb_agg(to_jsonb(kept)) FROM (SELECT * FROM best ORDER BY cost LIMIT 1000) kept);
    -- Nobody is left for this one: the others go on without it.
    ways := COALESCE(next_ways, (SELECT jsonb_agg(jsonb_set(w, '{chosen}', w->'chosen' || 'null'::jsonb)) FROM jsonb_array_elements(ways) w));
  END LOOP;
  RETURN ARRAY(SELECT id::uuid FROM (SELECT w FROM jsonb_array_elements(ways) w ORDER BY (w->>'cost')::int LIMIT 1) best,
    jsonb_array_elements_text(best.w->'chosen') WITH ORDINALITY c(id, at) ORDER BY at);
END $$;

-- One person for each need where two needs want the same one at the same hour. Only needs of one kind whose hours meet, or are
-- joined by others that meet both, can want the same people: each such group is served by itself.
CREATE FUNCTION spread_parts(needs part_need[], seed uuid, own uuid) RETURNS uuid[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  chosen uuid[] := array_fill(NULL::uuid, ARRAY[cardinality(needs)]);
  places int[];
  found uuid[];
BEGIN
  FOR places IN
    WITH timed AS (
      SELECT n.at::int, needs[n.at].kind, needs[n.at]."startsAt", max(needs[n.at]."endsAt") OVER (PARTITION BY needs[n.at].kind
          ORDER BY needs[n.at]."startsAt", n.at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS "busyTo"
        FROM generate_subscripts(needs, 1) n(at)),
    grouped AS (
      SELECT t.at, t.kind, t."startsAt", count(*) FILTER (WHERE t."busyTo" <= t."startsAt")
          OVER (PARTITION BY t.kind ORDER BY t."startsAt", t.at) AS part FROM timed t)
    SELECT array_agg(g.at ORDER BY g."startsAt", g.at) FROM grouped g GROUP BY g.kind, g.part
  LOOP
    found := spread_group(ARRAY(SELECT needs[p.at] FROM unnest(places) WITH ORDINALITY p(at, nth) ORDER BY p.nth), seed, own);
    FOR nth IN 1..cardinality(places) LOOP
      chosen[places[nth]] := found[nth];
    END LOOP;
  END LOOP;
  RETURN chosen;
END $$;

-- Who is free for each need: mostly each need has somebody of its own, and one question answers for all.
CREATE OR REPLACE FUNCTION pick_parts(needs part_need[], seed uuid, own uuid DEFAULT NULL) RETURNS uuid[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  chosen uuid[];
BEGIN
  chosen := (SELECT array_agg(COALESCE(
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
  FOR one IN 2..COALESCE(cardinality(needs), 0) LOOP
    FOR other IN 1..one - 1 LOOP
      IF chosen[other] = chosen[one] AND needs[other]."startsAt" < needs[one]."endsAt" AND needs[other]."endsAt" > needs[one]."startsAt" THEN
        RETURN spread_parts(needs, seed, own);
      END IF;
    END LOOP;
  END LOOP;
  RETURN chosen;
END $$;

-- As before, but only what has not begun lets its hours go.
CREATE OR REPLACE FUNCTION move_parts(wanted uuid, wanted_slot uuid, needs jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  b "Booking";
  parts part_need[] := ARRAY(SELECT jsonb_populate_record(NULL::part_need, n) FROM jsonb_array_elements(needs) n);
  was text := app_role();
  new_day date;
  old_slot uuid;
  chosen uuid[];
  missing int;
  clash text;
  stale uuid[];
  answer jsonb;
BEGIN
  SELECT * INTO b FROM "Booking" WHERE id = wanted AND state IN ('awaiting_centre', 'confirmed') FOR NO KEY UPDATE;
  IF NOT FOUND OR b."slotId" = wanted_slot THEN
    RETURN jsonb_build_object('clash', 'illegal_transition');
  END IF;
  PERFORM set_config('app.role', 'system', true);
  old_slot := b."slotId";
  b."slotId" := wanted_slot;
  FOR attempt IN 1..50 LOOP
    EXIT WHEN clash IS NOT NULL OR answer IS NOT NULL;
    chosen := COALESCE(pick_parts(parts, wanted, wanted), '{}');
    missing := array_position(chosen, NULL);
    IF missing IS NOT NULL THEN
      clash := parts[missing].kind || '_taken';
      EXIT;
    END IF;
    BEGIN
      PERFORM 1 FROM "Resource" WHERE id = ANY (chosen)
         OR id IN (SELECT "resourceId" FROM "Claim" WHERE "bookingId" = wanted AND state IN ('held', 'booked')) ORDER BY id FOR NO KEY UPDATE;
      UPDATE "Claim" k SET state = 'released' WHERE k."bookingId" = wanted AND k.state IN ('held', 'booked')
        AND NOT EXISTS (SELECT 1 FROM "Transfer" t WHERE t."claimId" = k.id AND t.state NOT IN ('requested', 'assigned', 'driver_waiting'))
        AND NOT EXISTS (SELECT 1 FROM "InterpreterAssignment" i WHERE i."claimId" = k.id AND i.state NOT IN ('requested', 'offered', 'confirmed'));
      IF cardinality(parts) > 0 AND NOT take_parts(wanted, parts, chosen, 'booked', NULL) THEN
        RAISE EXCEPTION 'somebody was quicker' USING ERRCODE = 'VL001';
      END IF;
      PERFORM 1 FROM "ProcedureSlot" WHERE id IN (old_slot, wanted_slot) ORDER BY id FOR NO KEY UPDATE;
      UPDATE "ProcedureSlot" SET taken = taken + 1
       WHERE id = wanted_slot AND taken < capacity AND "on" > now()::date RETURNING "on" INTO new_day;
      IF NOT FOUND THEN
        RAISE EXCEPTION 'the place is gone' USING ERRCODE = 'VL002';
      END IF;
      UPDATE "ProcedureSlot" SET taken = taken - 1 WHERE id = old_slot;
      UPDATE "Booking" SET "slotId" = wanted_slot, "treatmentOn" = new_day, state = 'awaiting_centre', "confirmedAt" = NULL,
          "confirmedById" = NULL WHERE id = wanted;
      answer := jsonb_build_object('clash', NULL, 'resources', to_jsonb(chosen));
    EXCEPTION
      WHEN SQLSTATE 'VL001' THEN
        NULL; -- Rolled back to here: the old parts were never let go, and the next round picks anew.
      WHEN SQLSTATE 'VL002' THEN
        clash := 'slot_taken';
    END;
  END LOOP;
  IF answer IS NULL THEN
    clash := COALESCE(clash, parts[1].kind || '_taken');
    stale := expired_in_way(b, clash, parts);
    answer := CASE WHEN stale IS NULL THEN jsonb_build_object('clash', clash)
      ELSE jsonb_build_object('clash', 'expired_near', 'stale', to_jsonb(stale)) END;
  END IF;
  PERFORM set_config('app.role', was, true);
  RETURN answer;
END $$;

ALTER FUNCTION move_parts(uuid, uuid, jsonb) SET enable_seqscan = off;
