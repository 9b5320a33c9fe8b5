-- What comes back of a service is an option of its line, so that it is sealed, hashed and booked with it. Only a service may name
-- one, and only a rule the refund calculator knows.
ALTER TABLE "EstimateLine" ADD CONSTRAINT "line_knows_its_rule" CHECK (
  options->>'refundRule' IS NULL
  OR (contract = 'B' AND kind <> 'operator_fee'
    AND options->>'refundRule' IN ('house', 'whole', 'less_proven_cost', 'half', 'supplier_rule')));
