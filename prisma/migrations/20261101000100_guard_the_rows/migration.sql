-- Guards the rows: the application's role, checks that tie states to dates, exclusion of overlaps,
-- append-only tables, a ledger that balances, immutable estimates, and row-level security.

CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;

DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'valvia_app') THEN
    CREATE ROLE valvia_app NOLOGIN NOBYPASSRLS;
  END IF;
  EXECUTE format('GRANT valvia_app TO %I', current_user);
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; -- Another database of the cluster made it at the same moment.
END $$;

CREATE SEQUENCE case_number_seq;
CREATE SEQUENCE booking_number_seq;

GRANT USAGE ON SCHEMA public TO valvia_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO valvia_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO valvia_app;
REVOKE UPDATE, DELETE ON "AuditEvent", "LedgerTx", "LedgerEntry", "CaseEvent", "FxRate", "ConsentText" FROM valvia_app;
REVOKE DELETE ON "Consent", "Payment", "Refund", "ProviderEvent", "Booking", "Contract", "Document", "Review" FROM valvia_app;

-- People

ALTER TABLE "Person" ADD CONSTRAINT "person_kind_fits_roles" CHECK (
  CASE kind
    WHEN 'private' THEN roles <@ ARRAY['patient']::"Role"[] AND "clinicId" IS NULL
    WHEN 'operator' THEN roles <@ ARRAY['coordinator', 'finance', 'admin']::"Role"[] AND "clinicId" IS NULL
    ELSE roles <@ ARRAY['clinic_reviewer', 'clinic_manager']::"Role"[] AND "clinicId" IS NOT NULL
  END);
ALTER TABLE "Person" ADD CONSTRAINT "person_email_normal" CHECK (email = lower(email));

-- Clinics

ALTER TABLE "ProcedureSlot" ADD CONSTRAINT "slot_never_oversold" CHECK (taken >= 0 AND taken <= capacity);
ALTER TABLE "ClinicProcedure" ADD CONSTRAINT "price_in_order" CHECK ("lowMinor" >= 0 AND "lowMinor" <= "expectedMinor" AND "expectedMinor" <= "highMinor");
CREATE INDEX "clinic_search_trgm" ON "Clinic" USING gin ("searchText" gin_trgm_ops);

-- Cases

ALTER TABLE "Case" ADD CONSTRAINT "case_open_has_next" CHECK (
  stage IN ('closed', 'cancelled', 'no_offer', 'deceased', 'transferred')
  OR ("nextAction" IS NOT NULL AND "nextDueAt" IS NOT NULL));
ALTER TABLE "Case" ADD CONSTRAINT "case_owner_named" CHECK (("ownerKind" = 'coordinator') = ("ownerId" IS NOT NULL));
ALTER TABLE "Case" ADD CONSTRAINT "case_submitted_at" CHECK (stage IN ('draft', 'cancelled') OR "submittedAt" IS NOT NULL);
ALTER TABLE "Case" ADD CONSTRAINT "case_somebody" CHECK ("patientId" IS NOT NULL OR "draftTokenHash" IS NOT NULL OR stage = 'cancelled');
ALTER TABLE "CaseAccess" ADD CONSTRAINT "access_one_holder" CHECK (("personId" IS NULL) <> ("clinicId" IS NULL));
CREATE UNIQUE INDEX "consent_one_live_per_clinic" ON "Consent" ("caseId", "clinicId") WHERE "withdrawnAt" IS NULL AND "clinicId" IS NOT NULL;
ALTER TABLE "Consent" ADD CONSTRAINT "consent_share_names_clinic" CHECK ((purpose = 'share_with_clinic') = ("clinicId" IS NOT NULL));
ALTER TABLE "Task" ADD CONSTRAINT "task_done_at" CHECK ((state = 'open') = ("doneAt" IS NULL));

-- Records

ALTER TABLE "Record" ADD CONSTRAINT "record_offset" CHECK ("offsetBytes" >= 0 AND "offsetBytes" <= "sizeBytes");
ALTER TABLE "Record" ADD CONSTRAINT "record_complete" CHECK (state = 'uploading' OR ("completedAt" IS NOT NULL AND "offsetBytes" = "sizeBytes" AND sha256 IS NOT NULL));
ALTER TABLE "Record" ADD CONSTRAINT "record_rejected_why" CHECK (state <> 'rejected' OR "rejectReason" IS NOT NULL);
ALTER TABLE "Record" ADD CONSTRAINT "record_judged" CHECK (state NOT IN ('accepted', 'rejected') OR "judgedAt" IS NOT NULL);
ALTER TABLE "ChecklistItem" ADD CONSTRAINT "checklist_waived_why" CHECK (status NOT IN ('waived', 'not_available') OR (reason IS NOT NULL AND "closedById" IS NOT NULL));

-- Reviews

ALTER TABLE "Review" ADD CONSTRAINT "review_two_signers" CHECK ("secondSignerId" IS NULL OR ("firstSignerId" IS NOT NULL AND "secondSignerId" <> "firstSignerId"));
ALTER TABLE "Review" ADD CONSTRAINT "review_decided_verdict" CHECK (state <> 'decided' OR (verdict IS NOT NULL AND "firstSignedAt" IS NOT NULL));

-- Estimates

ALTER TABLE "Estimate" ADD CONSTRAINT "estimate_sent_hash" CHECK (state = 'draft' OR (hash IS NOT NULL AND "sentAt" IS NOT NULL));
ALTER TABLE "Estimate" ADD CONSTRAINT "estimate_in_order" CHECK ("lowMinor" <= "expectedMinor" AND "expectedMinor" <= "highMinor");
ALTER TABLE "EstimateLine" ADD CONSTRAINT "line_in_order" CHECK ("lowMinor" >= 0 AND "lowMinor" <= "expectedMinor" AND "expectedMinor" <= "highMinor" AND quantity > 0);
CREATE UNIQUE INDEX "estimate_one_accepted" ON "Estimate" ("caseId") WHERE state = 'accepted';

CREATE FUNCTION estimate_stays_as_sent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'draft' AND (to_jsonb(NEW) - 'state' - 'answeredAt' - 'answeredById' - 'rejectReason')
      IS DISTINCT FROM (to_jsonb(OLD) - 'state' - 'answeredAt' - 'answeredById' - 'rejectReason') THEN
    RAISE EXCEPTION 'A sent estimate never changes.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER estimate_stays_as_sent BEFORE UPDATE ON "Estimate" FOR EACH ROW EXECUTE FUNCTION estimate_stays_as_sent();

CREATE FUNCTION estimate_line_stays_as_sent() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE estimate_state text;
BEGIN
  SELECT e.state INTO estimate_state FROM "Estimate" e WHERE e.id = COALESCE(NEW."estimateId", OLD."estimateId");
  IF estimate_state IS DISTINCT FROM 'draft' THEN
    RAISE EXCEPTION 'A sent estimate never changes.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER estimate_line_stays_as_sent BEFORE INSERT OR UPDATE OR DELETE ON "EstimateLine" FOR EACH ROW EXECUTE FUNCTION estimate_line_stays_as_sent();

CREATE FUNCTION estimate_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE bad boolean;
BEGIN
  SELECT (e."lowMinor", e."expectedMinor", e."highMinor") IS DISTINCT FROM
         (COALESCE(sum(l."lowMinor") FILTER (WHERE NOT l.optional), 0)::bigint,
          COALESCE(sum(l."expectedMinor") FILTER (WHERE NOT l.optional), 0)::bigint,
          COALESCE(sum(l."highMinor") FILTER (WHERE NOT l.optional), 0)::bigint)
    INTO bad
    FROM "Estimate" e LEFT JOIN "EstimateLine" l ON l."estimateId" = e.id
   WHERE e.id = NEW.id GROUP BY e.id;
  IF bad THEN
    RAISE EXCEPTION 'The lines of an estimate add up to its totals.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER estimate_adds_up AFTER INSERT OR UPDATE ON "Estimate"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state <> 'draft') EXECUTE FUNCTION estimate_adds_up();

-- Bookings

ALTER TABLE "Booking" ADD CONSTRAINT "booking_hold_expires" CHECK (state NOT IN ('held', 'awaiting_deposit') OR "holdExpiresAt" IS NOT NULL);
ALTER TABLE "Booking" ADD CONSTRAINT "booking_paid_at" CHECK (state NOT IN ('awaiting_centre', 'confirmed', 'completed') OR "paidAt" IS NOT NULL);
ALTER TABLE "Booking" ADD CONSTRAINT "booking_confirmed_at" CHECK (state NOT IN ('confirmed', 'completed') OR "confirmedAt" IS NOT NULL);
ALTER TABLE "Booking" ADD CONSTRAINT "booking_cancelled_why" CHECK ((state = 'cancelled') = ("cancelledAt" IS NOT NULL) AND (state <> 'cancelled' OR "cancelCause" IS NOT NULL));
CREATE UNIQUE INDEX "booking_one_live_per_case" ON "Booking" ("caseId") WHERE state NOT IN ('cancelled', 'completed');
CREATE UNIQUE INDEX "booking_one_hold_per_patient" ON "Booking" ("patientId") WHERE state IN ('held', 'awaiting_deposit');
ALTER TABLE "Contract" ADD CONSTRAINT "contract_signed" CHECK (("signedAt" IS NULL) = ("signedName" IS NULL) AND ("countersignedAt" IS NULL OR "signedAt" IS NOT NULL));
ALTER TABLE "PlanItem" ADD CONSTRAINT "plan_item_paid" CHECK ("amountMinor" >= 0 AND "paidMinor" >= 0 AND "paidMinor" <= "amountMinor" AND (state <> 'paid' OR "paidMinor" = "amountMinor"));

CREATE FUNCTION contract_text_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.text, OLD."textHash", OLD."textVersion", OLD.kind) IS DISTINCT FROM (NEW.text, NEW."textHash", NEW."textVersion", NEW.kind)
     OR (OLD."signedAt" IS NOT NULL AND (OLD."signedAt", OLD."signedName", OLD."signedById") IS DISTINCT FROM (NEW."signedAt", NEW."signedName", NEW."signedById")) THEN
    RAISE EXCEPTION 'A contract''s text and signature never change.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER contract_text_stays BEFORE UPDATE ON "Contract" FOR EACH ROW EXECUTE FUNCTION contract_text_stays();

-- Payments

ALTER TABLE "Payment" ADD CONSTRAINT "payment_refund_within" CHECK ("amountMinor" > 0 AND "refundedMinor" >= 0 AND "refundedMinor" <= "amountMinor");
ALTER TABLE "Payment" ADD CONSTRAINT "payment_refund_only_captured" CHECK ("refundedMinor" = 0 OR "succeededAt" IS NOT NULL);
ALTER TABLE "Refund" ADD CONSTRAINT "refund_second_person" CHECK ("amountMinor" > 0 AND ("approvedById" IS NULL OR "proposedById" IS NULL OR "approvedById" <> "proposedById"));
CREATE UNIQUE INDEX "payment_one_success_per_item" ON "Payment" ("planItemId") WHERE state IN ('succeeded', 'disputed', 'won');

CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only.', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "LedgerTx" FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "LedgerEntry" FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "AuditEvent" FOR EACH ROW EXECUTE FUNCTION append_only();

CREATE FUNCTION ledger_balances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM "LedgerEntry" WHERE "txId" = NEW."txId" GROUP BY currency HAVING sum("amountMinor") <> 0) THEN
    RAISE EXCEPTION 'Every ledger transaction sums to zero per currency.' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.account = 'client_funds_held' AND NEW."bookingId" IS NOT NULL AND EXISTS (
      SELECT 1 FROM "LedgerEntry" WHERE account = 'client_funds_held' AND "bookingId" = NEW."bookingId" AND currency = NEW.currency
      HAVING sum("amountMinor") > 0) THEN
    RAISE EXCEPTION 'Held client money is never negative.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_balances AFTER INSERT ON "LedgerEntry"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_balances();

CREATE FUNCTION ledger_tx_has_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT count(*) FROM "LedgerEntry" WHERE "txId" = NEW.id) < 2 THEN
    RAISE EXCEPTION 'A ledger transaction has at least two entries.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_tx_has_entries AFTER INSERT ON "LedgerTx"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_tx_has_entries();

-- Logistics

ALTER TABLE "Claim" ADD CONSTRAINT "claim_time" CHECK ("startsAt" < "endsAt");
ALTER TABLE "Claim" ADD CONSTRAINT "claim_hold_expires" CHECK (state <> 'held' OR "holdExpiresAt" IS NOT NULL);
ALTER TABLE "Claim" ADD CONSTRAINT "claim_never_overlaps" EXCLUDE USING gist
  ("resourceId" WITH =, tstzrange("startsAt", "endsAt", '[)') WITH &&) WHERE (state IN ('held', 'booked'));

-- Declared edges of the machines that move money, dates and records

CREATE FUNCTION only_declared_edges() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state::text <> NEW.state::text AND NOT (OLD.state::text || '>' || NEW.state::text) = ANY (TG_ARGV) THEN
    RAISE EXCEPTION '% cannot go from % to %.', TG_TABLE_NAME, OLD.state, NEW.state USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER only_declared_edges BEFORE UPDATE OF state ON "Booking" FOR EACH ROW EXECUTE FUNCTION only_declared_edges(
  'held>awaiting_deposit', 'held>cancelled', 'awaiting_deposit>awaiting_centre', 'awaiting_deposit>cancelled',
  'awaiting_centre>confirmed', 'awaiting_centre>cancelled', 'confirmed>completed', 'confirmed>cancelled', 'cancelled>awaiting_centre');
CREATE TRIGGER only_declared_edges BEFORE UPDATE OF state ON "Estimate" FOR EACH ROW EXECUTE FUNCTION only_declared_edges(
  'draft>sent', 'draft>superseded', 'sent>accepted', 'sent>rejected', 'sent>superseded', 'sent>expired', 'accepted>superseded');
CREATE TRIGGER only_declared_edges BEFORE UPDATE OF state ON "Review" FOR EACH ROW EXECUTE FUNCTION only_declared_edges(
  'requested>opened', 'requested>declined', 'requested>expired', 'requested>withdrawn', 'opened>more_info', 'opened>decided', 'opened>declined',
  'opened>expired', 'opened>withdrawn', 'more_info>opened', 'more_info>declined', 'more_info>expired', 'more_info>withdrawn', 'decided>withdrawn', 'decided>opened');
CREATE TRIGGER only_declared_edges BEFORE UPDATE OF state ON "Record" FOR EACH ROW EXECUTE FUNCTION only_declared_edges(
  'uploading>scanning', 'scanning>readable', 'scanning>unreadable', 'scanning>infected', 'readable>accepted', 'readable>rejected',
  'unreadable>rejected', 'accepted>rejected', 'rejected>accepted');
CREATE TRIGGER only_declared_edges BEFORE UPDATE OF state ON "Payment" FOR EACH ROW EXECUTE FUNCTION only_declared_edges(
  'created>requires_action', 'created>processing', 'created>succeeded', 'created>failed', 'created>expired', 'requires_action>succeeded',
  'requires_action>failed', 'requires_action>processing', 'requires_action>expired', 'processing>succeeded', 'processing>failed',
  'failed>succeeded', 'expired>succeeded', 'failed>expired', 'succeeded>disputed', 'disputed>won', 'disputed>lost');
CREATE TRIGGER only_declared_edges BEFORE UPDATE OF state ON "Refund" FOR EACH ROW EXECUTE FUNCTION only_declared_edges(
  'calculated>approved', 'approved>sent', 'approved>settled', 'approved>failed', 'sent>settled', 'sent>failed', 'failed>approved');

-- Row-level security: the second lock behind every query

CREATE FUNCTION app_role() RETURNS text LANGUAGE sql STABLE AS $$ SELECT COALESCE(current_setting('app.role', true), '') $$;
CREATE FUNCTION app_person() RETURNS uuid LANGUAGE sql STABLE AS $$ SELECT NULLIF(current_setting('app.person', true), '')::uuid $$;
CREATE FUNCTION app_clinic() RETURNS uuid LANGUAGE sql STABLE AS $$ SELECT NULLIF(current_setting('app.clinic', true), '')::uuid $$;
CREATE FUNCTION app_draft() RETURNS text LANGUAGE sql STABLE AS $$ SELECT NULLIF(current_setting('app.draft', true), '') $$;
CREATE FUNCTION app_is_clinic() RETURNS boolean LANGUAGE sql STABLE AS $$ SELECT app_role() IN ('clinic_reviewer', 'clinic_manager') $$;

CREATE FUNCTION app_has_access(wanted uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN app_role() = 'patient' THEN EXISTS (
      SELECT 1 FROM "CaseAccess" a WHERE a."caseId" = wanted AND a."personId" = app_person()
        AND a."revokedAt" IS NULL AND (a."expiresAt" IS NULL OR a."expiresAt" > now()))
    WHEN app_is_clinic() THEN EXISTS (
      SELECT 1 FROM "CaseAccess" a WHERE a."caseId" = wanted AND a."clinicId" = app_clinic()
        AND a."revokedAt" IS NULL AND (a."expiresAt" IS NULL OR a."expiresAt" > now()))
    ELSE false
  END $$;

CREATE FUNCTION app_case(wanted uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN app_role() IN ('system', 'coordinator') THEN true
    WHEN app_role() = 'draft_holder' THEN EXISTS (SELECT 1 FROM "Case" c WHERE c.id = wanted AND c."draftTokenHash" = app_draft())
    ELSE app_has_access(wanted)
  END $$;

CREATE FUNCTION app_booking(wanted_case uuid, wanted_booking uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN app_role() IN ('system', 'coordinator', 'finance') THEN true
    WHEN app_is_clinic() THEN EXISTS (SELECT 1 FROM "Booking" b WHERE b.id = wanted_booking AND b."clinicId" = app_clinic())
    ELSE app_has_access(wanted_case)
  END $$;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['Case', 'Consent', 'CaseEvent', 'Task', 'Record', 'ChecklistItem', 'Review', 'Estimate', 'EstimateLine', 'Booking',
    'BookingService', 'Contract', 'PlanItem', 'Payment', 'Refund', 'Transfer', 'InterpreterAssignment', 'Shipment', 'Visa', 'Message', 'Document']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['CaseEvent', 'Task', 'ChecklistItem', 'Visa']
  LOOP
    EXECUTE format('CREATE POLICY parties ON %I USING (app_case("caseId"))', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['BookingService', 'Contract', 'PlanItem', 'Payment', 'Refund', 'Transfer', 'InterpreterAssignment', 'Shipment']
  LOOP
    EXECUTE format('CREATE POLICY parties ON %I USING (app_booking("caseId", "bookingId"))', name);
  END LOOP;
END $$;

CREATE POLICY parties ON "Case" USING (
  app_role() IN ('system', 'coordinator')
  OR (app_role() = 'patient' AND "patientId" = app_person())
  OR (app_role() = 'draft_holder' AND "draftTokenHash" = app_draft())
  OR app_has_access(id));
CREATE POLICY parties ON "Consent" USING (app_case("caseId") AND (NOT app_is_clinic() OR "clinicId" = app_clinic()));
CREATE POLICY parties ON "Review" USING (app_case("caseId") AND (NOT app_is_clinic() OR "clinicId" = app_clinic()));
CREATE POLICY parties ON "Estimate" USING (
  app_role() IN ('system', 'coordinator', 'finance')
  OR (app_is_clinic() AND "clinicId" = app_clinic())
  OR (app_role() = 'patient' AND state <> 'draft' AND app_has_access("caseId")));
CREATE POLICY parties ON "EstimateLine" USING (EXISTS (SELECT 1 FROM "Estimate" e WHERE e.id = "estimateId"));
CREATE POLICY parties ON "Booking" USING (
  app_role() IN ('system', 'coordinator', 'finance')
  OR (app_is_clinic() AND "clinicId" = app_clinic())
  OR app_has_access("caseId") AND NOT app_is_clinic());
CREATE POLICY parties ON "Message" USING (
  app_role() IN ('system', 'coordinator')
  OR (app_is_clinic() AND audience = 'centre' AND "clinicId" = app_clinic() AND app_has_access("caseId"))
  OR (app_role() = 'patient' AND audience = 'patient' AND app_has_access("caseId")));
CREATE POLICY parties ON "Document" USING (
  app_role() IN ('system', 'coordinator', 'finance')
  OR (app_is_clinic() AND "forClinicId" = app_clinic())
  OR (app_role() = 'patient' AND app_has_access("caseId")));
-- Records: the coordinator who owns the case, the patient's side, and a clinic with a live consent (accepted files only, or its own).
CREATE POLICY parties ON "Record" USING (
  app_role() = 'system'
  OR (app_role() = 'coordinator' AND EXISTS (SELECT 1 FROM "Case" c WHERE c.id = "caseId" AND c."ownerId" = app_person()))
  OR (app_role() IN ('patient', 'draft_holder') AND app_case("caseId"))
  OR (app_is_clinic() AND app_has_access("caseId") AND (
        "uploaderClinic" = app_clinic()
        OR (state = 'accepted' AND EXISTS (
          SELECT 1 FROM "Consent" k WHERE k."caseId" = "Record"."caseId" AND k."clinicId" = app_clinic() AND k."withdrawnAt" IS NULL)))));
