-- Finance is asked to get back what was passed on to a hospital beyond its corrected bill.
ALTER POLICY bills ON "Task" USING (
  app_role() = 'finance' AND kind IN ('settle_bill', 'bill_late', 'surplus_late', 'release_to_return'));
