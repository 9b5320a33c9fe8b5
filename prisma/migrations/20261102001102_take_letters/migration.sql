-- What a centre wrote on paper: entered by one coordinator, checked by another, and only then believed.
CREATE TYPE "LetterState" AS ENUM ('entered', 'confirmed', 'rejected');

CREATE TABLE "CentreLetter" (
    "id" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "bookingId" UUID NOT NULL,
    "recordId" UUID NOT NULL,
    "state" "LetterState" NOT NULL DEFAULT 'entered',
    "to" "CaseStage" NOT NULL,
    "reason" TEXT,
    "enteredById" UUID NOT NULL,
    "checkedById" UUID,
    "happenedOn" DATE NOT NULL,
    "enteredAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "checkedAt" TIMESTAMPTZ,

    CONSTRAINT "CentreLetter_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "CentreLetter_caseId_enteredAt_idx" ON "CentreLetter"("caseId", "enteredAt");
CREATE UNIQUE INDEX "letter_one_open_per_case" ON "CentreLetter" ("caseId") WHERE state = 'entered';

ALTER TABLE "CentreLetter" ADD CONSTRAINT "CentreLetter_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "CentreLetter" ADD CONSTRAINT "CentreLetter_bookingId_fkey" FOREIGN KEY ("bookingId") REFERENCES "Booking"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "CentreLetter" ADD CONSTRAINT "CentreLetter_recordId_fkey" FOREIGN KEY ("recordId") REFERENCES "Record"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "CentreLetter" ADD CONSTRAINT "letter_says" CHECK ("to" IN ('treated', 'discharged'));
ALTER TABLE "CentreLetter" ADD CONSTRAINT "letter_checked" CHECK ((state = 'entered') = ("checkedById" IS NULL) AND (state = 'entered') = ("checkedAt" IS NULL));
ALTER TABLE "CentreLetter" ADD CONSTRAINT "letter_second_person" CHECK ("checkedById" <> "enteredById");
CREATE TRIGGER only_declared_edges BEFORE UPDATE OF state ON "CentreLetter" FOR EACH ROW EXECUTE FUNCTION only_declared_edges(
  'entered>confirmed', 'entered>rejected');

GRANT SELECT, INSERT, UPDATE ON "CentreLetter" TO valvia_app;

ALTER TABLE "CentreLetter" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "CentreLetter" FORCE ROW LEVEL SECURITY;
CREATE POLICY parties ON "CentreLetter" USING (app_role() IN ('system', 'coordinator'));
