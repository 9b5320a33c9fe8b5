-- What a disc's index names is kept, so that what is missing can be told whenever somebody looks.
ALTER TABLE "Record" ADD COLUMN "discFiles" JSONB;
