-- A secret link by which an imaging centre sends files into one case, and can do nothing else there.
CREATE TABLE "UploadLink" (
    "id" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "note" TEXT,
    "tokenHash" TEXT NOT NULL,
    "madeById" UUID NOT NULL,
    "filesMax" INTEGER NOT NULL,
    "bytesMax" BIGINT NOT NULL,
    "madeAt" TIMESTAMPTZ NOT NULL,
    "expiresAt" TIMESTAMPTZ NOT NULL,
    "revokedAt" TIMESTAMPTZ,

    CONSTRAINT "UploadLink_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "upload_link_days" CHECK ("expiresAt" > "madeAt" AND "expiresAt" <= "madeAt" + interval '30 days'),
    CONSTRAINT "upload_link_limits" CHECK ("filesMax" > 0 AND "bytesMax" > 0)
);
CREATE UNIQUE INDEX "UploadLink_tokenHash_key" ON "UploadLink"("tokenHash");
CREATE INDEX "UploadLink_caseId_madeAt_idx" ON "UploadLink"("caseId", "madeAt");
ALTER TABLE "UploadLink" ADD CONSTRAINT "UploadLink_caseId_fkey"
  FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "Record" ADD COLUMN "uploadLinkId" UUID;
CREATE INDEX "Record_uploadLinkId_idx" ON "Record"("uploadLinkId");
ALTER TABLE "Record" ADD CONSTRAINT "Record_uploadLinkId_fkey"
  FOREIGN KEY ("uploadLinkId") REFERENCES "UploadLink"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE ON "UploadLink" TO valvia_app;
ALTER TABLE "UploadLink" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "UploadLink" FORCE ROW LEVEL SECURITY;
CREATE FUNCTION app_link() RETURNS text LANGUAGE sql STABLE AS $$ SELECT NULLIF(current_setting('app.link', true), '') $$;
-- Who made it, whose case it is, and who holds it. A centre never learns by whom a file came.
CREATE POLICY parties ON "UploadLink" USING (CASE app_role()
  WHEN 'system' THEN true
  WHEN 'coordinator' THEN EXISTS (SELECT 1 FROM "Case" c WHERE c.id = "caseId" AND c."ownerId" = app_person())
  WHEN 'patient' THEN app_has_access("caseId")
  WHEN 'link_holder' THEN "tokenHash" = app_link()
  ELSE false END);

-- The link that is open right now, by the database's own clock, and its case. The cases below ask for it in this role
-- alone: a policy of a case that reads links, which read cases, would never end.
CREATE FUNCTION app_open_link() RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT l.id FROM "UploadLink" l
   WHERE l."tokenHash" = app_link() AND l."revokedAt" IS NULL AND l."expiresAt" > now() $$;
CREATE FUNCTION app_link_case() RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT l."caseId" FROM "UploadLink" l
   WHERE l."tokenHash" = app_link() AND l."revokedAt" IS NULL AND l."expiresAt" > now() $$;
CREATE POLICY links ON "Case" FOR SELECT USING (
  CASE WHEN app_role() = 'link_holder' THEN id = app_link_case() ELSE false END);
CREATE POLICY links ON "Record" USING (
  CASE WHEN app_role() = 'link_holder' THEN "uploadLinkId" = app_open_link() AND "caseId" = app_link_case() ELSE false END);
CREATE POLICY links ON "CaseEvent" USING (
  CASE WHEN app_role() = 'link_holder' THEN kind = 'records_arrived' AND "caseId" = app_link_case() ELSE false END);
