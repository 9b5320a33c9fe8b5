-- Lets people prove themselves by more than a password: an authenticator app, with recovery codes for the day it is lost.
ALTER TABLE "Person" ADD COLUMN "secondFactorAt" TIMESTAMPTZ;
ALTER TABLE "Session" ADD COLUMN "mfaAt" TIMESTAMPTZ;
ALTER TABLE "ApiToken" ADD COLUMN "mfaAt" TIMESTAMPTZ;

CREATE TABLE "Authenticator" (
    "personId" UUID NOT NULL,
    "secretSealed" BYTEA NOT NULL,
    "lastStep" BIGINT,
    "startedAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "confirmedAt" TIMESTAMPTZ,

    CONSTRAINT "Authenticator_pkey" PRIMARY KEY ("personId"),
    -- What counts was confirmed by a code, and that code was its first.
    CONSTRAINT "Authenticator_confirmed" CHECK (("confirmedAt" IS NULL) = ("lastStep" IS NULL))
);
ALTER TABLE "Authenticator" ADD CONSTRAINT "Authenticator_personId_fkey"
  FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "RecoveryCode" (
    "codeHash" TEXT NOT NULL,
    "personId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "usedAt" TIMESTAMPTZ,

    CONSTRAINT "RecoveryCode_pkey" PRIMARY KEY ("codeHash")
);
CREATE INDEX "RecoveryCode_personId_idx" ON "RecoveryCode"("personId");
ALTER TABLE "RecoveryCode" ADD CONSTRAINT "RecoveryCode_personId_fkey"
  FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "PendingSignIn" (
    "tokenHash" TEXT NOT NULL,
    "personId" UUID NOT NULL,
    "next" TEXT,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "expiresAt" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "PendingSignIn_pkey" PRIMARY KEY ("tokenHash")
);
CREATE INDEX "PendingSignIn_personId_idx" ON "PendingSignIn"("personId");
ALTER TABLE "PendingSignIn" ADD CONSTRAINT "PendingSignIn_personId_fkey"
  FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One's own and nobody else's; the doors of signing in, before anybody is somebody, work as the system.
GRANT SELECT, INSERT, UPDATE, DELETE ON "Authenticator", "RecoveryCode", "PendingSignIn" TO valvia_app;
ALTER TABLE "Authenticator" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "Authenticator" FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON "Authenticator" USING (app_role() = 'system' OR "personId" = app_person());
ALTER TABLE "RecoveryCode" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "RecoveryCode" FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON "RecoveryCode" USING (app_role() = 'system' OR "personId" = app_person());
ALTER TABLE "PendingSignIn" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "PendingSignIn" FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON "PendingSignIn" USING (app_role() = 'system' OR "personId" = app_person());
