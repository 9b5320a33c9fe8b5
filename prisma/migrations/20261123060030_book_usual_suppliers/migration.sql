-- Of rides and talks whoever drives or interprets decides who is paid, of medicines the pharmacy of the parcel. Of the other
-- services nobody did, and each release had to be written by hand: they are booked with their usual supplier, while it works for us.
CREATE FUNCTION book_with_usual_supplier() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  usual uuid;
BEGIN
  SELECT c."supplierId" INTO usual FROM "CatalogueService" c WHERE c.kind = NEW.kind ORDER BY c.version DESC LIMIT 1;
  IF usual IS NULL
      OR NOT EXISTS (SELECT 1 FROM "Supplier" s WHERE s.id = usual AND s."retiredAt" IS NULL AND s."termsAcceptedOn" IS NOT NULL)
      -- What the hospital sells is paid to the hospital, whatever it is called.
      OR NOT (EXISTS (SELECT 1 FROM "EstimateLine" l WHERE l.id = NEW."lineId" AND l.contract = 'B')
        OR EXISTS (SELECT 1 FROM "ChangeOrderLine" l JOIN "ChangeOrder" o ON o.id = l."changeOrderId"
             WHERE l.id = NEW."changeLineId" AND o.contract = 'B')) THEN
    RETURN NEW;
  END IF;
  NEW."supplierId" := usual;
  RETURN NEW;
END $$;
CREATE TRIGGER book_with_usual_supplier BEFORE INSERT ON "BookingService"
  FOR EACH ROW WHEN (NEW."supplierId" IS NULL AND NEW.kind IN ('translation', 'visa', 'hotel', 'companion'))
  EXECUTE FUNCTION book_with_usual_supplier();
