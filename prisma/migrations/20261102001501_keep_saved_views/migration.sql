-- Lets a coordinator keep sets of filters of the table of cases under a name. Nobody else sees them.
CREATE TABLE "SavedView" (
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "filters" JSONB NOT NULL,
    "savedAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SavedView_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "SavedView_personId_name_key" ON "SavedView"("personId", "name");
ALTER TABLE "SavedView" ADD CONSTRAINT "SavedView_personId_fkey"
  FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE, DELETE ON "SavedView" TO valvia_app;
ALTER TABLE "SavedView" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "SavedView" FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON "SavedView" USING (
  app_role() = 'system' OR (app_role() = 'coordinator' AND "personId" = app_person()));
