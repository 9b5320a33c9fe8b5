-- Lets a patient invite somebody to help: the link goes to one address, and only its owner can accept it.

CREATE TABLE "CaseInvitation" (
    "id" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "scopes" "AccessScope"[],
    "tokenHash" TEXT NOT NULL,
    "invitedById" UUID NOT NULL,
    "personId" UUID,
    "invitedAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ NOT NULL,
    "acceptedAt" TIMESTAMPTZ,
    "revokedAt" TIMESTAMPTZ,

    CONSTRAINT "CaseInvitation_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "CaseInvitation_tokenHash_key" ON "CaseInvitation"("tokenHash");
CREATE INDEX "CaseInvitation_caseId_invitedAt_idx" ON "CaseInvitation"("caseId", "invitedAt");
ALTER TABLE "CaseInvitation" ADD CONSTRAINT "CaseInvitation_caseId_fkey"
  FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "CaseInvitation" ADD CONSTRAINT "invitation_accepted_by" CHECK (("acceptedAt" IS NULL) = ("personId" IS NULL));
ALTER TABLE "CaseInvitation" ADD CONSTRAINT "invitation_never_owner" CHECK (NOT ("scopes" && ARRAY['owner', 'clinic']::"AccessScope"[]) AND cardinality("scopes") > 0);
-- One open invitation of an address per case, whoever clicks twice.
CREATE UNIQUE INDEX "invitation_one_open" ON "CaseInvitation" ("caseId", "email") WHERE "acceptedAt" IS NULL AND "revokedAt" IS NULL;

GRANT SELECT, INSERT, UPDATE ON "CaseInvitation" TO valvia_app;
ALTER TABLE "CaseInvitation" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "CaseInvitation" FORCE ROW LEVEL SECURITY;
CREATE POLICY parties ON "CaseInvitation" USING (
  app_role() IN ('system', 'coordinator') OR (app_role() = 'patient' AND app_has_access("caseId")));
