import "server-only";
import { fileTypeFromBuffer } from "file-type";
import type { StoredFile } from "@/lib/infra/record-store";
import { type ArchiveEntry, archiveFault, ENTRIES_MAX } from "./archive";
import { isDicom } from "./dicom";
import { isProgramName, roleOf, viewerFolders } from "./disc";
import { discFinding, filesNamedIn, missingFrom } from "./disc-index";
import { type Finding, type FindingCode, finding } from "./finding";
import type { Inspection } from "./inspection";
import { judgeMedia } from "./media";
import { ArchiveReader, BrokenEntry } from "./read-archive";

const SAMPLES = 40;
const SAMPLE_BYTES = 64 * 1024;
const INDEX_BYTES_MAX = 16 * 1024 ** 2;

/**
 * A zip is a container: of a disc with DICOM files, or of reports. Here its structure is judged and some files are
 * looked at; when it is sound each file becomes a record of its own, with a check of its own.
 */
export async function inspectArchive(file: StoredFile): Promise<Inspection> {
  const reader = new ArchiveReader(file);
  const directory = await reader.directory();
  if (directory === null || directory === "overfull")
    return fault(directory === "overfull" ? "overfull_archive" : "broken_archive", ENTRIES_MAX);
  const { entries, at } = directory;
  const wrong = archiveFault(entries, at);
  if (wrong) return fault(wrong, entries.length);
  if (entries.length === 0) return fault("broken_archive", 0);
  return lookInside(reader, entries);
}

function fault(code: FindingCode, entries: number): Inspection {
  return { kind: "unknown", mediaType: "application/zip", findings: [finding(code, { entries })] };
}

async function lookInside(reader: ArchiveReader, entries: readonly ArchiveEntry[]): Promise<Inspection> {
  const folders = viewerFolders(entries.map(({ name }) => name));
  const given = entries.filter((entry) => roleOf(entry, folders) === "record");
  const index = entries.find((entry) => roleOf(entry, folders) === "index") ?? null;
  const kinds = await kindsOf(reader, given);
  if (kinds.has("dicom_archive")) return fault("nested_archive", entries.length);
  const isDisc = kinds.has("dicom") || index !== null;
  // On a disc of pictures a viewer's programs are left out; among reports they have no business.
  const isStrange = kinds.size === 0 || (!isDisc && entries.some(({ name }) => isProgramName(name)));
  if (isStrange) return fault("strange_archive", entries.length);
  return {
    kind: isDisc ? "dicom_archive" : "report_archive",
    mediaType: "application/zip",
    findings: index ? await indexFindings(reader, index, entries) : [],
  };
}

/** What files here and there in the archive are. One that is nothing we take leaves no kind. */
async function kindsOf(reader: ArchiveReader, given: readonly ArchiveEntry[]): Promise<Set<string>> {
  const kinds = new Set<string>();
  const step = Math.max(1, Math.floor(given.length / SAMPLES));
  for (const entry of given.filter((_, index) => index % step === 0)) {
    const head = await reader.head(entry, SAMPLE_BYTES);
    if (head === null) continue;
    const sniffed = await fileTypeFromBuffer(head.subarray(0, SAMPLE_BYTES));
    const media = judgeMedia(head, sniffed?.mime ?? null, isDicom(head));
    if (media.fault === null) kinds.add(media.kind);
  }
  return kinds;
}

/** Whether everything is there that the disc's own index names. */
async function indexFindings(
  reader: ArchiveReader,
  index: ArchiveEntry,
  entries: readonly ArchiveEntry[],
): Promise<Finding[]> {
  const bytes = index.plainBytes > INDEX_BYTES_MAX ? null : await wholeOf(reader, index);
  const named = bytes && filesNamedIn(bytes);
  if (!named || named.length === 0) return [];
  const here = entries.map(({ name }) => ({ path: name, instanceUid: null }));
  return [discFinding(named, missingFrom(named, index.name, here))];
}

async function wholeOf(reader: ArchiveReader, entry: ArchiveEntry): Promise<Buffer | null> {
  try {
    return Buffer.concat(await Array.fromAsync(reader.plain(entry)));
  } catch (error) {
    if (error instanceof BrokenEntry) return null;
    throw error;
  }
}
