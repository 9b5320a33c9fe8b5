-- Tells every web process which public pages a change touches, whoever wrote it: kept copies are then made anew.
-- Payloads on the channel "catalogue": {"centres": ["id", …]} or {"centres": "all"} for what stands on a centre's own card,
-- {"lists": "ranking" | "price" | "days"} for what decides which centres a list holds, in which order and how many.

CREATE FUNCTION announce_centres(ids uuid[]) RETURNS void LANGUAGE sql AS $$
  -- A notification carries 8,000 bytes.
  SELECT pg_notify('catalogue', json_build_object('centres',
    CASE WHEN cardinality(ids) <= 100 THEN to_json(ids) ELSE to_json('all'::text) END)::text)
$$;

CREATE OR REPLACE FUNCTION clinic_search_follows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE changed uuid[];
BEGIN
  IF TG_TABLE_NAME = 'Clinic' THEN
    SELECT array_agg(id) INTO changed FROM touched;
  ELSIF TG_TABLE_NAME = 'FxRate' THEN
    SELECT array_agg(DISTINCT p."clinicId") INTO changed FROM "ClinicProcedure" p WHERE p.currency IN (SELECT quote FROM touched WHERE base = 'EUR');
    -- A rate also stands beside prices in other currencies.
    PERFORM pg_notify('catalogue', '{"centres":"all"}');
  ELSE
    SELECT array_agg(DISTINCT "clinicId") INTO changed FROM touched;
  END IF;
  IF changed IS NOT NULL THEN
    PERFORM refresh_clinic_search(changed);
    IF TG_TABLE_NAME <> 'FxRate' THEN PERFORM announce_centres(changed); END IF;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION clinic_search_announced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ranked boolean := TG_OP <> 'UPDATE'; priced boolean;
BEGIN
  IF ranked THEN
    SELECT count(*) > 0, count(*) > 0 INTO ranked, priced FROM touched;
  ELSE
    SELECT bool_or((o.tags, o.words, o.score, o.volume, o."answerOrder") IS DISTINCT FROM (n.tags, n.words, n.score, n.volume, n."answerOrder")),
        bool_or(o."priceEurMinor" <> n."priceEurMinor") INTO ranked, priced
      FROM before o JOIN touched n USING ("clinicId", treatment);
  END IF;
  IF ranked THEN PERFORM pg_notify('catalogue', '{"lists":"ranking"}'); END IF;
  IF priced THEN PERFORM pg_notify('catalogue', '{"lists":"price"}'); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER announced_insert AFTER INSERT ON "ClinicSearch" REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION clinic_search_announced();
CREATE TRIGGER announced_delete AFTER DELETE ON "ClinicSearch" REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION clinic_search_announced();
CREATE TRIGGER announced_update AFTER UPDATE ON "ClinicSearch" REFERENCING OLD TABLE AS before NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION clinic_search_announced();

-- Days are announced only when the last place of one goes or comes back: a booking that leaves a place tells nobody.
CREATE FUNCTION free_days_announced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE changed uuid[];
BEGIN
  IF TG_LEVEL = 'ROW' THEN changed := ARRAY[NEW."clinicId"];
  ELSE SELECT array_agg(DISTINCT "clinicId") INTO changed FROM touched;
  END IF;
  IF changed IS NOT NULL THEN
    PERFORM announce_centres(changed);
    PERFORM pg_notify('catalogue', '{"lists":"days"}');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER announced_insert AFTER INSERT ON "ProcedureSlot" REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION free_days_announced();
CREATE TRIGGER announced_delete AFTER DELETE ON "ProcedureSlot" REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION free_days_announced();
CREATE TRIGGER announced_update AFTER UPDATE ON "ProcedureSlot" FOR EACH ROW
  WHEN ((OLD.taken < OLD.capacity) IS DISTINCT FROM (NEW.taken < NEW.capacity) OR OLD."on" <> NEW."on") EXECUTE FUNCTION free_days_announced();
