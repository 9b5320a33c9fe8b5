import dicomParser, { type DataSet } from "dicom-parser";
import { z } from "zod";
import { type Finding, finding } from "./finding";

export const NAMED_MAX = 20_000;
const NAMES_TOLD = 5;

/** One file a disc's index names. */
export const namedFile = z.object({
  /** From the index's own folder, in capitals. */
  path: z.string().max(200),
  /** What the file itself must say it is; null where the index does not tell. */
  instanceUid: z.string().max(64).nullable(),
});
export type NamedFile = z.infer<typeof namedFile>;

/** A file that is here, by where it lay and by what it says it is. */
export interface HereFile {
  path: string;
  instanceUid: string | null;
}

/** The files a DICOMDIR names; null when it cannot be read. */
export function filesNamedIn(index: Uint8Array): NamedFile[] | null {
  try {
    return namesIn(dicomParser.parseDicom(index));
  } catch {
    // An index that cannot be read tells nothing; the pictures are there without it.
    return null;
  }
}

function namesIn(set: DataSet): NamedFile[] {
  const records = set.elements.x00041220?.items ?? [];
  return records.slice(0, NAMED_MAX).flatMap(({ dataSet }) => {
    const id = dataSet?.string("x00041500");
    return id ? [{ path: pathOf(id), instanceUid: plain(dataSet?.string("x00041511")) }] : [];
  });
}

function pathOf(id: string): string {
  const parts = id.replaceAll("\u0000", "").split("\\");
  return parts
    .map((part) => part.trim())
    .join("/")
    .toUpperCase()
    .slice(0, 200);
}

const lastOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);
const plain = (uid: string | undefined) => uid?.replaceAll("\u0000", "").trim().slice(0, 64) || null;

/**
 * Which of the named files are not here, by their paths. A file is known by its place beside the index or, wherever it
 * lies and whatever it is called, by what it says it is; files that came one by one have lost their folders, so where
 * the index tells no more their last name is enough. Discs number versions (";1") and forget their capitals.
 */
export function missingFrom(
  named: readonly NamedFile[],
  indexPath: string,
  here: readonly HereFile[],
): string[] {
  const folder = indexPath.slice(0, Math.max(0, indexPath.length - "DICOMDIR".length)).toUpperCase();
  const paths = new Set(
    here.map(({ path }) => path.toUpperCase().replaceAll("\\", "/").replace(/;\d+$/, "")),
  );
  const instances = new Set(here.flatMap(({ instanceUid }) => instanceUid ?? []));
  return named
    .filter(({ path, instanceUid }) => {
      const isKnown = instanceUid === null ? paths.has(lastOf(path)) : instances.has(instanceUid);
      return !isKnown && !paths.has(folder + path) && !paths.has(`${folder}${path}.DCM`);
    })
    .map(({ path }) => path);
}

/** Whether a disc came whole, as a sentence that names the first of what did not. */
export function discFinding(named: readonly NamedFile[], missing: readonly string[]): Finding {
  if (missing.length === 0) return finding("disc_complete", { named: named.length });
  const names = missing.slice(0, NAMES_TOLD).join(", ") + (missing.length > NAMES_TOLD ? ", …" : "");
  return finding("disc_incomplete", { named: named.length, missing: missing.length, names });
}
