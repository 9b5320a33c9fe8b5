-- What is looked at with every hold costs less. A condition that stands with a constraint or a trigger is read from its text
-- and planned anew by each statement; inside a function of the database it is kept as long as the connection lives.

-- As before, for the same people: whoever reads as a patient or a centre asks this of each row.
CREATE OR REPLACE FUNCTION app_has_access(wanted uuid) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF app_role() = 'patient' THEN
    RETURN EXISTS (
      SELECT 1 FROM "CaseAccess" a WHERE a."caseId" = wanted AND a."personId" = app_person()
        AND a."revokedAt" IS NULL AND (a."expiresAt" IS NULL OR a."expiresAt" > now()));
  ELSIF app_is_clinic() THEN
    RETURN EXISTS (
      SELECT 1 FROM "CaseAccess" a WHERE a."caseId" = wanted AND a."clinicId" = app_clinic()
        AND a."revokedAt" IS NULL AND (a."expiresAt" IS NULL OR a."expiresAt" > now()));
  END IF;
  RETURN false;
END $$;

-- The four checks of a booking's states in one: each state has its dates, and a cancelled booking says when and why.
CREATE FUNCTION booking_dates_fit(
  state "BookingState", hold_expires timestamptz, paid timestamptz, confirmed timestamptz, cancelled timestamptz, cause text
) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN (state = 'cancelled') = (cancelled IS NOT NULL) AND CASE
    WHEN state IN ('held', 'awaiting_deposit') THEN hold_expires IS NOT NULL
    WHEN state = 'cancelled' THEN cause IS NOT NULL
    WHEN state = 'awaiting_centre' THEN paid IS NOT NULL
    WHEN state IN ('confirmed', 'completed') THEN paid IS NOT NULL AND confirmed IS NOT NULL
    ELSE false
  END;
END $$;
ALTER TABLE "Booking"
  ADD CONSTRAINT "booking_dates_fit" CHECK (booking_dates_fit(state, "holdExpiresAt", "paidAt", "confirmedAt", "cancelledAt", "cancelCause")),
  DROP CONSTRAINT "booking_hold_expires",
  DROP CONSTRAINT "booking_paid_at",
  DROP CONSTRAINT "booking_confirmed_at",
  DROP CONSTRAINT "booking_cancelled_why";

-- The two triggers of a day whose places change in one. First the announcement, then the waiting list, as before.
CREATE FUNCTION announce_free_days(changed uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF changed IS NOT NULL THEN
    -- The second of two who take the last places of a centre sees what the first has committed.
    PERFORM pg_advisory_xact_lock(71, one.bucket)
       FROM (SELECT DISTINCT abs(hashtext(i::text) % 64) AS bucket FROM unnest(changed) i ORDER BY 1) AS one;
    UPDATE "ClinicSearch" s SET "lastFreeOn" = last_free_day(s."clinicId", s.treatment)
     WHERE s."clinicId" = ANY (changed) AND s."lastFreeOn" IS DISTINCT FROM last_free_day(s."clinicId", s.treatment);
    PERFORM announce_centres(changed);
    PERFORM pg_notify('catalogue', '{"lists":"days"}');
  END IF;
END $$;
CREATE OR REPLACE FUNCTION free_days_announced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce_free_days((SELECT array_agg(DISTINCT "clinicId") FROM touched));
  RETURN NULL;
END $$;
CREATE FUNCTION places_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.taken < OLD.capacity) IS DISTINCT FROM (NEW.taken < NEW.capacity) OR OLD."on" <> NEW."on" THEN
    PERFORM announce_free_days(ARRAY[NEW."clinicId"]);
  END IF;
  IF NEW.taken < NEW.capacity AND (NEW.taken < OLD.taken OR NEW.capacity > OLD.capacity) THEN
    PERFORM offer_places(NEW.id);
  END IF;
  RETURN NULL;
END $$;
DROP TRIGGER announced_update ON "ProcedureSlot";
DROP TRIGGER freed_places_offered ON "ProcedureSlot";
CREATE TRIGGER places_changed AFTER UPDATE ON "ProcedureSlot" FOR EACH ROW EXECUTE FUNCTION places_changed();
