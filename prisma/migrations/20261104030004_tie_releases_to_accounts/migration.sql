-- What goes to a hospital stays within its newest account, and who may write money, papers and closings is said role by role.
CREATE FUNCTION release_within_account() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wanted uuid := NEW."bookingId";
  owed bigint;
  passed bigint;
BEGIN
  IF TG_TABLE_NAME = 'ReleaseLine' AND NOT EXISTS (
      SELECT 1 FROM "Release" r WHERE r.id = (to_jsonb(NEW)->>'releaseId')::uuid AND r.contract = 'A') THEN
    RETURN NULL;
  END IF;
  -- Whoever releases of the same booking meanwhile waits here and then sees this line.
  PERFORM pg_advisory_xact_lock(hashtextextended(wanted::text, 5));
  SELECT a."owedMinor" INTO owed FROM "BillAccount" a WHERE a."bookingId" = wanted ORDER BY a.version DESC LIMIT 1;
  SELECT COALESCE(sum(l."amountMinor"), 0) INTO passed FROM "ReleaseLine" l JOIN "Release" r ON r.id = l."releaseId"
   WHERE l."bookingId" = wanted AND l."isLive" AND r.contract = 'A';
  IF passed > COALESCE(owed, 0) THEN
    RAISE EXCEPTION 'A hospital is passed on no more than its newest account says is owed.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER within_account AFTER INSERT ON "ReleaseLine" FOR EACH ROW EXECUTE FUNCTION release_within_account();
CREATE TRIGGER within_account AFTER UPDATE OF state ON "Release" FOR EACH ROW
  WHEN (NEW.contract = 'A' AND NEW.state = 'approved') EXECUTE FUNCTION release_within_account();

-- The system proposes what the proof says; finance answers, each in their own name.
DROP POLICY parties ON "Release";
DROP POLICY parties ON "ReleaseLine";
CREATE POLICY readers ON "Release" FOR SELECT USING (app_booking("caseId", "bookingId") AND (NOT app_is_clinic() OR contract = 'A'));
CREATE POLICY proposes ON "Release" FOR INSERT WITH CHECK (app_role() = 'system' AND state = 'proposed');
CREATE POLICY answers ON "Release" FOR UPDATE USING (app_role() = 'finance') WITH CHECK (
  app_role() = 'finance' AND app_person() = CASE state
    WHEN 'approved' THEN "approvedById" WHEN 'refused' THEN "refusedById" WHEN 'paid' THEN "paidById" END);
CREATE POLICY readers ON "ReleaseLine" FOR SELECT USING (EXISTS (SELECT 1 FROM "Release" r WHERE r.id = "releaseId"));
CREATE POLICY proposes ON "ReleaseLine" FOR INSERT WITH CHECK (app_role() = 'system');
CREATE POLICY lets_go ON "ReleaseLine" FOR UPDATE USING (app_role() = 'finance');

-- Each answer keeps the ones before it: who pays does not change who approved.
CREATE OR REPLACE FUNCTION release_stays_as_proposed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE answer text[] := CASE NEW.state
  WHEN 'approved' THEN ARRAY['state', 'approvedById', 'approvedAt']
  WHEN 'refused' THEN ARRAY['state', 'refusedById', 'refusedReason', 'refusedAt']
  WHEN 'paid' THEN ARRAY['state', 'paidById', 'paidAt', 'bankReference']
  ELSE ARRAY[]::text[] END;
BEGIN
  IF NEW.state = OLD.state THEN
    answer := ARRAY[]::text[];
  END IF;
  IF (to_jsonb(NEW) - answer) IS DISTINCT FROM (to_jsonb(OLD) - answer) THEN
    RAISE EXCEPTION 'A proposed release never changes.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

-- Papers are written by the system alone; a centre knows nothing of contract B.
DROP POLICY parties ON "Invoice";
DROP POLICY parties ON "InvoiceLine";
CREATE POLICY readers ON "Invoice" FOR SELECT USING (app_booking("caseId", "bookingId") AND NOT app_is_clinic());
CREATE POLICY issues ON "Invoice" FOR INSERT WITH CHECK (app_role() = 'system');
CREATE POLICY readers ON "InvoiceLine" FOR SELECT USING (app_booking("caseId", "bookingId") AND NOT app_is_clinic());
CREATE POLICY issues ON "InvoiceLine" FOR INSERT WITH CHECK (app_role() = 'system');

-- A month is proposed and closed by two people, each in their own name, and read by nobody else.
DROP POLICY read_closings ON "LedgerClosing";
DROP POLICY propose_closings ON "LedgerClosing";
DROP POLICY confirm_closings ON "LedgerClosing";
CREATE POLICY readers ON "LedgerClosing" FOR SELECT USING (app_role() IN ('finance', 'system'));
CREATE POLICY proposes ON "LedgerClosing" FOR INSERT WITH CHECK (
  app_role() = 'finance' AND state = 'proposed' AND "proposedById" = app_person());
CREATE POLICY confirms ON "LedgerClosing" FOR UPDATE USING (app_role() = 'finance') WITH CHECK (
  app_role() = 'finance' AND app_person() = CASE state WHEN 'closed' THEN "closedById" ELSE "proposedById" END);

CREATE FUNCTION closing_as_proposed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE answer text[] := ARRAY['state', 'closedById', 'closedAt'];
BEGIN
  IF (to_jsonb(NEW) - answer) IS DISTINCT FROM (to_jsonb(OLD) - answer) THEN
    RAISE EXCEPTION 'A month is closed as it was proposed.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER closing_as_proposed BEFORE UPDATE ON "LedgerClosing" FOR EACH ROW
  WHEN (NEW.state = 'closed' AND OLD.state = 'proposed') EXECUTE FUNCTION closing_as_proposed();

-- Whether the month of a moment is closed, asked above the policies: true or false is all that comes out.
CREATE FUNCTION in_closed_month(moment timestamptz) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  asker text := app_role();
  answer boolean;
BEGIN
  PERFORM set_config('app.role', 'system', true);
  SELECT EXISTS (SELECT 1 FROM "LedgerClosing" c WHERE c.state = 'closed' AND moment < month_ends(c.month)) INTO answer;
  PERFORM set_config('app.role', asker, true);
  RETURN answer;
END $$;
REVOKE EXECUTE ON FUNCTION in_closed_month(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION in_closed_month(timestamptz) TO valvia_app;

CREATE OR REPLACE FUNCTION ledger_month_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(ledger_lock());
  IF in_closed_month(NEW.at) THEN
    RAISE EXCEPTION 'This month is closed: correct it in the open one.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
