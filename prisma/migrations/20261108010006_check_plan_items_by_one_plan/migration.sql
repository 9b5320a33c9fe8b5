-- As for claims: one function for all conditions of the table. By itself, so that no migration waits for one table with another
-- in its hand.
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
