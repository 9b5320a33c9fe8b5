import type { FindingCode } from "./finding";
import type { RecordKind } from "./record";

export interface Media {
  kind: RecordKind;
  mediaType: string | null;
  /** Why it is not taken; null when it is. */
  fault: FindingCode | null;
}

const IMAGES = ["image/jpeg", "image/png", "image/heic", "image/heif"];
const VIDEOS = ["video/mp4", "video/quicktime", "video/x-m4v"];
const OFFICE = /officedocument|msword|ms-excel|ms-powerpoint|x-cfb|opendocument|rtf/;
const PROGRAMS =
  /msdownload|x-executable|x-elf|x-mach-binary|x-sharedlib|x-ms-shortcut|java|wasm|x-apple-diskimage/;

const START: readonly [string, FindingCode][] = [
  ["MZ", "executable"],
  ["\x7fELF", "executable"],
  ["#!", "executable"],
  ["\xca\xfe\xba\xbe", "executable"],
  ["\xcf\xfa\xed\xfe", "executable"],
  ["{\\rtf", "office_document"],
];
const MARKUP = /^[\s\ufeff\u00ef\u00bb\u00bf]*<(?:!doctype|\?xml|html|svg|script|head|body|iframe|!--)/i;
/** FHIR in JSON begins as an object and says early what it is; whether it truly is one is read by its own parser. */
const RESOURCE = /^[\s\u00ef\u00bb\u00bf]*\{[^]*"resourceType"\s*:/;

/**
 * What a file is, by its first bytes. `sniffed` is what a library of signatures says; it knows neither DICOM with a
 * program in its preamble, nor web pages, so those are looked at first. Unknown is refused.
 */
export function judgeMedia(head: Uint8Array, sniffed: string | null, isDicom: boolean): Media {
  const start = String.fromCharCode(...head.subarray(0, 512));
  const refusedAs = START.find(([magic]) => start.startsWith(magic))?.[1];
  if (refusedAs) return { kind: "unknown", mediaType: null, fault: refusedAs };
  if (isDicom) return { kind: "dicom", mediaType: "application/dicom", fault: null };
  if (MARKUP.test(start)) return { kind: "unknown", mediaType: null, fault: "web_page" };
  if (start.startsWith("%PDF-")) return { kind: "pdf", mediaType: "application/pdf", fault: null };
  if (RESOURCE.test(start)) return { kind: "fhir", mediaType: "application/fhir+json", fault: null };
  return judgeSniffed(sniffed);
}

const KNOWN_STARTS = ["%PDF-", "\xff\xd8\xff", "\x89PNG\r\n"];

/**
 * Whether a file deserves a check of its own, by its first bytes alone: something we take, or something that pretends.
 * Only what nobody knows is no record.
 */
export function looksLikeRecord(head: Uint8Array, isDicom: boolean): boolean {
  const start = String.fromCharCode(...head.subarray(0, 64));
  const isFilm = start.slice(4, 8) === "ftyp";
  const isZip = start.startsWith("PK");
  if (KNOWN_STARTS.some((known) => start.startsWith(known)) || isFilm || isZip) return true;
  return judgeMedia(head, null, isDicom).fault !== "unknown_type";
}

function judgeSniffed(sniffed: string | null): Media {
  if (sniffed === null) return { kind: "unknown", mediaType: null, fault: "unknown_type" };
  if (IMAGES.includes(sniffed)) return { kind: "image", mediaType: sniffed, fault: null };
  if (VIDEOS.includes(sniffed)) return { kind: "video", mediaType: sniffed, fault: null };
  if (sniffed === "application/zip") return { kind: "dicom_archive", mediaType: sniffed, fault: null };
  if (OFFICE.test(sniffed)) return { kind: "unknown", mediaType: null, fault: "office_document" };
  if (PROGRAMS.test(sniffed)) return { kind: "unknown", mediaType: null, fault: "executable" };
  return { kind: "unknown", mediaType: null, fault: "unknown_type" };
}
