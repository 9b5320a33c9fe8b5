import dicomParser, { type DataSet } from "dicom-parser";
import { DEFLATED, type Unpacked, unpackWithin } from "./deflated";
import { textOf } from "./dicom";
import { FrameError } from "./pixel-samples";

/** Where the bytes of one file come from: a store, or a server that answers ranges. */
export interface ByteSource {
  sizeBytes: number;
  /** How much to read first, where somebody knows better than the usual: header and first frame at one go. */
  firstBytes?: number;
  /** From `start` up to, not including, `end`; fewer at the end of the file. */
  read(start: number, end: number): Promise<Uint8Array>;
}

/** A header, and where the pixels are to be read: a packed file is unpacked first. */
export interface OpenedFile {
  set: DataSet;
  transferSyntax: string;
  source: ByteSource;
}

const FIRST_BYTES = 64 * 1024;
/** A file up to this size comes at one go: a second request would take longer than its bytes. */
const WHOLE_BYTES = 1024 ** 2;
const HEADER_BYTES_MAX = 32 * 1024 ** 2;
const PACKED_BYTES_MAX = 64 * 1024 ** 2;
const UNPACKED_BYTES_MAX = 256 * 1024 ** 2;
const PIXEL_DATA = "x7fe00010";
const META_AT = 132;

/** Reads as much of a file as its header takes. Throws a FrameError where it cannot be read. */
export async function openFile(given: ByteSource): Promise<OpenedFile> {
  const { source, head } = await unpacked(await withHead(given));
  let bytes = head;
  for (;;) {
    const isWhole = bytes.length >= source.sizeBytes;
    const { set, isComplete } = parsed(bytes, isWhole);
    if (set && isComplete) return { set, transferSyntax: textOf(set, "x00020010") ?? "", source };
    if (isWhole || bytes.length >= HEADER_BYTES_MAX) throw new FrameError("unreadable");
    bytes = await source.read(0, Math.min(source.sizeBytes, HEADER_BYTES_MAX, bytes.length * 4));
  }
}

interface Begun {
  source: ByteSource;
  head: Uint8Array;
}

async function withHead(source: ByteSource): Promise<Begun> {
  const first = source.sizeBytes <= WHOLE_BYTES ? source.sizeBytes : (source.firstBytes ?? FIRST_BYTES);
  return { source, head: await source.read(0, first) };
}

/** A deflated file is unpacked whole, within limits, and read from memory then. */
async function unpacked({ source, head }: Begun): Promise<Begun> {
  const meta = metaOf(head);
  if (!meta || textOf(meta.set, "x00020010") !== DEFLATED) return { source, head };
  if (source.sizeBytes > PACKED_BYTES_MAX) throw new FrameError("too_large");
  const whole = await source.read(0, source.sizeBytes);
  const bytes = join(whole.subarray(0, meta.end), inflated(whole.subarray(meta.end)));
  return { source: inMemory(bytes), head: bytes };
}

/** The group of the file's own description; null where there is none. */
function metaOf(head: Uint8Array): { set: DataSet; end: number } | null {
  try {
    const set = dicomParser.parseDicom(head, { untilTag: "x00020010", inflater: (bytes) => bytes });
    const length = set.uint32("x00020000");
    return length === undefined ? null : { set, end: META_AT + 12 + length };
  } catch {
    // No DICOM file; whoever opens it hears so from the parser of the whole.
    return null;
  }
}

function inflated(packed: Uint8Array): Uint8Array {
  const { bytes, isBeyond } = unpackedOrNot(packed);
  if (isBeyond) throw new FrameError("too_large");
  return bytes;
}

function unpackedOrNot(packed: Uint8Array): Unpacked {
  try {
    return unpackWithin(packed, UNPACKED_BYTES_MAX);
  } catch (error) {
    throw new FrameError("unreadable", error);
  }
}

export function inMemory(bytes: Uint8Array): ByteSource {
  const read = (start: number, end: number) => Promise.resolve(bytes.subarray(start, end));
  return { sizeBytes: bytes.length, read };
}

function join(one: Uint8Array, other: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(one.length + other.length);
  bytes.set(one);
  bytes.set(other, one.length);
  return bytes;
}

/** A header is complete when the pixels begin, or the file ends. */
function parsed(bytes: Uint8Array, isWhole: boolean): { set: DataSet | null; isComplete: boolean } {
  try {
    const set = dicomParser.parseDicom(bytes, { untilTag: PIXEL_DATA, inflater: (all) => all });
    return { set, isComplete: isWhole || PIXEL_DATA in set.elements };
  } catch (error) {
    // A header longer than the bytes at hand: more of them are asked for.
    const partial = (error as { dataSet?: DataSet }).dataSet ?? null;
    return { set: partial, isComplete: isWhole && partial !== null };
  }
}
