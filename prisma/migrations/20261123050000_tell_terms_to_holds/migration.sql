-- A booking follows the terms its estimate was sent under: whoever asks to hold a day is told them with the estimate. One more
-- word in the answer and nothing else, so the newest definition is taken as it stands; processes of before do not read it.
DO $$
DECLARE
  newest text := pg_get_functiondef('ask_to_hold(text[], jsonb)'::regprocedure);
  said text := '''hash'', e.hash,';
BEGIN
  IF position(said IN newest) = 0 THEN
    RAISE EXCEPTION 'ask_to_hold no longer tells the hash of an estimate; say here how it tells its terms.';
  END IF;
  IF position('sentTerms' IN newest) = 0 THEN
    EXECUTE replace(newest, said, said || ' ''sentTerms'', e."sentTerms",');
  END IF;
END $$;
