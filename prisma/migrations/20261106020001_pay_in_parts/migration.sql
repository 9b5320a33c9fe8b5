-- An instalment may be paid in parts. Each payment keeps how much of it belongs to contract A, and the instalment how much of
-- what was paid does; of neither contract more is paid than the instalment asks for it.
SELECT set_config('app.role', 'system', true);

ALTER TABLE "Payment" ADD COLUMN "contractAMinor" BIGINT NOT NULL DEFAULT 0;
UPDATE "Payment" p SET "contractAMinor" = i."contractAMinor" FROM "PlanItem" i
  WHERE i.id = p."planItemId" AND p."succeededAt" IS NOT NULL AND NOT p."isSurplus" AND p."amountMinor" = i."amountMinor";
ALTER TABLE "Payment" ADD CONSTRAINT "payment_of_contract_a" CHECK (
  "contractAMinor" >= 0 AND "contractAMinor" <= "amountMinor" AND ("contractAMinor" = 0 OR ("succeededAt" IS NOT NULL AND NOT "isSurplus")));

ALTER TABLE "PlanItem" ADD COLUMN "paidAMinor" BIGINT NOT NULL DEFAULT 0, ADD COLUMN "dueToldAt" TIMESTAMPTZ;
UPDATE "PlanItem" SET "paidAMinor" = "contractAMinor" WHERE "paidMinor" > 0 AND "paidMinor" = "amountMinor";
ALTER TABLE "PlanItem" ADD CONSTRAINT "plan_item_part" CHECK (
  "paidAMinor" >= 0 AND "paidAMinor" <= "contractAMinor" AND "paidAMinor" <= "paidMinor"
  AND "paidMinor" - "paidAMinor" <= "amountMinor" - "contractAMinor"
  AND (state <> 'partially_paid' OR ("paidMinor" > 0 AND "paidMinor" < "amountMinor")));

-- Several payments may pay an instalment, and together no more than it is. Whoever writes one waits for whoever writes another.
DROP INDEX "payment_one_success_per_item";
CREATE FUNCTION payments_fit_their_instalment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  was text := COALESCE(current_setting('app.role', true), '');
  asked bigint;
  brought bigint;
BEGIN
  PERFORM set_config('app.role', 'system', true);
  SELECT "amountMinor" INTO asked FROM "PlanItem" WHERE id = NEW."planItemId" FOR UPDATE;
  SELECT COALESCE(sum("amountMinor"), 0) INTO brought FROM "Payment"
    WHERE "planItemId" = NEW."planItemId" AND state IN ('succeeded', 'disputed', 'won') AND NOT "isSurplus";
  PERFORM set_config('app.role', was, true);
  IF (brought <= asked) IS NOT TRUE THEN
    RAISE EXCEPTION 'An instalment is not paid more than once.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER payments_fit_their_instalment AFTER INSERT OR UPDATE OF state, "amountMinor", "isSurplus", "planItemId" ON "Payment"
  FOR EACH ROW WHEN (NEW.state IN ('succeeded', 'disputed', 'won') AND NOT NEW."isSurplus")
  EXECUTE FUNCTION payments_fit_their_instalment();

-- A transfer may be larger than what it pays: what is left over stands beside it as a transfer of its own, to the last unit.
ALTER TABLE "BankTransfer" ADD COLUMN "restOfId" UUID;
CREATE UNIQUE INDEX "BankTransfer_restOfId_key" ON "BankTransfer"("restOfId");
ALTER TABLE "BankTransfer" ADD CONSTRAINT "BankTransfer_restOfId_fkey" FOREIGN KEY ("restOfId") REFERENCES "BankTransfer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "BankTransfer" ADD CONSTRAINT "bank_transfer_rest" CHECK ("restOfId" IS DISTINCT FROM id);
CREATE FUNCTION transfers_add_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  was text := COALESCE(current_setting('app.role', true), '');
  former uuid;
  wrong boolean;
BEGIN
  IF TG_OP = 'UPDATE' THEN former := OLD."restOfId"; END IF;
  PERFORM set_config('app.role', 'system', true);
  SELECT EXISTS (SELECT 1 FROM "BankTransfer" t LEFT JOIN "Payment" p ON p.id = t."paymentId"
      LEFT JOIN "BankTransfer" r ON r."restOfId" = t.id
    WHERE t.id IN (NEW.id, NEW."restOfId", former) AND (
      (t.state = 'matched' AND (t."amountMinor" = p."amountMinor" + COALESCE(r."amountMinor", 0) AND t.currency = p.currency
        AND (r.id IS NULL OR r.currency = t.currency)) IS NOT TRUE)
      OR (t.state <> 'matched' AND r.id IS NOT NULL))) INTO wrong;
  PERFORM set_config('app.role', was, true);
  IF wrong IS NOT FALSE THEN
    RAISE EXCEPTION 'What a transfer paid and what was left of it are what arrived.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER transfers_add_up AFTER INSERT OR UPDATE ON "BankTransfer" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION transfers_add_up();

-- A booking that ends asks for the rest of a part no more. The same as before with one state more.
CREATE OR REPLACE FUNCTION free_parts(wanted uuid, wanted_slot uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "ProcedureSlot" SET taken = taken - 1 WHERE id = wanted_slot;
  UPDATE "Claim" SET state = 'released' WHERE "bookingId" = wanted AND state IN ('held', 'booked');
  UPDATE "Transfer" SET state = 'cancelled', "linkHash" = NULL, "updatedAt" = now()
    WHERE "bookingId" = wanted AND state IN ('requested', 'assigned', 'driver_waiting');
  UPDATE "InterpreterAssignment" SET state = 'cancelled', "linkHash" = NULL, "updatedAt" = now()
    WHERE "bookingId" = wanted AND state IN ('requested', 'offered', 'confirmed');
  UPDATE "PlanItem" SET state = 'cancelled' WHERE "bookingId" = wanted AND state IN ('planned', 'due', 'partially_paid', 'overdue');
END $$;
