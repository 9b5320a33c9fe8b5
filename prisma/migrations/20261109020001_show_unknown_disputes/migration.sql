-- Finance is asked to look at a dispute that the payment provider does not know.
CREATE POLICY unknown_dispute ON "Task" USING (app_role() = 'finance' AND kind = 'dispute_unknown');
