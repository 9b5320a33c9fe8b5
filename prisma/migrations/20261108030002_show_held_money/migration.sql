-- Finance is asked to look at money that is held for a trip that ended without anybody billing it.
CREATE POLICY held ON "Task" USING (app_role() = 'finance' AND kind = 'money_held');
