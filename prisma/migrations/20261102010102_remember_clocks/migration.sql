-- Lets people recognise a browser they are signed in with by the clock it goes by.
ALTER TABLE "Session" ADD COLUMN "zone" TEXT;
