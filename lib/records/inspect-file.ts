import "server-only";
import { fileTypeFromBuffer } from "file-type";
import { type StoredFile, readHead, readRange } from "@/lib/infra/record-store";
import { scanBytes } from "@/lib/infra/scanner";
import { isDicom } from "./dicom";
import { type Finding, finding, stopsUse } from "./finding";
import { inspectArchive } from "./inspect-archive";
import { inspectDicom } from "./inspect-dicom";
import { inspectImage } from "./inspect-image";
import { inspectPdf } from "./inspect-pdf";
import { type Media, judgeMedia } from "./media";
import type { RecordKind } from "./record";
import type { RecordHeader } from "./views";

/** What is known about the patient and the file before its bytes are looked at. */
export interface Expected {
  birthOn: string | null;
  names: string[];
  item: string | null;
}

/** What the bytes say. */
export interface Inspection {
  kind: RecordKind;
  mediaType: string | null;
  findings: Finding[];
  header?: RecordHeader;
  pageCount?: number;
  frameCount?: number;
  examOn?: string;
}

/** Enough for the header of every modality, with private tags and icons. */
const HEAD_BYTES = 4 * 1024 ** 2;

/**
 * Looks at a stored file, cheapest gate first: type by content, structure, the type's own parser, then the scanner.
 * Only the parts a gate needs are decrypted; an unavailable scanner throws, and the file stays in quarantine.
 */
export async function inspectFile(file: StoredFile, expected: Expected): Promise<Inspection> {
  if (file.sizeBytes === 0) return { kind: "unknown", mediaType: null, findings: [finding("empty_file")] };
  const head = await readHead(file, HEAD_BYTES);
  const sniffed = await fileTypeFromBuffer(head.subarray(0, 65_536));
  const media = judgeMedia(head, sniffed?.mime ?? null, isDicom(head));
  const inspection = media.fault
    ? { ...media, findings: [finding(media.fault)] }
    : await inspectKind(file, head, media, expected);
  const { kind, mediaType } = inspection;
  const verdict = await scanBytes(head, readRange(file, 0, file.sizeBytes));
  if (verdict.kind === "infected") {
    return { kind, mediaType, findings: [finding("infected", { signature: verdict.signature })] };
  }
  const isPartly = verdict.kind === "partly" && !inspection.findings.some(stopsUse);
  return isPartly
    ? { ...inspection, findings: [...inspection.findings, finding("partly_scanned")] }
    : inspection;
}

async function inspectKind(
  file: StoredFile,
  head: Buffer,
  media: Media,
  expected: Expected,
): Promise<Inspection> {
  switch (media.kind) {
    case "dicom":
      return inspectDicom(head, file.sizeBytes, expected);
    case "pdf":
      return inspectPdf(file, expected);
    case "image":
      return inspectImage(file, media, expected);
    case "dicom_archive":
      return inspectArchive(file, expected);
    default:
      return { kind: media.kind, mediaType: media.mediaType, findings: [finding("not_diagnostic_video")] };
  }
}
