-- Remembers when a browser was opened by a link from a mail: the only proof somebody without a password can give.
ALTER TABLE "Session" ADD COLUMN "linkAt" TIMESTAMPTZ;
