import "server-only";
import { crc32, inflateRawSync } from "node:zlib";
import {
  ARCHIVE_TAIL_BYTES,
  type ArchiveEntry,
  DEFLATED,
  packedBytesAt,
  readArchiveEnd,
  readDirectory,
  STORED,
} from "./archive";
import { csvOf, SHEET_BYTES_MAX, type SheetTrouble, UnreadableSheet } from "./sheet";
import { readCells, readDateStyles, readRelations, readStrings, readWorkbook } from "./sheet-xml";

/** All parts of one workbook together, unpacked: a bomb ends here. */
const UNPACKED_BYTES_MAX = 12_000_000;
const ENTRIES_MAX = 1_000;

export type ReadSheet = { text: string } | { trouble: SheetTrouble; place: string };

/**
 * A sheet a person sent, CSV or XLSX, as CSV text: bill, price list and estimate go on from here in one way. Of a workbook
 * it is the first sheet people see, as it was shown when it was saved.
 */
export function readSheet(bytes: Uint8Array): ReadSheet {
  try {
    if (bytes.length > SHEET_BYTES_MAX) throw new UnreadableSheet("too_large");
    if (begins(bytes, [0xd0, 0xcf, 0x11, 0xe0])) throw new UnreadableSheet("old_excel");
    return { text: begins(bytes, [0x50, 0x4b, 0x03, 0x04]) ? workbookText(bytes) : plainText(bytes) };
  } catch (error) {
    if (error instanceof UnreadableSheet) return { trouble: error.trouble, place: error.place };
    throw error;
  }
}

function begins(bytes: Uint8Array, signs: readonly number[]): boolean {
  return signs.every((sign, at) => bytes[at] === sign);
}

function plainText(bytes: Uint8Array): string {
  const text = decode(bytes, encodingOf(bytes));
  if (text.includes("\u0000")) throw new UnreadableSheet("encoding");
  return text;
}

/** "Unicode text" of a sheet program is UTF-16 and says so in its first two bytes. */
function encodingOf(bytes: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  if (begins(bytes, [0xff, 0xfe])) return "utf-16le";
  return begins(bytes, [0xfe, 0xff]) ? "utf-16be" : "utf-8";
}

/** Signs of another code page are never guessed: a name or a sum would come out wrong and nobody would see it. */
function decode(bytes: Uint8Array, encoding: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) throw new UnreadableSheet("encoding");
    throw error;
  }
}

function workbookText(bytes: Uint8Array): string {
  const part = partsOf(bytes);
  const needed = (name: string) => {
    const xml = part(name);
    if (xml === null) throw new UnreadableSheet("damaged");
    return xml;
  };
  const { firstSheet, isFrom1904 } = readWorkbook(needed("xl/workbook.xml"));
  const target = readRelations(needed("xl/_rels/workbook.xml.rels")).get(firstSheet ?? "");
  if (target === undefined) throw new UnreadableSheet("damaged");
  const [strings, styles] = [part("xl/sharedStrings.xml"), part("xl/styles.xml")];
  const cells = readCells(needed(target.startsWith("/") ? target.slice(1) : `xl/${target}`), {
    strings: strings === null ? [] : readStrings(strings),
    dateStyles: styles === null ? [] : readDateStyles(styles),
    isFrom1904,
  });
  return csvOf(cells);
}

/** Parts of a workbook by name, each unpacked when it is asked for. Names are looked up and never used as paths. */
function partsOf(bytes: Uint8Array): (name: string) => string | null {
  const tailAt = Math.max(0, bytes.length - ARCHIVE_TAIL_BYTES);
  const end = readArchiveEnd(bytes.subarray(tailAt), tailAt);
  if (!end || end.directoryAt + end.directoryBytes > bytes.length) throw new UnreadableSheet("damaged");
  if (end.entries > ENTRIES_MAX) throw new UnreadableSheet("too_large");
  const directory = bytes.subarray(end.directoryAt, end.directoryAt + end.directoryBytes);
  const entries = readDirectory(directory, end.entries);
  if (!entries) throw new UnreadableSheet("damaged");
  let left = UNPACKED_BYTES_MAX;
  return (name) => {
    const named = entries.filter((entry) => entry.name === name);
    const [entry] = named;
    if (!entry) return null;
    // Of two parts of one name one program reads the first and another the last.
    if (named.length > 1 || entry.isLocked) throw new UnreadableSheet("damaged");
    const plain = unpack(bytes, entry, left);
    left -= plain.length;
    return decode(plain, "utf-8");
  };
}

function unpack(bytes: Uint8Array, entry: ArchiveEntry, bytesMax: number): Uint8Array {
  const { headerAt, packedBytes, plainBytes, method, crc } = entry;
  if (plainBytes > bytesMax) throw new UnreadableSheet("too_large");
  const from = packedBytesAt(bytes.subarray(headerAt), entry);
  if (from === null || from + packedBytes > bytes.length) throw new UnreadableSheet("damaged");
  const packed = bytes.subarray(from, from + packedBytes);
  const plain = method === STORED ? packed : method === DEFLATED ? inflate(packed, plainBytes) : null;
  if (plain?.length !== plainBytes || crc32(plain) !== crc) throw new UnreadableSheet("damaged");
  return plain;
}

/** Never more than the directory said: whoever says too little is caught as well. */
function inflate(packed: Uint8Array, plainBytes: number): Uint8Array {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, plainBytes) });
  } catch (error) {
    if (error instanceof Error && "code" in error) throw new UnreadableSheet("damaged");
    throw error;
  }
}
