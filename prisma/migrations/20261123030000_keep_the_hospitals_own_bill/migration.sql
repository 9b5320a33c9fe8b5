-- What the operator takes from a letter never stands in the place of an invoice the hospital entered itself: neither when it is
-- written down nor when the second person says yes. What counted before this rule stays as it was settled.
CREATE FUNCTION letter_keeps_the_original() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM "Bill" o WHERE o.id = NEW."correctsId" AND o.source = 'clinic') THEN
    RAISE EXCEPTION 'Only the hospital corrects an invoice it entered itself.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER letter_keeps_the_original BEFORE INSERT OR UPDATE OF state ON "Bill" FOR EACH ROW
  WHEN (NEW.source = 'letter' AND NEW."correctsId" IS NOT NULL AND NEW.state <> 'rejected') EXECUTE FUNCTION letter_keeps_the_original();
