-- A claim is the time of one person for one ride or one talk. Where two rows came to share one, the first keeps it and the
-- other is asked for anew.
SELECT set_config('app.role', 'system', true);
UPDATE "Transfer" t SET "claimId" = NULL, "resourceId" = NULL, "updatedAt" = now()
 WHERE EXISTS (SELECT 1 FROM "Transfer" o WHERE o."claimId" = t."claimId" AND o.id < t.id);
UPDATE "InterpreterAssignment" t SET "claimId" = NULL, "resourceId" = NULL, "updatedAt" = now()
 WHERE EXISTS (SELECT 1 FROM "InterpreterAssignment" o WHERE o."claimId" = t."claimId" AND o.id < t.id);

CREATE UNIQUE INDEX "transfer_own_claim" ON "Transfer" ("claimId") WHERE "claimId" IS NOT NULL;
CREATE UNIQUE INDEX "assignment_own_claim" ON "InterpreterAssignment" ("claimId") WHERE "claimId" IS NOT NULL;
