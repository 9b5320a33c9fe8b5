-- Bounds the times the operator gives an answer: whole minutes, at most 30 days. What was set before is left and read as 30 days.
ALTER TABLE "Setting" ADD CONSTRAINT "answer_times_within_30_days" CHECK (
  key <> 'answer_times' OR (
    CASE WHEN jsonb_typeof(value -> 'minutes') = 'number'
         THEN (value ->> 'minutes')::numeric BETWEEN 1 AND 43200 ELSE value -> 'minutes' IS NULL END
    AND
    CASE WHEN jsonb_typeof(value -> 'urgentMinutes') = 'number'
         THEN (value ->> 'urgentMinutes')::numeric BETWEEN 1 AND 43200 ELSE value -> 'urgentMinutes' IS NULL END))
  NOT VALID;
