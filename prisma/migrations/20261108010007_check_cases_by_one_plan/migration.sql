-- As for claims: one function for all conditions of the table. By itself, so that no migration waits for one table with another
-- in its hand.
CREATE FUNCTION case_fits(
  stage "CaseStage", owner_kind "OwnerKind", owner uuid, patient uuid, draft text, submitted timestamptz, next_action text, next_due timestamptz
) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN (owner_kind = 'coordinator') = (owner IS NOT NULL)
    AND (patient IS NOT NULL OR draft IS NOT NULL OR stage = 'cancelled')
    AND (submitted IS NOT NULL OR stage IN ('draft', 'cancelled'))
    AND (next_action IS NOT NULL AND next_due IS NOT NULL
      OR stage IN ('closed', 'cancelled', 'no_offer', 'deceased', 'transferred'));
END $$;
ALTER TABLE "Case"
  ADD CONSTRAINT "case_fits" CHECK (
    case_fits(stage, "ownerKind", "ownerId", "patientId", "draftTokenHash", "submittedAt", "nextAction", "nextDueAt")),
  DROP CONSTRAINT "case_open_has_next",
  DROP CONSTRAINT "case_owner_named",
  DROP CONSTRAINT "case_somebody",
  DROP CONSTRAINT "case_submitted_at";
