-- A debit of a deposit takes days: since when its day is kept for one, and until when the hold would last without it.
ALTER TABLE "Booking" ADD COLUMN "debitSaidAt" timestamptz, ADD COLUMN "holdWithoutDebitAt" timestamptz,
  ADD CONSTRAINT "Booking_debit_check" CHECK (("debitSaidAt" IS NULL) = ("holdWithoutDebitAt" IS NULL));

-- The first debit counts: a later one has what is left of its time, and no hold is kept for ever.
CREATE FUNCTION keep_first_debit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."debitSaidAt" IS DISTINCT FROM OLD."debitSaidAt" THEN
    RAISE EXCEPTION 'the first debit of a booking is never said anew' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER keep_first_debit BEFORE UPDATE OF "debitSaidAt" ON "Booking"
  FOR EACH ROW WHEN (OLD."debitSaidAt" IS NOT NULL) EXECUTE FUNCTION keep_first_debit();
