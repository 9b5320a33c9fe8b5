-- Lets the desk find a case by number, name or mail address, and list stages and owners page by page,
-- without reading every case there is.

CREATE INDEX "Case_stage_id_idx" ON "Case" (stage, id DESC);
CREATE INDEX "Case_ownerId_id_idx" ON "Case" ("ownerId", id DESC);

CREATE FUNCTION case_words(number text, name text, email text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT lower(number || ' ' || COALESCE(name, '') || ' ' || COALESCE(email, '')) $$;
CREATE INDEX "case_words_trgm" ON "Case" USING gin (case_words(number, "contactName", "contactEmail") gin_trgm_ops);

-- Row-level security keeps the planner from using the words' index: their comparison might tell of hidden rows.
-- The owner's rights do use it, so this function asks who is asking before it answers with ids, and nothing but ids.
CREATE FUNCTION find_cases(words text, in_stage text, of_owner uuid, unowned boolean, before uuid, at_most integer)
RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.id FROM "Case" c
   WHERE app_role() IN ('coordinator', 'system')
     AND case_words(c.number, c."contactName", c."contactEmail")
         LIKE '%' || replace(replace(replace(lower(words), '\', '\\'), '%', '\%'), '_', '\_') || '%'
     AND (in_stage IS NULL OR c.stage = in_stage::"CaseStage")
     AND (of_owner IS NULL OR c."ownerId" = of_owner)
     AND (NOT unowned OR c."ownerId" IS NULL)
     AND (before IS NULL OR c.id < before)
   ORDER BY c.id DESC LIMIT at_most $$;

REVOKE EXECUTE ON FUNCTION find_cases(text, text, uuid, boolean, uuid, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_cases(text, text, uuid, boolean, uuid, integer), case_words(text, text, text) TO valvia_app;
