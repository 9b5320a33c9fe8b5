-- What every hold writes is checked by conditions that keep their plan. A condition that stands with its table is read from its
-- text and planned anew by each statement that writes there: a tenth of a hold went there. The same conditions, one
-- function for each table. As before, what cannot be said (null) passes.

CREATE FUNCTION claim_fits(state "ClaimState", starts timestamptz, ends timestamptz, hold_expires timestamptz) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN starts < ends AND (state <> 'held' OR hold_expires IS NOT NULL);
END $$;
ALTER TABLE "Claim"
  ADD CONSTRAINT "claim_fits" CHECK (claim_fits(state, "startsAt", "endsAt", "holdExpiresAt")),
  DROP CONSTRAINT "claim_hold_expires",
  DROP CONSTRAINT "claim_time";

CREATE FUNCTION service_fits(line uuid, change_line uuid, amount bigint) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN (line IS NULL) <> (change_line IS NULL) AND amount >= 0;
END $$;
ALTER TABLE "BookingService"
  ADD CONSTRAINT "service_fits" CHECK (service_fits("lineId", "changeLineId", "amountMinor")),
  DROP CONSTRAINT "service_booked_by_one_line",
  DROP CONSTRAINT "service_never_negative";

CREATE FUNCTION contract_dates_fit(
  kind "ContractKind", signed timestamptz, signed_name text, countersigned timestamptz, withdrawn timestamptz, withdrawn_by uuid
) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN (signed IS NULL) = (signed_name IS NULL) AND (countersigned IS NULL OR signed IS NOT NULL)
    AND (withdrawn IS NULL) = (withdrawn_by IS NULL) AND (withdrawn IS NULL OR kind = 'B' AND signed IS NOT NULL);
END $$;
ALTER TABLE "Contract"
  ADD CONSTRAINT "contract_dates_fit" CHECK (
    contract_dates_fit(kind, "signedAt", "signedName", "countersignedAt", "withdrawnAt", "withdrawnById")),
  DROP CONSTRAINT "contract_signed",
  DROP CONSTRAINT "contract_withdrawn";

CREATE FUNCTION plan_item_fits(state "PlanItemState", amount bigint, paid bigint, part_a bigint, paid_a bigint) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN amount >= 0 AND paid >= 0 AND paid <= amount AND part_a >= 0 AND part_a <= amount
    AND paid_a >= 0 AND paid_a <= part_a AND paid_a <= paid AND paid - paid_a <= amount - part_a
    AND (state <> 'paid' OR paid = amount) AND (state <> 'partially_paid' OR paid > 0 AND paid < amount);
END $$;
ALTER TABLE "PlanItem"
  ADD CONSTRAINT "plan_item_fits" CHECK (plan_item_fits(state, "amountMinor", "paidMinor", "contractAMinor", "paidAMinor")),
  DROP CONSTRAINT "plan_item_paid",
  DROP CONSTRAINT "plan_item_part",
  DROP CONSTRAINT "plan_item_split";

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
