-- Finance is asked to look at a card payment about which the provider's answer could not be booked.
CREATE POLICY stuck ON "Task" USING (app_role() = 'finance' AND kind = 'payment_stuck');
