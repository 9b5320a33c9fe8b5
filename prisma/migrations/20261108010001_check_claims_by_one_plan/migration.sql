-- What every hold writes is checked by conditions that keep their plan. A condition that stands with its table is read from its
-- text and planned anew by each statement that writes there: a tenth of a hold went there. The same conditions, one
-- function for each table. As before, what cannot be said (null) passes.

CREATE FUNCTION claim_fits(state "ClaimState", starts timestamptz, ends timestamptz, hold_expires timestamptz) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN starts < ends AND (state <> 'held' OR hold_expires IS NOT NULL);
END $$;
ALTER TABLE "Claim"
  ADD CONSTRAINT "claim_fits" CHECK (claim_fits(state, "startsAt", "endsAt", "holdExpiresAt")),
  DROP CONSTRAINT "claim_hold_expires",
  DROP CONSTRAINT "claim_time";
