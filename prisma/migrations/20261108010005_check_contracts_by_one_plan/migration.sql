-- As for claims: one function for all conditions of the table. By itself, so that no migration waits for one table with another
-- in its hand.
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
