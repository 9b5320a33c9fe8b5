-- That a booking went to another day is a fact its contracts, its statement and its papers tell: from which day to which, when,
-- by whom and whose wish it was. Until now only the trail knew it.
CREATE TABLE "BookingMove" (
    "id" UUID NOT NULL,
    "bookingId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "cause" TEXT NOT NULL,
    "movedById" UUID NOT NULL,
    "movedByRole" TEXT NOT NULL,
    "movedByName" TEXT NOT NULL,
    "fromOn" DATE NOT NULL,
    "toOn" DATE NOT NULL,
    "movedAt" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "BookingMove_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "BookingMove_bookingId_movedAt_idx" ON "BookingMove"("bookingId", "movedAt");

ALTER TABLE "BookingMove" ADD CONSTRAINT "BookingMove_bookingId_fkey" FOREIGN KEY ("bookingId") REFERENCES "Booking"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "BookingMove" ADD CONSTRAINT "move_goes_elsewhere" CHECK ("fromOn" <> "toOn");

-- Moves of before, as the trail kept them.
SELECT set_config('app.role', 'system', true);
INSERT INTO "BookingMove" (id, "bookingId", "caseId", cause, "movedById", "movedByRole", "movedByName", "fromOn", "toOn", "movedAt")
  SELECT a.id, b.id, b."caseId", a.facts->>'cause', a."actorId", a."actorRole", COALESCE(NULLIF(a."actorName", ''), '–'),
         (a.facts->>'from')::date, (a.facts->>'to')::date, a.at
    FROM "AuditEvent" a JOIN "Booking" b ON b.id::text = a."objectId"
   WHERE a.event = 'booking.rescheduled' AND a."objectType" = 'booking' AND a."actorId" IS NOT NULL;

-- Written once, by the act that moves the booking, and never changed.
GRANT SELECT, INSERT ON "BookingMove" TO valvia_app;
ALTER TABLE "BookingMove" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "BookingMove" FORCE ROW LEVEL SECURITY;
CREATE POLICY readers ON "BookingMove" FOR SELECT USING (app_booking("caseId", "bookingId"));
CREATE POLICY writers ON "BookingMove" FOR INSERT WITH CHECK (app_role() = 'system');
