-- Lets people prove themselves by a key of their device instead of something they type.
CREATE TYPE "PasskeyPurpose" AS ENUM ('register', 'sign_in', 'prove');

CREATE TABLE "Passkey" (
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "credentialId" TEXT NOT NULL,
    "publicKey" BYTEA NOT NULL,
    "counter" BIGINT NOT NULL,
    "transports" TEXT[],
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMPTZ,

    CONSTRAINT "Passkey_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "Passkey_counter" CHECK ("counter" >= 0)
);
CREATE UNIQUE INDEX "Passkey_credentialId_key" ON "Passkey"("credentialId");
CREATE INDEX "Passkey_personId_idx" ON "Passkey"("personId");
ALTER TABLE "Passkey" ADD CONSTRAINT "Passkey_personId_fkey"
  FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "PasskeyChallenge" (
    "challengeHash" TEXT NOT NULL,
    "purpose" "PasskeyPurpose" NOT NULL,
    "personId" UUID,
    "expiresAt" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "PasskeyChallenge_pkey" PRIMARY KEY ("challengeHash"),
    -- Only who signs in is nobody yet.
    CONSTRAINT "PasskeyChallenge_person" CHECK (("personId" IS NULL) = ("purpose" = 'sign_in'))
);
ALTER TABLE "PasskeyChallenge" ADD CONSTRAINT "PasskeyChallenge_personId_fkey"
  FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE, DELETE ON "Passkey", "PasskeyChallenge" TO valvia_app;
ALTER TABLE "Passkey" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "Passkey" FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON "Passkey" USING (app_role() = 'system' OR "personId" = app_person());
ALTER TABLE "PasskeyChallenge" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "PasskeyChallenge" FORCE ROW LEVEL SECURITY;
CREATE POLICY system ON "PasskeyChallenge" USING (app_role() = 'system');
