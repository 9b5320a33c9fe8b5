import dicomParser, { type DataSet } from "dicom-parser";

const NAMED_MAX = 100_000;

/** The files a DICOMDIR names, as paths from its own folder in capitals; null when it cannot be read. */
export function filesNamedIn(index: Uint8Array): string[] | null {
  try {
    return namesIn(dicomParser.parseDicom(index));
  } catch {
    // An index that cannot be read tells nothing; the pictures are there without it.
    return null;
  }
}

function namesIn(set: DataSet): string[] {
  const records = set.elements.x00041220?.items ?? [];
  return records
    .slice(0, NAMED_MAX)
    .flatMap(({ dataSet }) => dataSet?.string("x00041500") ?? [])
    .map((id) =>
      id
        .replaceAll("\u0000", "")
        .split("\\")
        .map((part) => part.trim())
        .join("/")
        .toUpperCase(),
    );
}

/** How many of the named files are not among these paths. Discs number versions (";1") and forget their capitals. */
export function missingFrom(named: readonly string[], indexPath: string, paths: readonly string[]): number {
  const folder = indexPath.slice(0, indexPath.length - "DICOMDIR".length).toUpperCase();
  const there = new Set(paths.map((path) => path.toUpperCase().replaceAll("\\", "/").replace(/;\d+$/, "")));
  return named.filter((name) => !there.has(folder + name) && !there.has(`${folder}${name}.DCM`)).length;
}
