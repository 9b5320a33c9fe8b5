-- How a release ends whose money came back to us, or never left.
ALTER TYPE "ReleaseState" ADD VALUE 'withdrawn';
ALTER TYPE "ReleaseState" ADD VALUE 'returned';
