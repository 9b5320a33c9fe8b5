-- A file whose damage was mended from a backup is again what it was before.
DROP TRIGGER only_declared_edges ON "Record";
CREATE TRIGGER only_declared_edges BEFORE UPDATE OF state ON "Record" FOR EACH ROW EXECUTE FUNCTION only_declared_edges(
  'uploading>scanning', 'scanning>readable', 'scanning>unreadable', 'scanning>infected', 'scanning>unpacking', 'unpacking>unpacked',
  'unpacking>unreadable', 'readable>accepted', 'readable>rejected', 'unreadable>rejected', 'accepted>rejected', 'rejected>accepted',
  'rejected>readable', 'unreadable>scanning');
