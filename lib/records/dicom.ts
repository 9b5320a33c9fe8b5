import dicomParser, { type DataSet } from "dicom-parser";
import { unpackWithin } from "./deflated";

/** What a DICOM header says, as far as a portal needs it. Names stay in the file; they are only compared. */
export interface DicomHeader {
  sopClassUid: string | null;
  /** What tells this file from every other. */
  instanceUid: string | null;
  transferSyntax: string;
  modality: string | null;
  studyUid: string | null;
  seriesUid: string | null;
  seriesNumber: number | null;
  instanceNumber: number | null;
  /** Of the series, or of the study where the series has none. */
  description: string | null;
  studyDescription: string | null;
  patientName: string | null;
  /** "1950-01-01", or null when it is absent or no day. */
  birthOn: string | null;
  examOn: string | null;
  sliceMm: number | null;
  /** Where a slice lies along the axis of its stack, in millimetres: only good for putting slices in order. */
  positionMm: number | null;
  /** "101500.25", as the file writes it; only good for putting instances in order. */
  acquiredTime: string | null;
  frameTimeMs: number | null;
  burnedInNames: boolean;
  pixels: DicomPixels | null;
}

/** How the pixels of a file lie and are to be read. */
export interface DicomPixels {
  /** Byte position of the first pixel, or of the first item when encapsulated. */
  at: number;
  /** Null when encapsulated: then items tell their own length. */
  bytes: number | null;
  frames: number;
  rows: number;
  columns: number;
  samples: number;
  bitsAllocated: number;
  bitsStored: number;
  isSigned: boolean;
  isPlanar: boolean;
  photometric: string;
  slope: number;
  intercept: number;
  window: { center: number; width: number } | null;
}

const MAGIC_AT = 128;
const FRAMES_MAX = 100_000;
const PIXEL_DATA = "x7fe00010";
/** Whole numbers, fractions of two lengths, or an address where they lie. */
const PIXEL_TAGS = [PIXEL_DATA, "x7fe00008", "x7fe00009", "x00287fe0"];
export const DICOMDIR_CLASS = "1.2.840.10008.1.3.10";

export function isDicom(head: Uint8Array): boolean {
  return (
    head.length >= MAGIC_AT + 4 && String.fromCharCode(...head.subarray(MAGIC_AT, MAGIC_AT + 4)) === "DICM"
  );
}

/**
 * Reads a header from the first bytes of a file; null when it is not one. Pixels are never looked at. Of a file that is
 * at hand whole, no part may be unreadable.
 */
export function readDicomHeader(head: Uint8Array, isWhole = false): DicomHeader | null {
  const set = parsed(head, isWhole);
  const transferSyntax = set && textOf(set, "x00020010");
  if (!set || !transferSyntax || (isWhole && lacksPixels(set))) return null;
  const charset = textOf(set, "x00080005");
  return {
    sopClassUid: textOf(set, "x00080016") ?? textOf(set, "x00020002"),
    instanceUid: textOf(set, "x00080018"),
    transferSyntax,
    modality: textOf(set, "x00080060"),
    studyUid: textOf(set, "x0020000d"),
    seriesUid: textOf(set, "x0020000e"),
    seriesNumber: wholeOf(set, "x00200011"),
    instanceNumber: wholeOf(set, "x00200013"),
    description: short(decoded(set, "x0008103e", charset) ?? decoded(set, "x00081030", charset)),
    studyDescription: short(decoded(set, "x00081030", charset)),
    patientName: decoded(set, "x00100010", charset),
    birthOn: dicomDay(textOf(set, "x00100030")),
    examOn:
      dicomDay(textOf(set, "x00080020")) ??
      dicomDay(textOf(set, "x00080022")) ??
      dicomDay(textOf(set, "x00080023")),
    sliceMm: numberOf(set, "x00180050"),
    positionMm: positionOf(set),
    acquiredTime: timeOf(textOf(set, "x00080032")) ?? timeOf(textOf(set, "x00080033")),
    frameTimeMs: numberOf(set, "x00181063"),
    burnedInNames: textOf(set, "x00280301") === "YES",
    pixels: pixelsOf(set),
  };
}

const UNPACKED_MAX = 32 * 1024 ** 2;

/** A packed header is unpacked as far as its bytes are at hand. */
function unpackHead(head: Uint8Array, at: number): Uint8Array {
  const { bytes } = unpackWithin(head.subarray(at), UNPACKED_MAX);
  const whole = new Uint8Array(at + bytes.length);
  whole.set(head.subarray(0, at));
  whole.set(bytes, at);
  return whole;
}

function parsed(head: Uint8Array, isWhole: boolean): DataSet | null {
  try {
    return dicomParser.parseDicom(head, { untilTag: PIXEL_DATA, inflater: unpackHead });
  } catch (error) {
    // A header longer than the bytes at hand: what was read before the end is good enough to name the file.
    const partial = isWhole ? undefined : (error as { dataSet?: DataSet }).dataSet;
    return partial?.elements.x00080016 ? partial : null;
  }
}

/** A picture that tells its size and has no points was cut before them. */
function lacksPixels(set: DataSet): boolean {
  const isPicture = Boolean(set.uint16("x00280010") && set.uint16("x00280011"));
  return isPicture && !PIXEL_TAGS.some((tag) => set.elements[tag]);
}

export function pixelsOf(set: DataSet): DicomPixels | null {
  const element = set.elements[PIXEL_DATA];
  const rows = set.uint16("x00280010");
  const columns = set.uint16("x00280011");
  if (!element || !rows || !columns) return null;
  const center = numberOf(set, "x00281050");
  const width = numberOf(set, "x00281051");
  return {
    at: element.dataOffset,
    bytes: element.hadUndefinedLength || element.length === 0xffffffff ? null : element.length,
    frames: Math.min(FRAMES_MAX, Math.max(1, Math.trunc(numberOf(set, "x00280008") ?? 1))),
    rows,
    columns,
    samples: set.uint16("x00280002") ?? 1,
    bitsAllocated: set.uint16("x00280100") ?? 8,
    bitsStored: set.uint16("x00280101") ?? set.uint16("x00280100") ?? 8,
    isSigned: set.uint16("x00280103") === 1,
    isPlanar: set.uint16("x00280006") === 1,
    photometric: textOf(set, "x00280004") ?? "MONOCHROME2",
    slope: numberOf(set, "x00281053") ?? 1,
    intercept: numberOf(set, "x00281052") ?? 0,
    window: center !== null && width !== null && width > 0 ? { center, width } : null,
  };
}

export function textOf(set: DataSet, tag: string): string | null {
  return set.string(tag)?.replaceAll("\u0000", "").trim() || null;
}

export function numberOf(set: DataSet, tag: string): number | null {
  // An element without a value says nothing; it is not nought.
  const value = Number(textOf(set, tag)?.split("\\", 1)[0] || Number.NaN);
  return Number.isFinite(value) ? value : null;
}

const WHOLE_MAX = 2 ** 31;

function wholeOf(set: DataSet, tag: string): number | null {
  const value = numberOf(set, tag);
  return value !== null && Number.isInteger(value) && Math.abs(value) < WHOLE_MAX ? value : null;
}

/** Several numbers of one element; null when there are fewer, or one is none. */
export function numbersOf(set: DataSet, tag: string, count: number): number[] | null {
  const values = (textOf(set, tag) ?? "").split("\\").map((one) => (one.trim() ? Number(one) : Number.NaN));
  return values.length >= count && values.every(Number.isFinite) ? values.slice(0, count) : null;
}

/** The patient's position along the normal of the slice, or the location the file names itself. */
function positionOf(set: DataSet): number | null {
  const at = numbersOf(set, "x00200032", 3);
  const axes = numbersOf(set, "x00200037", 6);
  if (!at || !axes) return numbersOf(set, "x00201041", 1)?.[0] ?? null;
  const [x1 = 0, y1 = 0, z1 = 0, x2 = 0, y2 = 0, z2 = 0] = axes;
  const normal = [y1 * z2 - z1 * y2, z1 * x2 - x1 * z2, x1 * y2 - y1 * x2];
  return at.reduce((sum, one, axis) => sum + one * (normal[axis] ?? 0), 0);
}

function timeOf(text: string | null): string | null {
  return text !== null && /^\d{2,6}(?:\.\d{1,6})?$/.test(text) ? text : null;
}

/** Specific Character Set (0008,0005) to the labels of the Encoding standard. */
const CHARSETS: Record<string, string> = {
  "ISO_IR 192": "utf-8",
  "ISO_IR 100": "iso-8859-1",
  "ISO_IR 101": "iso-8859-2",
  "ISO_IR 109": "iso-8859-3",
  "ISO_IR 110": "iso-8859-4",
  "ISO_IR 126": "iso-8859-7",
  "ISO_IR 127": "iso-8859-6",
  "ISO_IR 138": "iso-8859-8",
  "ISO_IR 144": "iso-8859-5",
  "ISO_IR 148": "windows-1254",
  "ISO_IR 166": "windows-874",
  "ISO_IR 13": "shift_jis",
  "ISO 2022 IR 87": "iso-2022-jp",
  "ISO 2022 IR 58": "gb18030",
  "ISO 2022 IR 149": "euc-kr",
  GB18030: "gb18030",
  GBK: "gbk",
};

const ESCAPE = "\u001b";
/** What turns to another set of letters within a text; a decoder that knows them takes them itself. */
const TURNS = new RegExp(`${ESCAPE}\\$?[()\\-.][0-9A-Z]`, "gu");

/** Where sets may change, each single set is called by another name and stands for the same letters. */
function labelOf(name: string): string {
  return CHARSETS[name] ?? CHARSETS[name.replace(/^ISO 2022 IR /, "ISO_IR ")] ?? "iso-8859-1";
}

export function decoded(set: DataSet, tag: string, charset: string | null): string | null {
  const element = set.elements[tag];
  if (!element || element.length === 0) return null;
  const bytes = set.byteArray.subarray(element.dataOffset, element.dataOffset + element.length);
  const name =
    charset
      ?.split("\\")
      .map((one) => one.trim())
      .findLast((one) => one !== "") ?? "";
  const text = new TextDecoder(labelOf(name)).decode(bytes).replaceAll(TURNS, "");
  return text.replaceAll("\u0000", "").trim() || null;
}

export function short(text: string | null): string | null {
  // Cutting may halve a letter of two parts, which no database takes.
  return text === null
    ? null
    : text
        .replaceAll(/\p{Cc}/gu, " ")
        .slice(0, 120)
        .toWellFormed();
}

/** DICOM writes days as 19500101 (and once as 1950.01.01). A day of another age is none. */
export function dicomDay(text: string | null | undefined): string | null {
  const found = /^((?:19|20)\d{2})\.?(\d{2})\.?(\d{2})/.exec(text ?? "");
  if (!found) return null;
  const day = `${found[1]}-${found[2]}-${found[3]}`;
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day) ? day : null;
}
