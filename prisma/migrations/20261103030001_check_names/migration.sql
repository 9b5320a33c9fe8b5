-- A name may be written into a picture, a paper or a photo, where only a person sees it. A coordinator's look is kept
-- beside the file: without it the file does not go to a centre that was asked without the name.

ALTER TABLE "Record" ADD COLUMN "namesCheckedById" UUID, ADD COLUMN "namesCheckedAt" TIMESTAMPTZ;
ALTER TABLE "Record" ADD CONSTRAINT "record_names_checked"
  CHECK (("namesCheckedById" IS NULL) = ("namesCheckedAt" IS NULL));
