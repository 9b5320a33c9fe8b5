-- As for claims: one function for all conditions of the table. By itself, so that no migration waits for one table with another
-- in its hand.
CREATE FUNCTION service_fits(line uuid, change_line uuid, amount bigint) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN (line IS NULL) <> (change_line IS NULL) AND amount >= 0;
END $$;
ALTER TABLE "BookingService"
  ADD CONSTRAINT "service_fits" CHECK (service_fits("lineId", "changeLineId", "amountMinor")),
  DROP CONSTRAINT "service_booked_by_one_line",
  DROP CONSTRAINT "service_never_negative";
