-- A connection keeps its plans for life. Made while a table was still small, they would read it from end to end for ever,
-- also in the foreign keys' own checks; every question asked here has an index.
ALTER FUNCTION hold_parts(jsonb, jsonb, int) SET enable_seqscan = off;
ALTER FUNCTION hold_parts(jsonb, jsonb, int) SET plan_cache_mode = force_generic_plan;
ALTER FUNCTION retake_parts(uuid, jsonb) SET enable_seqscan = off;
ALTER FUNCTION pick_parts(part_need[], uuid) RESET plan_cache_mode;
