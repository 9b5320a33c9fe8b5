-- Keeps the words of a search row in the row itself: stored aside, each row looked at for its words cost seven pages more.

ALTER TABLE "ClinicSearch" SET (toast_tuple_target = 8160);

-- Written once more, so that the rows there are stand as the rows to come.
UPDATE "ClinicSearch" SET "words" = array_cat("words", ARRAY[]::text[]);
