-- While a new version is rolled out, a process of the one before still proposes releases, and knows no key of a payee. It is given
-- the key the product would give, or none of its proposals would be kept. Not a default: all of them would share one account.
CREATE FUNCTION release_knows_payee() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE suppliers uuid[];
BEGIN
  IF NEW.contract = 'A' THEN
    NEW."payeeKey" := 'clinic:' || (SELECT b."clinicId" FROM "Booking" b WHERE b.id = NEW."bookingId");
    RETURN NEW;
  END IF;
  suppliers := ARRAY(SELECT s.id FROM "Supplier" s WHERE lower(btrim(s.name)) = lower(btrim(NEW.payee)) LIMIT 2);
  NEW."payeeKey" := CASE WHEN cardinality(suppliers) = 1 THEN 'supplier:' || suppliers[1] ELSE 'name:' || lower(btrim(NEW.payee)) END;
  RETURN NEW;
END $$;
CREATE TRIGGER release_knows_payee BEFORE INSERT ON "Release" FOR EACH ROW
  WHEN (NEW."payeeKey" IS NULL) EXECUTE FUNCTION release_knows_payee();
