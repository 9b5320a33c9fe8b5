-- Notes the day a search row was made for: certificates, prices and years run out by the clock, and no trigger tells it.
-- The day is that of UTC, as everywhere in the product, whatever the database's own zone; a price that does not hold today is no price.

ALTER TABLE "ClinicSearch" ADD COLUMN "freshOn" DATE NOT NULL DEFAULT '2000-01-01';
ALTER TABLE "ClinicSearch" ALTER COLUMN "freshOn" DROP DEFAULT;

-- The rows to be made anew, oldest first.
CREATE INDEX "ClinicSearch_treatment_freshOn_clinicId_idx" ON "ClinicSearch"("treatment", "freshOn", "clinicId");

CREATE OR REPLACE FUNCTION refresh_clinic_search(ids uuid[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE today date := (now() AT TIME ZONE 'UTC')::date;
BEGIN
  -- One writer per centre at a time: the second sees what the first has committed. Centres share 64 locks, taken in order.
  PERFORM pg_advisory_xact_lock(71, one.bucket)
     FROM (SELECT DISTINCT abs(hashtext(i::text) % 64) AS bucket FROM unnest(ids) i ORDER BY 1) AS one;
  DELETE FROM "ClinicSearch" s WHERE s."clinicId" = ANY (ids) AND NOT EXISTS (
    SELECT 1 FROM "Clinic" c WHERE c.id = s."clinicId" AND c."publishedAt" IS NOT NULL
      AND (s.treatment = '' OR EXISTS (SELECT 1 FROM "ClinicProcedure" p WHERE p."clinicId" = c.id AND p.treatment = s.treatment)));
  INSERT INTO "ClinicSearch" ("clinicId", treatment, tags, words, score, volume, "answerOrder", "priceEurMinor", "freshOn")
  SELECT c.id, scope.treatment,
    array_remove(array['country:' || c.country]
      || ARRAY(SELECT 'language:' || l FROM unnest(c.languages) l)
      || ARRAY(SELECT 'accreditation:' || a.body FROM "Accreditation" a WHERE a."clinicId" = c.id AND a."validUntil" >= today)
      || offer.devices || offer.routes || CASE WHEN scope.treatment = '' THEN offer.treatments END, NULL),
    ARRAY(SELECT DISTINCT w FROM regexp_split_to_table(lower(unaccent(c."searchText")), '[^[:alnum:]]+') w WHERE w <> ''),
    clinic_ranking(offer.volume, CASE WHEN scope.treatment = '' THEN 300 ELSE 100 END, results.recent, c."answerHours", c."answerCount",
      certificates.valid, offer.clear, offer.count),
    offer.volume, COALESCE(c."answerHours", 2147483647), COALESCE(offer.price, 9007199254740991), today
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
           array_agg(DISTINCT 'treatment:' || p.treatment) AS treatments
      FROM "ClinicProcedure" p WHERE p."clinicId" = c.id AND scope.treatment IN ('', p.treatment)) offer
  CROSS JOIN LATERAL (
    SELECT count(*) AS recent FROM "ClinicOutcome" o
     WHERE o."clinicId" = c.id AND scope.treatment IN ('', o.treatment) AND o.n > 0 AND o.year >= extract(year FROM today) - 3) results
  CROSS JOIN LATERAL (
    SELECT count(*) AS valid FROM "Accreditation" a WHERE a."clinicId" = c.id AND a."validUntil" >= today) certificates
  WHERE c.id = ANY (ids) AND c."publishedAt" IS NOT NULL
  ON CONFLICT ("clinicId", treatment) DO UPDATE SET tags = excluded.tags, words = excluded.words, score = excluded.score,
    volume = excluded.volume, "answerOrder" = excluded."answerOrder", "priceEurMinor" = excluded."priceEurMinor",
    "freshOn" = excluded."freshOn";
  INSERT INTO "SearchWord" (word)
  SELECT DISTINCT w FROM "ClinicSearch" s, unnest(s.words) w WHERE s."clinicId" = ANY (ids) AND s.treatment = '' ORDER BY w
  ON CONFLICT DO NOTHING;
END $$;

SELECT refresh_clinic_search(ARRAY(SELECT id FROM "Clinic"));
