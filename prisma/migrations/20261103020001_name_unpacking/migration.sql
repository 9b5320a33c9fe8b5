-- A zip becomes its files: while it does, and when it did, it is no file to judge.
ALTER TYPE "RecordState" ADD VALUE 'unpacking';
ALTER TYPE "RecordState" ADD VALUE 'unpacked';
