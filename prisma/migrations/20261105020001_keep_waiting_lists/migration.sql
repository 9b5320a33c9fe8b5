-- A waiting list for each centre and treatment, in order of joining. A place that becomes free goes to the first in order in
-- the same act that frees it: an offer is counted in "taken" like a hold, so the rule that never lets a day be oversold
-- holds for it too, and nobody can book in between.
CREATE TYPE "WaitingState" AS ENUM ('waiting', 'booked', 'left', 'lapsed');
CREATE TYPE "OfferState" AS ENUM ('open', 'accepted', 'declined', 'lapsed', 'withdrawn');

CREATE TABLE "WaitingEntry" (
    "id" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "patientId" UUID NOT NULL,
    "estimateId" UUID NOT NULL,
    "clinicId" UUID NOT NULL,
    "treatment" TEXT NOT NULL,
    "state" "WaitingState" NOT NULL DEFAULT 'waiting',
    "turn" BIGSERIAL NOT NULL,
    "reason" TEXT,
    "endCause" TEXT,
    "joinedById" UUID NOT NULL,
    "joinedRole" TEXT NOT NULL,
    "joinedName" TEXT NOT NULL,
    "fromOn" DATE NOT NULL,
    "toOn" DATE NOT NULL,
    "joinedAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMPTZ,

    CONSTRAINT "WaitingEntry_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "WaitingOffer" (
    "id" UUID NOT NULL,
    "entryId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "slotId" UUID NOT NULL,
    "state" "OfferState" NOT NULL DEFAULT 'open',
    "bookingId" UUID,
    "offeredAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ NOT NULL,
    "toldAt" TIMESTAMPTZ,
    "endedAt" TIMESTAMPTZ,

    CONSTRAINT "WaitingOffer_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "WaitingEntry_turn_key" ON "WaitingEntry"("turn");
CREATE INDEX "WaitingEntry_clinicId_treatment_state_turn_idx" ON "WaitingEntry"("clinicId", "treatment", "state", "turn");
CREATE INDEX "WaitingEntry_caseId_idx" ON "WaitingEntry"("caseId");
CREATE UNIQUE INDEX "WaitingOffer_bookingId_key" ON "WaitingOffer"("bookingId");
CREATE UNIQUE INDEX "WaitingOffer_entryId_slotId_key" ON "WaitingOffer"("entryId", "slotId");
CREATE INDEX "WaitingOffer_state_expiresAt_idx" ON "WaitingOffer"("state", "expiresAt");
CREATE INDEX "WaitingOffer_slotId_state_idx" ON "WaitingOffer"("slotId", "state");
-- One live entry for a case, a centre and a treatment, and one open offer for an entry.
CREATE UNIQUE INDEX "waiting_one_live_entry" ON "WaitingEntry" ("caseId", "clinicId", treatment) WHERE state = 'waiting';
CREATE UNIQUE INDEX "waiting_one_open_offer" ON "WaitingOffer" ("entryId") WHERE state = 'open';

ALTER TABLE "WaitingEntry" ADD CONSTRAINT "WaitingEntry_estimateId_fkey" FOREIGN KEY ("estimateId") REFERENCES "Estimate"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "WaitingOffer" ADD CONSTRAINT "WaitingOffer_entryId_fkey" FOREIGN KEY ("entryId") REFERENCES "WaitingEntry"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "WaitingOffer" ADD CONSTRAINT "WaitingOffer_slotId_fkey" FOREIGN KEY ("slotId") REFERENCES "ProcedureSlot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "WaitingOffer" ADD CONSTRAINT "WaitingOffer_bookingId_fkey" FOREIGN KEY ("bookingId") REFERENCES "Booking"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "WaitingEntry" ADD CONSTRAINT "waiting_window" CHECK ("fromOn" <= "toOn");
ALTER TABLE "WaitingEntry" ADD CONSTRAINT "waiting_ended" CHECK ((state = 'waiting') = ("endedAt" IS NULL));
ALTER TABLE "WaitingOffer" ADD CONSTRAINT "offer_ended" CHECK ((state = 'open') = ("endedAt" IS NULL) AND (state = 'accepted') = ("bookingId" IS NOT NULL));

CREATE TRIGGER only_declared_edges BEFORE UPDATE OF state ON "WaitingEntry" FOR EACH ROW EXECUTE FUNCTION only_declared_edges(
  'waiting>booked', 'waiting>left', 'waiting>lapsed');
CREATE TRIGGER only_declared_edges BEFORE UPDATE OF state ON "WaitingOffer" FOR EACH ROW EXECUTE FUNCTION only_declared_edges(
  'open>accepted', 'open>declined', 'open>lapsed', 'open>withdrawn');

GRANT SELECT, INSERT ON "WaitingEntry", "WaitingOffer" TO valvia_app;
GRANT UPDATE ("state", "endCause", "endedAt") ON "WaitingEntry" TO valvia_app;
GRANT UPDATE ("state", "bookingId", "toldAt", "endedAt") ON "WaitingOffer" TO valvia_app;
GRANT USAGE, SELECT ON SEQUENCE "WaitingEntry_turn_seq" TO valvia_app;
ALTER TABLE "WaitingEntry" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "WaitingEntry" FORCE ROW LEVEL SECURITY;
ALTER TABLE "WaitingOffer" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "WaitingOffer" FORCE ROW LEVEL SECURITY;
-- Written by the functions below alone; a centre learns how many wait, not who.
CREATE POLICY readers ON "WaitingEntry" FOR SELECT USING (app_role() IN ('system', 'coordinator') OR (app_role() = 'patient' AND app_has_access("caseId")));
CREATE POLICY writers ON "WaitingEntry" USING (app_role() = 'system');
CREATE POLICY readers ON "WaitingOffer" FOR SELECT USING (app_role() IN ('system', 'coordinator') OR (app_role() = 'patient' AND app_has_access("caseId")));
CREATE POLICY writers ON "WaitingOffer" USING (app_role() = 'system');

-- How long an offer stands, how long before its end its patient must have been told of it for silence to count, and after
-- how many silences an entry ends.
CREATE FUNCTION waiting_offer_hours() RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT 24 $$;
CREATE FUNCTION waiting_told_hours() RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT 12 $$;
CREATE FUNCTION waiting_silences_max() RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT 2 $$;

-- One list changes in one transaction at a time. Order of locks everywhere: case, booking, people, days, then the list, then
-- offer, then entry; whoever holds a list asks for no other day.
CREATE FUNCTION lock_waiting_list(clinic uuid, wanted text) RETURNS void LANGUAGE sql VOLATILE AS $$
  SELECT pg_advisory_xact_lock(hashtextextended(clinic::text || ' ' || wanted, 73)) $$;

-- Whether a case has a booking that stands, or its patient holds a day: then no other day is kept for it. Asked as the system.
CREATE FUNCTION has_a_day(wanted_case uuid, wanted_patient uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM "Booking" b WHERE b."caseId" = wanted_case AND b.state NOT IN ('cancelled', 'completed')
         AND NOT (b.state IN ('held', 'awaiting_deposit') AND b."holdExpiresAt" <= now()))
      OR EXISTS (SELECT 1 FROM "Booking" b WHERE b."patientId" = wanted_patient AND b.state IN ('held', 'awaiting_deposit')
         AND b."holdExpiresAt" > now()) $$;

-- Who would be offered a place of this day now, the first in order first: whose window holds it, who can still go, has no
-- day and no other open offer, and was not offered this day before. A day that begins before the hours of an offer are over
-- is offered to nobody: anybody can book it. Asked as the system.
CREATE FUNCTION waiting_for(wanted uuid) RETURNS SETOF "WaitingEntry" LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN QUERY
    SELECT e.* FROM "ProcedureSlot" s
      JOIN "WaitingEntry" e ON e."clinicId" = s."clinicId" AND e.treatment = s.treatment AND e.state = 'waiting'
      JOIN "Case" c ON c.id = e."caseId" JOIN "Estimate" q ON q.id = e."estimateId" JOIN "Review" r ON r.id = q."reviewId"
     WHERE s.id = wanted AND s."on" BETWEEN e."fromOn" AND e."toOn"
       AND s."on"::timestamp AT TIME ZONE 'UTC' >= now() + make_interval(hours => waiting_offer_hours())
       AND c.stage IN ('choosing', 'contracting') AND q.state = 'accepted'
       AND (r."answerExpiresAt" IS NULL OR r."answerExpiresAt" > now())
       AND r.answer->>'urgency' IS DISTINCT FROM 'emergency' AND r.answer->>'fitToTravel' IS DISTINCT FROM 'no'
       AND NOT EXISTS (SELECT 1 FROM "WaitingOffer" f WHERE f."entryId" = e.id AND (f.state = 'open' OR f."slotId" = wanted))
       AND NOT has_a_day(e."caseId", e."patientId")
     ORDER BY e.turn;
END $$;

-- Gives every free place of a day to whoever is next in order; how many. The day is locked by the caller.
CREATE FUNCTION offer_places(wanted uuid) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  was text := app_role();
  s "ProcedureSlot";
  e "WaitingEntry";
  made uuid;
  given int := 0;
BEGIN
  PERFORM set_config('app.role', 'system', true);
  SELECT * INTO s FROM "ProcedureSlot" WHERE id = wanted;
  -- Nearly always nobody waits, and one look into a small index says so.
  IF EXISTS (SELECT 1 FROM "WaitingEntry" w WHERE w."clinicId" = s."clinicId" AND w.treatment = s.treatment AND w.state = 'waiting') THEN
    PERFORM lock_waiting_list(s."clinicId", s.treatment);
    WHILE EXISTS (SELECT 1 FROM "ProcedureSlot" WHERE id = wanted AND taken < capacity) LOOP
      SELECT * INTO e FROM waiting_for(wanted) LIMIT 1;
      EXIT WHEN e.id IS NULL;
      made := new_uuid7();
      INSERT INTO "WaitingOffer" (id, "entryId", "caseId", "slotId", "expiresAt")
        VALUES (made, e.id, e."caseId", wanted, now() + make_interval(hours => waiting_offer_hours()));
      INSERT INTO "CaseEvent" (id, "caseId", kind, "actorRole") VALUES (new_uuid7(), e."caseId", 'waiting_offered', 'system');
      INSERT INTO "AuditEvent" (id, event, "actorRole", "caseId", "objectType", "objectId", facts)
        VALUES (new_uuid7(), 'waiting.offered', 'system', e."caseId", 'waiting_offer', made::text, jsonb_build_object('on', s."on"));
      PERFORM pg_notify('app_events', jsonb_build_object('kind', 'case', 'caseId', e."caseId")::text);
      given := given + 1;
    END LOOP;
  END IF;
  PERFORM set_config('app.role', was, true);
  RETURN given;
END $$;

CREATE FUNCTION freed_places_offered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM offer_places(NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER freed_places_offered AFTER UPDATE ON "ProcedureSlot" FOR EACH ROW
  WHEN (NEW.taken < NEW.capacity AND (NEW.taken < OLD.taken OR NEW.capacity > OLD.capacity)) EXECUTE FUNCTION freed_places_offered();
CREATE TRIGGER new_places_offered AFTER INSERT ON "ProcedureSlot" FOR EACH ROW
  WHEN (NEW.taken < NEW.capacity) EXECUTE FUNCTION freed_places_offered();

-- An open offer holds its place. Accepted, the place goes over to the booking without ever being free; ended otherwise, it is
-- given back, and so offered to the next.
CREATE FUNCTION offer_holds_its_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    UPDATE "ProcedureSlot" SET taken = taken + 1 WHERE id = NEW."slotId";
  ELSIF NEW.state = 'accepted' THEN
    IF NOT EXISTS (SELECT 1 FROM "Booking" b WHERE b.id = NEW."bookingId" AND b."slotId" = NEW."slotId" AND b."caseId" = NEW."caseId" AND b.state = 'held') THEN
      RAISE EXCEPTION 'An accepted offer is a hold of the same day and case.' USING ERRCODE = 'check_violation';
    END IF;
    UPDATE "WaitingEntry" SET state = 'booked', "endedAt" = now() WHERE id = NEW."entryId" AND state = 'waiting';
  ELSE
    UPDATE "WaitingEntry" SET state = 'lapsed', "endCause" = 'silent', "endedAt" = now()
     WHERE id = NEW."entryId" AND state = 'waiting' AND NEW.state = 'lapsed'
       AND (SELECT count(*) FROM "WaitingOffer" o WHERE o."entryId" = NEW."entryId" AND o.state = 'lapsed'
         AND o."toldAt" <= o."expiresAt" - make_interval(hours => waiting_told_hours())) >= waiting_silences_max();
    UPDATE "ProcedureSlot" SET taken = taken - 1 WHERE id = NEW."slotId";
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER offer_takes_its_place AFTER INSERT ON "WaitingOffer" FOR EACH ROW WHEN (NEW.state = 'open') EXECUTE FUNCTION offer_holds_its_place();
CREATE TRIGGER offer_gives_its_place AFTER UPDATE OF state ON "WaitingOffer" FOR EACH ROW
  WHEN (OLD.state = 'open' AND NEW.state <> 'open') EXECUTE FUNCTION offer_holds_its_place();
CREATE FUNCTION offer_begins_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'An offer begins open.' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER offer_begins_open BEFORE INSERT ON "WaitingOffer" FOR EACH ROW WHEN (NEW.state <> 'open') EXECUTE FUNCTION offer_begins_open();

-- Ends an open offer, and the next in order is offered its place in the same act. An offer past its time can only lapse, or
-- counts as given back where its patient had found another day.
CREATE FUNCTION end_offer(wanted uuid, to_state "OfferState") RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  was text := app_role();
  s record;
  ended "WaitingOffer";
BEGIN
  PERFORM set_config('app.role', 'system', true);
  SELECT p.id, p."clinicId", p.treatment INTO s FROM "WaitingOffer" f JOIN "ProcedureSlot" p ON p.id = f."slotId" WHERE f.id = wanted FOR NO KEY UPDATE OF p;
  IF FOUND THEN
    PERFORM lock_waiting_list(s."clinicId", s.treatment);
    UPDATE "WaitingOffer" f SET "endedAt" = now(), state = CASE WHEN to_state = 'lapsed' AND has_a_day(e."caseId", e."patientId")
        THEN 'withdrawn' ELSE to_state END
      FROM "WaitingEntry" e
     WHERE f.id = wanted AND e.id = f."entryId" AND f.state = 'open' AND (f."expiresAt" <= now()) = (to_state = 'lapsed')
     RETURNING f.* INTO ended;
    IF ended.state = 'lapsed' THEN
      INSERT INTO "CaseEvent" (id, "caseId", kind, "actorRole") VALUES (new_uuid7(), ended."caseId", 'waiting_lapsed', 'system');
    END IF;
    IF ended.state IN ('lapsed', 'withdrawn') THEN
      INSERT INTO "AuditEvent" (id, event, "actorRole", "caseId", "objectType", "objectId")
        VALUES (new_uuid7(), 'waiting.' || ended.state, 'system', ended."caseId", 'waiting_offer', ended.id::text);
      PERFORM pg_notify('app_events', jsonb_build_object('kind', 'case', 'caseId', ended."caseId")::text);
    END IF;
  END IF;
  PERFORM set_config('app.role', was, true);
  RETURN ended.id IS NOT NULL;
END $$;

-- Puts a case on the list, unless a day of its window is free: then there is nothing to wait for. The days are locked, so
-- that none becomes free unseen meanwhile.
CREATE FUNCTION join_waiting(entry jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  was text := app_role();
  e "WaitingEntry" := jsonb_populate_record(NULL::"WaitingEntry", entry);
  open_day record;
  drawn bigint;
  answer jsonb;
BEGIN
  IF was NOT IN ('system', 'coordinator') AND NOT app_has_access(e."caseId") THEN
    RAISE EXCEPTION 'This case is not yours.' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM set_config('app.role', 'system', true);
  PERFORM 1 FROM "ProcedureSlot" s WHERE s."clinicId" = e."clinicId" AND s.treatment = e.treatment AND s."on" BETWEEN e."fromOn" AND e."toOn"
    ORDER BY s.id FOR SHARE;
  PERFORM lock_waiting_list(e."clinicId", e.treatment);
  SELECT f."slotId", f."on" INTO open_day FROM free_slots(e."clinicId", e.treatment, GREATEST(e."fromOn", now()::date + 1), e."toOn") f
    WHERE f.free > 0 ORDER BY f."on" LIMIT 1;
  IF FOUND THEN
    answer := jsonb_build_object('clash', 'day_free', 'slotId', open_day."slotId", 'on', open_day."on");
  ELSE
    INSERT INTO "WaitingEntry" (id, "caseId", "patientId", "estimateId", "clinicId", treatment, reason, "joinedById", "joinedRole", "joinedName", "fromOn", "toOn")
      VALUES (e.id, e."caseId", e."patientId", e."estimateId", e."clinicId", e.treatment, e.reason, e."joinedById", e."joinedRole", e."joinedName", e."fromOn", e."toOn")
      ON CONFLICT DO NOTHING RETURNING turn INTO drawn;
    answer := CASE WHEN drawn IS NULL THEN '{"clash": "already_waiting"}'::jsonb ELSE jsonb_build_object('clash', NULL, 'turn', drawn) END;
  END IF;
  PERFORM set_config('app.role', was, true);
  RETURN answer;
END $$;

-- Ends an entry; a place that is kept for it goes to the next in order in the same act. NULL when it was offered a day in
-- this very moment: then it is asked again.
CREATE FUNCTION end_waiting(wanted uuid, cause text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  was text := app_role();
  kept uuid;
  is_over boolean;
BEGIN
  PERFORM set_config('app.role', 'system', true);
  SELECT f.id INTO kept FROM "WaitingOffer" f WHERE f."entryId" = wanted AND f.state = 'open';
  IF kept IS NOT NULL AND NOT end_offer(kept, 'withdrawn') THEN
    PERFORM end_offer(kept, 'lapsed');
  END IF;
  PERFORM lock_waiting_list(e."clinicId", e.treatment) FROM "WaitingEntry" e WHERE e.id = wanted;
  IF NOT EXISTS (SELECT 1 FROM "WaitingOffer" f WHERE f."entryId" = wanted AND f.state = 'open') THEN
    UPDATE "WaitingEntry" SET state = 'left', "endCause" = cause, "endedAt" = now() WHERE id = wanted AND state = 'waiting';
    is_over := FOUND;
  END IF;
  PERFORM set_config('app.role', was, true);
  RETURN is_over;
END $$;

-- Which place in the line a live entry has; others are counted, never shown.
CREATE FUNCTION waiting_position(wanted uuid) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  was text := app_role();
  answer int;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM "WaitingEntry" WHERE id = wanted AND state = 'waiting') THEN
    RETURN NULL;
  END IF;
  PERFORM set_config('app.role', 'system', true);
  SELECT count(*) INTO answer FROM "WaitingEntry" e JOIN "WaitingEntry" o ON o."clinicId" = e."clinicId" AND o.treatment = e.treatment
     AND o.state = 'waiting' AND o.turn <= e.turn WHERE e.id = wanted;
  PERFORM set_config('app.role', was, true);
  RETURN answer;
END $$;

-- How many wait at a centre, for its own cabinet.
CREATE FUNCTION waiting_counts(wanted_clinic uuid) RETURNS TABLE (treatment text, waiting int) LANGUAGE plpgsql AS $$
DECLARE was text := app_role();
BEGIN
  PERFORM set_config('app.role', 'system', true);
  RETURN QUERY SELECT e.treatment, count(*)::int FROM "WaitingEntry" e WHERE e."clinicId" = wanted_clinic AND e.state = 'waiting'
    GROUP BY e.treatment ORDER BY e.treatment;
  PERFORM set_config('app.role', was, true);
END $$;

-- As before; what has run out counts as free only for those who are left when everybody who waits for the day has had a place.
CREATE OR REPLACE FUNCTION free_slots(wanted_clinic uuid, wanted_treatment text, from_on date, to_on date)
RETURNS TABLE ("slotId" uuid, treatment text, "on" date, capacity int, free int) LANGUAGE plpgsql AS $$
DECLARE was text := COALESCE(current_setting('app.role', true), '');
BEGIN
  PERFORM set_config('app.role', 'system', true);
  RETURN QUERY
    SELECT s.id, s.treatment, s."on", s.capacity,
           LEAST(s.capacity, s.capacity - s.taken + CASE WHEN stale.places > 0
             THEN GREATEST(0, stale.places - (SELECT count(*)::int FROM waiting_for(s.id))) ELSE 0 END)
      FROM "ProcedureSlot" s CROSS JOIN LATERAL (
        SELECT (SELECT count(*)::int FROM "Booking" b
                 WHERE b."slotId" = s.id AND b.state IN ('held', 'awaiting_deposit') AND b."holdExpiresAt" <= now())
             + (SELECT count(*)::int FROM "WaitingOffer" f WHERE f."slotId" = s.id AND f.state = 'open' AND f."expiresAt" <= now()) AS places) stale
     WHERE s."clinicId" = wanted_clinic AND (wanted_treatment IS NULL OR s.treatment = wanted_treatment)
       AND s."on" BETWEEN from_on AND to_on
     ORDER BY s."on", s.treatment LIMIT 1000;
  PERFORM set_config('app.role', was, true);
END $$;
