-- The mark "urgent" ends with the discharge or the end of a case; those that passed it before keep none.

DO $$
BEGIN
  PERFORM set_config('app.role', 'system', true);
  UPDATE "Case" SET urgent = false
   WHERE urgent AND stage IN ('discharged', 'settling', 'aftercare', 'closed', 'cancelled', 'no_offer', 'deceased', 'transferred');
  PERFORM set_config('app.role', '', true);
END $$;
