-- Invoices of contract B and their credit notes: what they say never changes, and the database itself refuses a gap, a
-- double and a changed or deleted number in every series of papers.
CREATE TYPE "InvoiceKind" AS ENUM ('invoice', 'credit_note');

CREATE TABLE "Invoice" (
    "id" UUID NOT NULL,
    "kind" "InvoiceKind" NOT NULL,
    "number" TEXT NOT NULL,
    "documentId" UUID NOT NULL,
    "bookingId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "creditsId" UUID,
    "refundId" UUID,
    "seller" JSONB NOT NULL,
    "buyer" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "netMinor" BIGINT NOT NULL,
    "taxMinor" BIGINT NOT NULL,
    "grossMinor" BIGINT NOT NULL,
    "issuedAt" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "Invoice_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "InvoiceLine" (
    "id" UUID NOT NULL,
    "invoiceId" UUID NOT NULL,
    "bookingId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "serviceId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "slice" TEXT,
    "creditsLineId" UUID,
    "rateBp" INTEGER NOT NULL,
    "treatment" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "netMinor" BIGINT NOT NULL,
    "taxMinor" BIGINT NOT NULL,
    "grossMinor" BIGINT NOT NULL,
    "suppliedOn" DATE NOT NULL,

    CONSTRAINT "InvoiceLine_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "Invoice_number_key" ON "Invoice"("number");
CREATE UNIQUE INDEX "Invoice_documentId_key" ON "Invoice"("documentId");
CREATE INDEX "Invoice_bookingId_issuedAt_idx" ON "Invoice"("bookingId", "issuedAt");
CREATE UNIQUE INDEX "InvoiceLine_invoiceId_position_key" ON "InvoiceLine"("invoiceId", "position");
CREATE INDEX "InvoiceLine_bookingId_idx" ON "InvoiceLine"("bookingId");
CREATE INDEX "InvoiceLine_creditsLineId_idx" ON "InvoiceLine"("creditsLineId");
-- What was delivered is invoiced once, a fee slice by slice.
CREATE UNIQUE INDEX "invoice_line_once" ON "InvoiceLine" ("serviceId", COALESCE(slice, '')) WHERE "creditsLineId" IS NULL;
-- The sweep that looks for what was delivered and not yet invoiced.
CREATE INDEX "booking_to_invoice" ON "Booking" ("treatmentOn") WHERE "paidAt" IS NOT NULL AND state <> 'cancelled';

ALTER TABLE "Invoice" ADD CONSTRAINT "Invoice_documentId_fkey" FOREIGN KEY ("documentId") REFERENCES "Document"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Invoice" ADD CONSTRAINT "Invoice_creditsId_fkey" FOREIGN KEY ("creditsId") REFERENCES "Invoice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "InvoiceLine" ADD CONSTRAINT "InvoiceLine_invoiceId_fkey" FOREIGN KEY ("invoiceId") REFERENCES "Invoice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "InvoiceLine" ADD CONSTRAINT "InvoiceLine_creditsLineId_fkey" FOREIGN KEY ("creditsLineId") REFERENCES "InvoiceLine"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "Invoice" ADD CONSTRAINT "invoice_adds_tax" CHECK ("netMinor" + "taxMinor" = "grossMinor" AND "grossMinor" > 0 AND "netMinor" >= 0 AND "taxMinor" >= 0);
ALTER TABLE "Invoice" ADD CONSTRAINT "credit_note_names_invoice" CHECK ((kind = 'credit_note') = ("creditsId" IS NOT NULL));
ALTER TABLE "InvoiceLine" ADD CONSTRAINT "invoice_line_adds_tax" CHECK (
  "netMinor" + "taxMinor" = "grossMinor" AND "grossMinor" > 0 AND "netMinor" >= 0 AND "taxMinor" >= 0
  AND "rateBp" BETWEEN 0 AND 10000 AND ("rateBp" > 0 OR "taxMinor" = 0));
-- No tax is left out without the reason the law asks for.
ALTER TABLE "InvoiceLine" ADD CONSTRAINT "invoice_line_says_why" CHECK (
  CASE treatment WHEN 'standard' THEN true WHEN 'exempt' THEN note <> '' AND "rateBp" = 0 WHEN 'reverse_charge' THEN note <> '' AND "rateBp" = 0
    WHEN 'outside' THEN note <> '' AND "rateBp" = 0 ELSE false END);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "Invoice" FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "InvoiceLine" FOR EACH ROW EXECUTE FUNCTION append_only();

CREATE FUNCTION invoice_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wanted uuid := CASE TG_TABLE_NAME WHEN 'Invoice' THEN (to_jsonb(NEW)->>'id')::uuid ELSE (to_jsonb(NEW)->>'invoiceId')::uuid END;
  bad boolean;
BEGIN
  SELECT (i."netMinor", i."taxMinor", i."grossMinor") IS DISTINCT FROM
         (COALESCE(sum(l."netMinor"), 0)::bigint, COALESCE(sum(l."taxMinor"), 0)::bigint, COALESCE(sum(l."grossMinor"), 0)::bigint)
      OR bool_or((l."creditsLineId" IS NULL) <> (i.kind = 'invoice'))
      OR bool_or(l."creditsLineId" IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM "InvoiceLine" o WHERE o.id = l."creditsLineId" AND o."invoiceId" = i."creditsId" AND o."creditsLineId" IS NULL))
    INTO bad
    FROM "Invoice" i LEFT JOIN "InvoiceLine" l ON l."invoiceId" = i.id WHERE i.id = wanted GROUP BY i.id;
  IF bad THEN
    RAISE EXCEPTION 'The lines of an invoice add up to its sums, and a credit note credits lines of its own invoice.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER invoice_adds_up AFTER INSERT ON "Invoice" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION invoice_adds_up();
CREATE CONSTRAINT TRIGGER invoice_adds_up AFTER INSERT ON "InvoiceLine" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION invoice_adds_up();

CREATE FUNCTION credit_within_line() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE line record;
BEGIN
  -- Whoever credits the same line meanwhile waits here and then sees this credit.
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW."creditsLineId"::text, 4));
  SELECT "netMinor", "taxMinor", "grossMinor" INTO line FROM "InvoiceLine" WHERE id = NEW."creditsLineId";
  IF EXISTS (
      SELECT 1 FROM "InvoiceLine" WHERE "creditsLineId" = NEW."creditsLineId"
      HAVING sum("grossMinor") > line."grossMinor" OR sum("taxMinor") > line."taxMinor" OR sum("netMinor") > line."netMinor") THEN
    RAISE EXCEPTION 'No line is credited beyond its sum.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER credit_within_line AFTER INSERT ON "InvoiceLine" FOR EACH ROW WHEN (NEW."creditsLineId" IS NOT NULL) EXECUTE FUNCTION credit_within_line();

-- Numbers: a series begins at nothing and goes up by one, each step together with its paper.
CREATE FUNCTION series_goes_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (TG_OP = 'INSERT' AND NEW.last <> 0) THEN
    RAISE EXCEPTION 'A series of papers begins at nothing and is never taken away.' USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'UPDATE' AND (NEW.series <> OLD.series OR NEW.last <> OLD.last + 1) THEN
    RAISE EXCEPTION 'A series of papers goes up by one.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER series_goes_up BEFORE INSERT OR UPDATE OR DELETE ON "DocumentSeries" FOR EACH ROW EXECUTE FUNCTION series_goes_up();

CREATE FUNCTION number_has_paper() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM "Document" d WHERE d.series = NEW.series AND d.number = NEW.last) THEN
    RAISE EXCEPTION 'A number is taken only together with its paper.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER number_has_paper AFTER UPDATE ON "DocumentSeries" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION number_has_paper();

CREATE FUNCTION paper_has_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.number < 1 OR NOT EXISTS (SELECT 1 FROM "DocumentSeries" s WHERE s.series = NEW.series AND s.last >= NEW.number) THEN
    RAISE EXCEPTION 'A paper takes the next number of its series.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER paper_has_number AFTER INSERT ON "Document" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION paper_has_number();

-- A paper stays as it was issued; only the wrapping of its key changes when the master key does.
CREATE FUNCTION paper_stays_as_issued() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - 'wrappedKey' - 'keyVersion') IS DISTINCT FROM (to_jsonb(OLD) - 'wrappedKey' - 'keyVersion') THEN
    RAISE EXCEPTION 'An issued paper never changes.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER paper_stays_as_issued BEFORE UPDATE OR DELETE ON "Document" FOR EACH ROW EXECUTE FUNCTION paper_stays_as_issued();

REVOKE DELETE ON "DocumentSeries" FROM valvia_app;
GRANT SELECT, INSERT ON "Invoice", "InvoiceLine" TO valvia_app;

ALTER TABLE "Invoice" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "Invoice" FORCE ROW LEVEL SECURITY;
ALTER TABLE "InvoiceLine" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "InvoiceLine" FORCE ROW LEVEL SECURITY;
-- A centre knows nothing of contract B.
CREATE POLICY parties ON "Invoice" USING (app_booking("caseId", "bookingId") AND NOT app_is_clinic());
CREATE POLICY parties ON "InvoiceLine" USING (app_booking("caseId", "bookingId") AND NOT app_is_clinic());
