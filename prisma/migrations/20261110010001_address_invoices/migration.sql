-- Where invoices of a case are addressed to, beside the name: tax law asks for it, and so do insurers who pay them back.
CREATE TABLE "InvoiceAddress" (
    "caseId" UUID NOT NULL,
    "lines" TEXT NOT NULL,
    "writtenById" UUID NOT NULL,
    "writtenAt" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "InvoiceAddress_pkey" PRIMARY KEY ("caseId"),
    CONSTRAINT "invoice_address_says_something" CHECK (btrim("lines") <> '')
);

ALTER TABLE "InvoiceAddress" ADD CONSTRAINT "InvoiceAddress_caseId_fkey"
  FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE, DELETE ON "InvoiceAddress" TO valvia_app;
ALTER TABLE "InvoiceAddress" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "InvoiceAddress" FORCE ROW LEVEL SECURITY;
-- Nobody is asked but the patient and the desk: a helper reads it only on the papers they may open.
CREATE POLICY parties ON "InvoiceAddress" USING (
  app_role() = 'system'
  OR (app_role() = 'coordinator' AND app_case("caseId"))
  OR (app_role() = 'patient' AND EXISTS (
    SELECT 1 FROM "CaseAccess" a WHERE a."caseId" = "InvoiceAddress"."caseId" AND a."personId" = app_person()
      AND a."revokedAt" IS NULL AND (a."expiresAt" IS NULL OR a."expiresAt" > now()) AND 'owner' = ANY (a.scopes))));
