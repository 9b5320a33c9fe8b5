-- A ride that was driven, a talk with its minutes, a parcel that arrived: each proves one line, never two.
CREATE FUNCTION release_line_by_own_proof() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.evidence NOT IN ('transfer_done', 'interpreter_minutes', 'shipment_delivered') THEN
    RETURN NEW;
  END IF;
  -- Of two releases at once by one proof the second waits here, and then sees the first.
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW."evidenceId"::text, 20261123));
  IF EXISTS (
      SELECT 1 FROM "ReleaseLine" l WHERE l."bookingId" = NEW."bookingId" AND l."evidenceId" = NEW."evidenceId"
        AND l.evidence = NEW.evidence AND l."serviceId" <> NEW."serviceId" AND l."isLive") THEN
    RAISE EXCEPTION 'What proves one line of a booking pays no other.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER release_line_by_own_proof BEFORE INSERT ON "ReleaseLine" FOR EACH ROW EXECUTE FUNCTION release_line_by_own_proof();
