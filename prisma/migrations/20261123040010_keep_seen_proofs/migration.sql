-- What whoever approved a refund had seen, for causes that are proven; beside it stands who and when. It is never said anew.
ALTER TABLE "Refund" ADD COLUMN "seenProof" text,
  ADD CONSTRAINT "Refund_seen_check" CHECK ("seenProof" IS NULL
    OR ("approvedById" IS NOT NULL AND char_length("seenProof") BETWEEN 1 AND 500));

CREATE FUNCTION keep_seen_proof() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."seenProof" IS DISTINCT FROM OLD."seenProof" THEN
    RAISE EXCEPTION 'what was seen for a refund is never said anew' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER keep_seen_proof BEFORE UPDATE OF "seenProof" ON "Refund"
  FOR EACH ROW WHEN (OLD."seenProof" IS NOT NULL) EXECUTE FUNCTION keep_seen_proof();
