-- Suppliers and their people are kept by an administrator, so both say when they were last changed; a supplier that works for
-- the operator no longer is not deleted, for bookings and releases name it.
ALTER TABLE "Supplier"
  ADD COLUMN "contact" TEXT,
  ADD COLUMN "changedAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  ADD COLUMN "retiredAt" TIMESTAMPTZ;
ALTER TABLE "Resource" ADD COLUMN "changedAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- Whoever looks for a driver or an interpreter asks `active` alone: nobody of a retired supplier may be that, also where both are
-- changed at once.
CREATE FUNCTION works_for_somebody() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT s."retiredAt" FROM "Supplier" s WHERE s.id = NEW."supplierId" FOR SHARE) IS NOT NULL THEN
    RAISE EXCEPTION 'Nobody works for a retired supplier.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER works_for_somebody BEFORE INSERT OR UPDATE OF active, "supplierId" ON "Resource"
  FOR EACH ROW WHEN (NEW.active) EXECUTE FUNCTION works_for_somebody();

CREATE FUNCTION retires_with_people() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "Resource" SET active = false, "changedAt" = NEW."changedAt" WHERE "supplierId" = NEW.id AND active;
  RETURN NEW;
END $$;
CREATE TRIGGER retires_with_people AFTER UPDATE OF "retiredAt" ON "Supplier"
  FOR EACH ROW WHEN (NEW."retiredAt" IS NOT NULL AND OLD."retiredAt" IS NULL) EXECUTE FUNCTION retires_with_people();
