-- The services contract names a right of withdrawal; this is where it is used. Only contract B has it, only once signed.
ALTER TABLE "Contract" ADD COLUMN "withdrawnAt" timestamptz, ADD COLUMN "withdrawnById" uuid;
ALTER TABLE "Contract" ADD CONSTRAINT "contract_withdrawn" CHECK (
  ("withdrawnAt" IS NULL) = ("withdrawnById" IS NULL)
  AND ("withdrawnAt" IS NULL OR (kind = 'B' AND "signedAt" IS NOT NULL)));
