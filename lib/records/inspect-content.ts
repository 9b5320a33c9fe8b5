import "server-only";
import { fileTypeFromBuffer } from "file-type";
import { type StoredFile, readHead } from "@/lib/infra/record-store";
import { isDicom } from "./dicom";
import { finding } from "./finding";
import { inspectArchive } from "./inspect-archive";
import { inspectDicom } from "./inspect-dicom";
import { inspectFhir } from "./inspect-fhir";
import { inspectImage } from "./inspect-image";
import { inspectPdf } from "./inspect-pdf";
import type { Expected, Inspection } from "./inspection";
import { judgeMedia, type Media } from "./media";

/** Enough for the header of every modality, with private tags and icons. */
const HEAD_BYTES = 4 * 1024 ** 2;

/**
 * Looks into a stored file, cheapest gate first: type by content, structure, the type's own parser. Only the parts a gate
 * needs are opened. Meant for the process that reads files; here and now only for files we made ourselves.
 */
export async function inspectContent(file: StoredFile, expected: Expected): Promise<Inspection> {
  const head = await readHead(file, HEAD_BYTES);
  const sniffed = await fileTypeFromBuffer(head.subarray(0, 65_536));
  const media = judgeMedia(head, sniffed?.mime ?? null, isDicom(head));
  return media.fault
    ? { kind: media.kind, mediaType: media.mediaType, findings: [finding(media.fault)] }
    : inspectKind(file, head, media, expected);
}

async function inspectKind(
  file: StoredFile,
  head: Buffer,
  media: Media,
  expected: Expected,
): Promise<Inspection> {
  switch (media.kind) {
    case "dicom":
      return inspectDicom(head, file, expected);
    case "pdf":
      return inspectPdf(file, expected);
    case "image":
      return inspectImage(file, media, expected);
    case "dicom_archive":
      return inspectArchive(file);
    case "fhir":
      return inspectFhir(head, file.sizeBytes, expected);
    default:
      return { kind: media.kind, mediaType: media.mediaType, findings: [finding("not_diagnostic_video")] };
  }
}
