-- Rolls up in the search row what the filters ask: the last day with a free place, and in a centre's own row which device and way
-- in belong to which treatment ("teer/device:pascal"). Asking the places and the rows of each treatment cost a page or more for each
-- of the thousand centres the facets look at.

ALTER TABLE "ClinicSearch" ADD COLUMN "lastFreeOn" DATE;

-- For all treatments together, days for an opinion or for rehabilitation do not count.
CREATE FUNCTION last_free_day(clinic uuid, wanted text) RETURNS date LANGUAGE sql STABLE AS $$
  SELECT max(f."on") FROM (SELECT DISTINCT s.treatment FROM "ProcedureSlot" s WHERE s."clinicId" = clinic) t
    CROSS JOIN LATERAL (SELECT s."on" FROM "ProcedureSlot" s WHERE s."clinicId" = clinic AND s.treatment = t.treatment
      AND s.taken < s.capacity ORDER BY s."on" DESC LIMIT 1) f
   WHERE CASE WHEN wanted = '' THEN t.treatment NOT IN ('medical-therapy', 'rehabilitation') ELSE t.treatment = wanted END
$$;

CREATE OR REPLACE FUNCTION refresh_clinic_search(ids uuid[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE today date := (now() AT TIME ZONE 'UTC')::date;
BEGIN
  -- One writer per centre at a time: the second sees what the first has committed. Centres share 64 locks, taken in order.
  PERFORM pg_advisory_xact_lock(71, one.bucket)
     FROM (SELECT DISTINCT abs(hashtext(i::text) % 64) AS bucket FROM unnest(ids) i ORDER BY 1) AS one;
  DELETE FROM "ClinicSearch" s WHERE s."clinicId" = ANY (ids) AND NOT EXISTS (
    SELECT 1 FROM "Clinic" c WHERE c.id = s."clinicId" AND c."publishedAt" IS NOT NULL
      AND (s.treatment = '' OR EXISTS (SELECT 1 FROM "ClinicProcedure" p WHERE p."clinicId" = c.id AND p.treatment = s.treatment)));
  INSERT INTO "ClinicSearch" ("clinicId", treatment, tags, words, score, volume, "answerOrder", "priceEurMinor", "lastFreeOn", "freshOn")
  SELECT c.id, scope.treatment,
    array_remove(array['country:' || c.country]
      || ARRAY(SELECT 'language:' || l FROM unnest(c.languages) l)
      || ARRAY(SELECT 'accreditation:' || a.body FROM "Accreditation" a WHERE a."clinicId" = c.id AND a."validUntil" >= today)
      || offer.devices || offer.routes || CASE WHEN scope.treatment = '' THEN offer.treatments || offer.of_treatments END, NULL),
    ARRAY(SELECT DISTINCT w FROM regexp_split_to_table(lower(unaccent(c."searchText")), '[^[:alnum:]]+') w WHERE w <> ''),
    clinic_ranking(offer.volume, CASE WHEN scope.treatment = '' THEN 300 ELSE 100 END, results.recent, c."answerHours", c."answerCount",
      certificates.valid, offer.clear, offer.count),
    offer.volume, COALESCE(c."answerHours", 2147483647), COALESCE(offer.price, 9007199254740991), last_free_day(c.id, scope.treatment), today
  FROM "Clinic" c
  CROSS JOIN LATERAL (SELECT '' AS treatment UNION SELECT p.treatment FROM "ClinicProcedure" p WHERE p."clinicId" = c.id) scope
  CROSS JOIN LATERAL (
    -- Of all treatments together the price of a procedure counts, not that of an opinion or of rehabilitation; and only
    -- a price that holds today.
    SELECT count(*) AS count, COALESCE(sum(p.volume), 0)::int AS volume,
           COALESCE(min(eur_minor(p."expectedMinor", p.currency)) FILTER (WHERE today BETWEEN p."validFrom" AND p."validTo"
               AND (scope.treatment <> '' OR p.treatment NOT IN ('medical-therapy', 'rehabilitation'))),
             min(eur_minor(p."expectedMinor", p.currency)) FILTER (WHERE today BETWEEN p."validFrom" AND p."validTo")) AS price,
           count(*) FILTER (WHERE p."validFrom" <= today AND p."validTo" >= today
             AND cardinality(p.included) > 0 AND cardinality(p.excluded) > 0) AS clear,
           array_agg(DISTINCT 'device:' || p.device) AS devices, array_agg(DISTINCT 'access:' || p.access) AS routes,
           array_agg(DISTINCT 'treatment:' || p.treatment) AS treatments,
           array_agg(DISTINCT p.treatment || '/device:' || p.device) || array_agg(DISTINCT p.treatment || '/access:' || p.access) AS of_treatments
      FROM "ClinicProcedure" p WHERE p."clinicId" = c.id AND scope.treatment IN ('', p.treatment)) offer
  CROSS JOIN LATERAL (
    SELECT count(*) AS recent FROM "ClinicOutcome" o
     WHERE o."clinicId" = c.id AND scope.treatment IN ('', o.treatment) AND o.n > 0 AND o.year >= extract(year FROM today) - 3) results
  CROSS JOIN LATERAL (
    SELECT count(*) AS valid FROM "Accreditation" a WHERE a."clinicId" = c.id AND a."validUntil" >= today) certificates
  WHERE c.id = ANY (ids) AND c."publishedAt" IS NOT NULL
  ON CONFLICT ("clinicId", treatment) DO UPDATE SET tags = excluded.tags, words = excluded.words, score = excluded.score,
    volume = excluded.volume, "answerOrder" = excluded."answerOrder", "priceEurMinor" = excluded."priceEurMinor",
    "lastFreeOn" = excluded."lastFreeOn", "freshOn" = excluded."freshOn";
  INSERT INTO "SearchWord" (word)
  SELECT DISTINCT w FROM "ClinicSearch" s, unnest(s.words) w WHERE s."clinicId" = ANY (ids) AND s.treatment = '' ORDER BY w
  ON CONFLICT DO NOTHING;
END $$;

CREATE OR REPLACE FUNCTION free_days_announced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE changed uuid[];
BEGIN
  IF TG_LEVEL = 'ROW' THEN changed := ARRAY[NEW."clinicId"];
  ELSE SELECT array_agg(DISTINCT "clinicId") INTO changed FROM touched;
  END IF;
  IF changed IS NOT NULL THEN
    -- The second of two who take the last places of a centre sees what the first has committed.
    PERFORM pg_advisory_xact_lock(71, one.bucket)
       FROM (SELECT DISTINCT abs(hashtext(i::text) % 64) AS bucket FROM unnest(changed) i ORDER BY 1) AS one;
    UPDATE "ClinicSearch" s SET "lastFreeOn" = last_free_day(s."clinicId", s.treatment)
     WHERE s."clinicId" = ANY (changed) AND s."lastFreeOn" IS DISTINCT FROM last_free_day(s."clinicId", s.treatment);
    PERFORM announce_centres(changed);
    PERFORM pg_notify('catalogue', '{"lists":"days"}');
  END IF;
  RETURN NULL;
END $$;

SELECT refresh_clinic_search(ARRAY(SELECT id FROM "Clinic"));
