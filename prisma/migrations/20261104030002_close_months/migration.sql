-- A month of the ledger is closed by two people and then takes no entry any more; there is no way back.
CREATE TYPE "ClosingState" AS ENUM ('proposed', 'closed');

CREATE TABLE "LedgerClosing" (
    "id" UUID NOT NULL,
    "month" CHAR(7) NOT NULL,
    "state" "ClosingState" NOT NULL DEFAULT 'proposed',
    "proposedById" UUID NOT NULL,
    "closedById" UUID,
    "balance" JSONB NOT NULL,
    "hash" TEXT NOT NULL,
    "previousHash" TEXT,
    "proposedAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closedAt" TIMESTAMPTZ,

    CONSTRAINT "LedgerClosing_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "LedgerClosing_month_key" ON "LedgerClosing"("month");

ALTER TABLE "LedgerClosing" ADD CONSTRAINT "closing_month" CHECK (month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$');
ALTER TABLE "LedgerClosing" ADD CONSTRAINT "closing_two_people" CHECK (
  (state = 'closed') = ("closedAt" IS NOT NULL) AND ("closedAt" IS NULL) = ("closedById" IS NULL) AND "closedById" IS DISTINCT FROM "proposedById");

-- The first moment after a month, in UTC as every time of the ledger.
CREATE FUNCTION month_ends(month text) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT ((month || '-01')::date + interval '1 month') AT TIME ZONE 'UTC' $$;

-- One lock for "is this month still open": whoever books shares it, whoever closes has it alone.
CREATE FUNCTION ledger_lock() RETURNS bigint LANGUAGE sql IMMUTABLE AS $$ SELECT 4803120001::bigint $$;

CREATE FUNCTION closing_rules() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE newest text;
BEGIN
  IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND OLD.state = 'closed') THEN
    RAISE EXCEPTION 'A closed month stays closed as it is.' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'closed' THEN
    PERFORM pg_advisory_xact_lock(ledger_lock());
    IF month_ends(NEW.month) > clock_timestamp() THEN
      RAISE EXCEPTION 'A month is closed when it is over.' USING ERRCODE = 'check_violation';
    END IF;
    SELECT max(month) INTO newest FROM "LedgerClosing" WHERE state = 'closed' AND id <> NEW.id;
    IF newest IS NOT NULL AND NEW.month <> to_char((newest || '-01')::date + interval '1 month', 'YYYY-MM') THEN
      RAISE EXCEPTION 'Months are closed in their order.' USING ERRCODE = 'check_violation';
    END IF;
    IF newest IS NULL AND EXISTS (SELECT 1 FROM "LedgerEntry" WHERE at < month_ends(NEW.month) - interval '1 month') THEN
      IF (SELECT to_char(min(at) AT TIME ZONE 'UTC', 'YYYY-MM') FROM "LedgerEntry") <> NEW.month THEN
        RAISE EXCEPTION 'Months are closed in their order.' USING ERRCODE = 'check_violation';
      END IF;
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER closing_rules BEFORE INSERT OR UPDATE OR DELETE ON "LedgerClosing" FOR EACH ROW EXECUTE FUNCTION closing_rules();

CREATE FUNCTION ledger_month_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(ledger_lock());
  IF EXISTS (SELECT 1 FROM "LedgerClosing" c WHERE c.state = 'closed' AND NEW.at < month_ends(c.month)) THEN
    RAISE EXCEPTION 'This month is closed: correct it in the open one.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER month_is_open BEFORE INSERT ON "LedgerTx" FOR EACH ROW EXECUTE FUNCTION ledger_month_is_open();
CREATE TRIGGER month_is_open BEFORE INSERT ON "LedgerEntry" FOR EACH ROW EXECUTE FUNCTION ledger_month_is_open();

-- The two sides of one event never lie in different months.
CREATE FUNCTION entry_of_its_moment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.at IS DISTINCT FROM (SELECT t.at FROM "LedgerTx" t WHERE t.id = NEW."txId") THEN
    RAISE EXCEPTION 'An entry has the moment of its transaction.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER entry_of_its_moment BEFORE INSERT ON "LedgerEntry" FOR EACH ROW EXECUTE FUNCTION entry_of_its_moment();

-- What a correction corrects: a transaction of a month that is closed, or any other.
ALTER TABLE "LedgerTx" ADD COLUMN "correctsTxId" UUID;
ALTER TABLE "LedgerTx" ADD CONSTRAINT "LedgerTx_correctsTxId_fkey" FOREIGN KEY ("correctsTxId") REFERENCES "LedgerTx"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "LedgerTx_correctsTxId_idx" ON "LedgerTx"("correctsTxId");

-- Entries of a period in the order they were booked.
CREATE INDEX "LedgerEntry_at_id_idx" ON "LedgerEntry"("at", "id");

GRANT SELECT, INSERT, UPDATE ON "LedgerClosing" TO valvia_app;

ALTER TABLE "LedgerClosing" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "LedgerClosing" FORCE ROW LEVEL SECURITY;
CREATE POLICY read_closings ON "LedgerClosing" FOR SELECT USING (true);
CREATE POLICY propose_closings ON "LedgerClosing" FOR INSERT WITH CHECK (app_role() = 'finance');
CREATE POLICY confirm_closings ON "LedgerClosing" FOR UPDATE USING (app_role() = 'finance');
