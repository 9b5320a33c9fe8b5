import "server-only";
import { constants, inflateRawSync } from "node:zlib";
import { fileTypeFromBuffer } from "file-type";
import { type StoredFile, readRange } from "@/lib/infra/record-store";
import {
  ARCHIVE_TAIL_BYTES,
  type ArchiveEntry,
  archiveFault,
  ENTRIES_MAX,
  LOCAL_HEADER_BYTES,
  packedBytesAt,
  readArchiveEnd,
  readDirectory,
} from "./archive";
import { DICOMDIR_CLASS, type DicomHeader, isDicom, readDicomHeader } from "./dicom";
import { type FindingCode, finding } from "./finding";
import { dicomFindings, headerOf } from "./inspect-dicom";
import type { Expected, Inspection } from "./inspection";
import { judgeMedia } from "./media";

const DIRECTORY_BYTES_MAX = 16 * 1024 ** 2;
const SAMPLES = 40;
const SAMPLE_BYTES = 512 * 1024;
const STORED = 0;
const DEFLATED = 8;
const TEXT_NAMES = /(^|\/)(readme|license|version|index)?[^/]*\.(txt|md|csv|xml|json|inf|ini)$/i;
const PROGRAM_NAMES =
  /\.(exe|dll|com|scr|bat|cmd|ps1|vbs|js|jse|wsf|msi|lnk|hta|html?|svg|app|sh|docm|xlsm)$/i;

/** A zip is taken as a container of DICOM files or of reports: nothing is unpacked but the heads of some entries. */
export async function inspectArchive(file: StoredFile, expected: Expected): Promise<Inspection> {
  const entries = await entriesOf(file);
  if (entries === null || entries === "overfull") {
    return fault(entries === "overfull" ? "overfull_archive" : "broken_archive", ENTRIES_MAX);
  }
  const wrong = archiveFault(entries);
  if (wrong) return fault(wrong, entries.length);
  if (entries.length === 0) return fault("broken_archive", 0);
  if (entries.some((entry) => PROGRAM_NAMES.test(entry.name)))
    return fault("strange_archive", entries.length);
  return lookInside(file, entries, expected);
}

function fault(code: FindingCode, entries: number): Inspection {
  return { kind: "unknown", mediaType: "application/zip", findings: [finding(code, { entries })] };
}

async function entriesOf(file: StoredFile): Promise<ArchiveEntry[] | "overfull" | null> {
  const tailAt = Math.max(0, file.sizeBytes - ARCHIVE_TAIL_BYTES);
  const end = readArchiveEnd(await bytesOf(file, tailAt, file.sizeBytes), tailAt);
  if (!end || end.directoryAt + end.directoryBytes > file.sizeBytes) return null;
  if (end.entries > ENTRIES_MAX || end.directoryBytes > DIRECTORY_BYTES_MAX) return "overfull";
  const directory = await bytesOf(file, end.directoryAt, end.directoryAt + end.directoryBytes);
  return readDirectory(directory, end.entries);
}

async function lookInside(
  file: StoredFile,
  entries: ArchiveEntry[],
  expected: Expected,
): Promise<Inspection> {
  const step = Math.max(1, Math.floor(entries.length / SAMPLES));
  const kinds = new Set<string>();
  let first: DicomHeader | null = null;
  for (const entry of entries.filter((_, index) => index % step === 0)) {
    if (entry.plainBytes === 0) continue;
    const head = await headOf(file, entry);
    if (head === null) return fault("broken_archive", entries.length);
    const sniffed = await fileTypeFromBuffer(head.subarray(0, 65_536));
    const media = judgeMedia(head, sniffed?.mime ?? null, isDicom(head));
    const isText = media.fault === "unknown_type" && TEXT_NAMES.test(entry.name);
    if (media.kind === "dicom_archive") return fault("nested_archive", entries.length);
    if (media.fault && !isText) return fault("strange_archive", entries.length);
    if (!media.fault) kinds.add(media.kind);
    const header = media.kind === "dicom" ? readDicomHeader(head) : null;
    if (!first && header && header.sopClassUid !== DICOMDIR_CLASS) first = header;
  }
  if (first) return studyOf(first, entries.length, expected);
  return kinds.size > 0
    ? { kind: "report_archive", mediaType: "application/zip", findings: [] }
    : fault("strange_archive", entries.length);
}

function studyOf(first: DicomHeader, fileCount: number, expected: Expected): Inspection {
  const found = dicomFindings(first, expected).filter((one) => one.code !== "single_frame");
  return {
    kind: "dicom_archive",
    mediaType: "application/zip",
    findings: found,
    header: headerOf(first, fileCount),
    ...(first.pixels ? { frameCount: first.pixels.frames } : {}),
    ...(first.examOn ? { examOn: first.examOn } : {}),
  };
}

/** The first plain bytes of an entry; null when it is damaged or packed in a way nobody uses. */
async function headOf(file: StoredFile, entry: ArchiveEntry): Promise<Buffer | null> {
  const header = await bytesOf(file, entry.headerAt, entry.headerAt + LOCAL_HEADER_BYTES);
  const at = packedBytesAt(header, entry.headerAt);
  if (at === null || at + entry.packedBytes > file.sizeBytes) return null;
  const packed = await bytesOf(file, at, at + Math.min(entry.packedBytes, SAMPLE_BYTES));
  if (entry.method === STORED) return packed;
  return entry.method === DEFLATED ? inflateHead(packed) : null;
}

function inflateHead(packed: Buffer): Buffer | null {
  try {
    return inflateRawSync(packed, {
      finishFlush: constants.Z_SYNC_FLUSH,
      maxOutputLength: SAMPLE_BYTES * 110,
    });
  } catch {
    // Damaged, or blown up beyond any honest ratio.
    return null;
  }
}

async function bytesOf(file: StoredFile, start: number, end: number): Promise<Buffer> {
  const pieces = await Array.fromAsync(readRange(file, start, Math.min(end, file.sizeBytes)));
  return Buffer.concat(pieces);
}
