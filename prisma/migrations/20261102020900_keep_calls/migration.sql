-- Keeps the telephone calls of a case: asked for by the patient's side, made by the desk. One request waits at a time.
CREATE TYPE "CallState" AS ENUM ('asked', 'reached', 'not_reached');

CREATE TABLE "Call" (
    "id" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "state" "CallState" NOT NULL,
    "phone" TEXT NOT NULL,
    "wish" TEXT,
    "note" TEXT,
    "askedById" UUID,
    "askedByName" TEXT,
    "madeById" UUID,
    "madeByName" TEXT,
    "at" TIMESTAMPTZ NOT NULL,
    "madeAt" TIMESTAMPTZ,

    CONSTRAINT "Call_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "call_made" CHECK ((state = 'asked') = ("madeAt" IS NULL) AND ("madeAt" IS NULL) = ("madeById" IS NULL)),
    CONSTRAINT "call_begun" CHECK ("askedById" IS NOT NULL OR "madeById" IS NOT NULL)
);

CREATE INDEX "Call_caseId_at_idx" ON "Call"("caseId", "at" DESC);
CREATE UNIQUE INDEX "call_waiting" ON "Call"("caseId") WHERE state = 'asked';
ALTER TABLE "Call" ADD CONSTRAINT "Call_caseId_fkey"
  FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE ON "Call" TO valvia_app;
ALTER TABLE "Call" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "Call" FORCE ROW LEVEL SECURITY;
CREATE POLICY parties ON "Call" USING (
  app_role() = 'system'
  OR (app_role() = 'coordinator' AND app_case("caseId"))
  OR (app_role() = 'patient' AND app_has_access("caseId")));
