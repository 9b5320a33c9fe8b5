-- The fee of a second opinion may come through the bank: when its payer said so is kept, once.
ALTER TABLE "SecondOpinion" ADD COLUMN "transferAnnouncedAt" TIMESTAMPTZ;
