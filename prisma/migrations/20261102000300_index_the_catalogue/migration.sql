-- Indexes the catalogue for search: one row per published centre and treatment, kept by triggers, so that
-- whoever writes a listing cannot forget it; and the dictionary of words that forgives typing errors.

CREATE TABLE "ClinicSearch" (
    "clinicId" UUID NOT NULL,
    "treatment" TEXT NOT NULL,
    "tags" TEXT[],
    "words" TEXT[],
    "score" INTEGER NOT NULL,
    "volume" INTEGER NOT NULL,
    "answerOrder" INTEGER NOT NULL,
    "priceEurMinor" BIGINT NOT NULL,

    CONSTRAINT "ClinicSearch_pkey" PRIMARY KEY ("clinicId", "treatment")
);
CREATE TABLE "SearchWord" (
    "word" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "SearchWord_pkey" PRIMARY KEY ("word")
);
CREATE INDEX "ClinicSearch_treatment_score_clinicId_idx" ON "ClinicSearch"("treatment", "score" DESC, "clinicId");
CREATE INDEX "ClinicSearch_treatment_priceEurMinor_clinicId_idx" ON "ClinicSearch"("treatment", "priceEurMinor", "clinicId");
CREATE INDEX "ClinicSearch_treatment_volume_clinicId_idx" ON "ClinicSearch"("treatment", "volume" DESC, "clinicId");
CREATE INDEX "ClinicSearch_treatment_answerOrder_clinicId_idx" ON "ClinicSearch"("treatment", "answerOrder", "clinicId");
CREATE INDEX "ClinicSearch_tags_idx" ON "ClinicSearch" USING GIN ("tags");
CREATE INDEX "ClinicSearch_words_idx" ON "ClinicSearch" USING GIN ("words");
CREATE INDEX "search_word_trgm" ON "SearchWord" USING gin ("word" gin_trgm_ops);
ALTER TABLE "ClinicSearch" ADD CONSTRAINT "ClinicSearch_clinicId_fkey" FOREIGN KEY ("clinicId") REFERENCES "Clinic"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The old index over the whole text is not read any more.
DROP INDEX "clinic_search_trgm";

CREATE FUNCTION currency_exponent(currency text) RETURNS int LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN currency IN ('JPY', 'KRW') THEN 0 WHEN currency IN ('KWD', 'BHD', 'OMR', 'JOD') THEN 3 ELSE 2 END
$$;

-- Cents of a euro at the newest rate; null when there is no rate.
CREATE FUNCTION eur_minor(amount bigint, currency text) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN currency = 'EUR' THEN amount ELSE (
    SELECT round(amount * 100 / (f.rate * (10 ^ currency_exponent(currency))::numeric))::bigint
      FROM "FxRate" f WHERE f.base = 'EUR' AND f.quote = currency ORDER BY f.at DESC LIMIT 1) END
$$;

-- The published ranking, in thousandths of a point. The same sum as RANKING_WEIGHTS in lib/clinics/ranking.ts: a test compares them.
CREATE FUNCTION clinic_ranking(volume bigint, volume_target int, outcomes bigint, answer_hours int, answer_count int,
    certificates bigint, clear_prices bigint, prices bigint) RETURNS int LANGUAGE sql IMMUTABLE AS $$
  SELECT (30 * least(1000, volume * 1000 / volume_target)
        + 25 * least(1000, outcomes * 250)
        + 20 * CASE WHEN answer_count < 5 OR answer_hours IS NULL THEN 0
                    ELSE greatest(0, least(1000, (120 - answer_hours) * 1000 / 96)) END
        + 15 * CASE WHEN prices = 0 THEN 0 ELSE clear_prices * 1000 / prices END
        + 10 * least(1000, certificates * 500))::int
$$;

CREATE FUNCTION refresh_clinic_search(ids uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  -- One writer per centre at a time: the second sees what the first has committed. Centres share 64 locks, taken in order.
  PERFORM pg_advisory_xact_lock(71, one.bucket)
     FROM (SELECT DISTINCT abs(hashtext(i::text) % 64) AS bucket FROM unnest(ids) i ORDER BY 1) AS one;
  DELETE FROM "ClinicSearch" s WHERE s."clinicId" = ANY (ids) AND NOT EXISTS (
    SELECT 1 FROM "Clinic" c WHERE c.id = s."clinicId" AND c."publishedAt" IS NOT NULL
      AND (s.treatment = '' OR EXISTS (SELECT 1 FROM "ClinicProcedure" p WHERE p."clinicId" = c.id AND p.treatment = s.treatment)));
  INSERT INTO "ClinicSearch" ("clinicId", treatment, tags, words, score, volume, "answerOrder", "priceEurMinor")
  SELECT c.id, scope.treatment,
    array_remove(array['country:' || c.country]
      || ARRAY(SELECT 'language:' || l FROM unnest(c.languages) l)
      || ARRAY(SELECT 'accreditation:' || a.body FROM "Accreditation" a WHERE a."clinicId" = c.id AND a."validUntil" >= current_date)
      || offer.devices || offer.routes || CASE WHEN scope.treatment = '' THEN offer.treatments END, NULL),
    ARRAY(SELECT DISTINCT w FROM regexp_split_to_table(lower(unaccent(c."searchText")), '[^[:alnum:]]+') w WHERE w <> ''),
    clinic_ranking(offer.volume, CASE WHEN scope.treatment = '' THEN 300 ELSE 100 END, results.recent, c."answerHours", c."answerCount",
      certificates.valid, offer.clear, offer.count),
    offer.volume, COALESCE(c."answerHours", 2147483647), COALESCE(offer.price, 9007199254740991)
  FROM "Clinic" c
  CROSS JOIN LATERAL (SELECT '' AS treatment UNION SELECT p.treatment FROM "ClinicProcedure" p WHERE p."clinicId" = c.id) scope
  CROSS JOIN LATERAL (
    -- Of all treatments together the price of a procedure counts, not that of an opinion or of rehabilitation.
    SELECT count(*) AS count, COALESCE(sum(p.volume), 0)::int AS volume,
           COALESCE(min(eur_minor(p."expectedMinor", p.currency)) FILTER (WHERE scope.treatment <> '' OR p.treatment NOT IN ('medical-therapy', 'rehabilitation')),
             min(eur_minor(p."expectedMinor", p.currency))) AS price,
           count(*) FILTER (WHERE p."validFrom" <= current_date AND p."validTo" >= current_date
             AND cardinality(p.included) > 0 AND cardinality(p.excluded) > 0) AS clear,
           array_agg(DISTINCT 'device:' || p.device) AS devices, array_agg(DISTINCT 'access:' || p.access) AS routes,
           array_agg(DISTINCT 'treatment:' || p.treatment) AS treatments
      FROM "ClinicProcedure" p WHERE p."clinicId" = c.id AND scope.treatment IN ('', p.treatment)) offer
  CROSS JOIN LATERAL (
    SELECT count(*) AS recent FROM "ClinicOutcome" o
     WHERE o."clinicId" = c.id AND scope.treatment IN ('', o.treatment) AND o.n > 0 AND o.year >= extract(year FROM current_date) - 3) results
  CROSS JOIN LATERAL (
    SELECT count(*) AS valid FROM "Accreditation" a WHERE a."clinicId" = c.id AND a."validUntil" >= current_date) certificates
  WHERE c.id = ANY (ids) AND c."publishedAt" IS NOT NULL
  ON CONFLICT ("clinicId", treatment) DO UPDATE SET tags = excluded.tags, words = excluded.words, score = excluded.score,
    volume = excluded.volume, "answerOrder" = excluded."answerOrder", "priceEurMinor" = excluded."priceEurMinor";
  INSERT INTO "SearchWord" (word)
  SELECT DISTINCT w FROM "ClinicSearch" s, unnest(s.words) w WHERE s."clinicId" = ANY (ids) AND s.treatment = '' ORDER BY w
  ON CONFLICT DO NOTHING;
END $$;

CREATE FUNCTION clinic_search_follows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE changed uuid[];
BEGIN
  IF TG_TABLE_NAME = 'Clinic' THEN
    SELECT array_agg(id) INTO changed FROM touched;
  ELSIF TG_TABLE_NAME = 'FxRate' THEN
    SELECT array_agg(DISTINCT p."clinicId") INTO changed FROM "ClinicProcedure" p WHERE p.currency IN (SELECT quote FROM touched WHERE base = 'EUR');
  ELSE
    SELECT array_agg(DISTINCT "clinicId") INTO changed FROM touched;
  END IF;
  IF changed IS NOT NULL THEN PERFORM refresh_clinic_search(changed); END IF;
  RETURN NULL;
END $$;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['Clinic', 'ClinicProcedure', 'ClinicOutcome', 'Accreditation']
  LOOP
    EXECUTE format('CREATE TRIGGER search_follows_insert AFTER INSERT ON %I REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION clinic_search_follows()', name);
    EXECUTE format('CREATE TRIGGER search_follows_update AFTER UPDATE ON %I REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION clinic_search_follows()', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['ClinicProcedure', 'ClinicOutcome', 'Accreditation']
  LOOP
    EXECUTE format('CREATE TRIGGER search_follows_delete AFTER DELETE ON %I REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION clinic_search_follows()', name);
  END LOOP;
END $$;
CREATE TRIGGER search_follows_insert AFTER INSERT ON "FxRate" REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION clinic_search_follows();

GRANT SELECT, INSERT, UPDATE, DELETE ON "ClinicSearch", "SearchWord" TO valvia_app;

SELECT refresh_clinic_search(ARRAY(SELECT id FROM "Clinic"));
