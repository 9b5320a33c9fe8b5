import "server-only";
import { digestWithin } from "@/lib/infra/digest";
import { readHead, readRange, type StoredFile } from "@/lib/infra/record-store";
import { inTurn } from "@/lib/infra/turns";
import { type Blank, type Blanking, blankingOf, layOver, tailBlank } from "./blanking";
import type { Digest } from "./stand-in";

/** The elements before the pixels; those of a study with thousands of frames in one file take some megabytes. */
const HEADER_BYTES = 16 * 1024 ** 2;
const WINDOW_BYTES = 1024 ** 2;
const KEPT_MAX = 64;
/** What is laid over a header of private text is as long as the header. */
const KEPT_BYTES_MAX = 32 * 1024 ** 2;
/** What a blank costs besides its bytes. */
const BLANK_BYTES = 256;
/** Blanks with no more than this between them are kept as one. */
const GAP_BYTES = 128;
/** A hostile header of so many elements takes a hundred megabytes while it is read. */
const FINDS_AT_ONCE = 2;

interface Kept {
  blanks: Promise<readonly Blank[] | null>;
  /** Nothing, until it is found. */
  bytes: number;
}
const kept = new Map<string, Kept>();

/** How many bytes of memory the copies take that this process holds on to. */
export function keptBytes(): number {
  return kept.values().reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Other UIDs and numbers, the same in all files of one case for one centre. */
export function digestFor(caseId: string, clinicId: string): Digest {
  return digestWithin(`nameless:${caseId}:${clinicId}`);
}

/**
 * What is laid over a DICOM file for a centre that was asked without the name; null when the file cannot be made
 * nameless. Kept for a while: a viewer reads one film in hundreds of ranges.
 */
export function blanksOfCopy(
  file: StoredFile,
  place: { caseId: string; clinicId: string },
): Promise<readonly Blank[] | null> {
  const name = `${file.recordId}:${place.clinicId}`;
  const known = kept.get(name);
  if (known) return known.blanks;
  const find = () => findBlanks(file, digestFor(place.caseId, place.clinicId));
  const one: Kept = { blanks: inTurn("find blanks", FINDS_AT_ONCE, find), bytes: 0 };
  kept.set(name, one);
  one.blanks.then(
    (blanks) => {
      one.bytes = blanks?.reduce((sum, { bytes }) => sum + bytes.length + BLANK_BYTES, 0) ?? 0;
      dropOldest();
    },
    // What failed for want of the store is tried again; by now maybe it is.
    () => void (kept.get(name) === one && kept.delete(name)),
  );
  dropOldest();
  return one.blanks;
}

function dropOldest(): void {
  for (const name of kept.keys()) {
    if (kept.size <= KEPT_MAX && keptBytes() <= KEPT_BYTES_MAX) return;
    kept.delete(name);
  }
}

async function findBlanks(file: StoredFile, digest: Digest): Promise<readonly Blank[] | null> {
  const head = await readHead(file, HEADER_BYTES);
  const blanking = blankingOf(head, digest);
  if (!blanking) return null;
  const end = await endOfPixels(file, blanking, head.length);
  if (end === null) return null;
  const tail = tailBlank(end, file.sizeBytes, blanking.syntax);
  return tail && [...together(blanking.blanks, head), ...tail];
}

/** A header of many small elements becomes few blanks, in which what stays between them lies as it is in the file. */
function together(blanks: readonly Blank[], head: Uint8Array): Blank[] {
  const runs: { from: number; to: number; parts: Blank[] }[] = [];
  for (const blank of blanks) {
    const to = blank.at + blank.bytes.length;
    const last = runs.at(-1);
    if (last && blank.at - last.to <= GAP_BYTES) {
      last.to = to;
      last.parts.push(blank);
    } else runs.push({ from: blank.at, to, parts: [blank] });
  }
  return runs.map(({ from, to, parts }) => {
    const bytes = new Uint8Array(head.subarray(from, to));
    layOver(bytes, from, parts);
    return { at: from, bytes };
  });
}

/** Where the pixels end; null when the file does not hold together. */
async function endOfPixels(
  file: StoredFile,
  { pixels }: Blanking,
  headBytes: number,
): Promise<number | null> {
  if (!pixels) return headBytes === file.sizeBytes ? file.sizeBytes : null;
  if (pixels.length === null) return endOfFragments(file, pixels.at);
  const end = pixels.at + pixels.length;
  return end <= file.sizeBytes ? end : null;
}

const ITEM = Buffer.from([0xfe, 0xff, 0x00, 0xe0]);
const DELIMITER = Buffer.from([0xfe, 0xff, 0xdd, 0xe0]);

/** Compressed pixels lie in pieces that tell their own length, up to a delimiter. */
async function endOfFragments(file: StoredFile, from: number): Promise<number | null> {
  let at = from;
  let window: { at: number; bytes: Buffer } = { at: 0, bytes: Buffer.alloc(0) };
  while (at + 8 <= file.sizeBytes) {
    if (at < window.at || at + 8 > window.at + window.bytes.length) {
      window = { at, bytes: await bytesOf(file, at, Math.min(file.sizeBytes, at + WINDOW_BYTES)) };
    }
    const head = window.bytes.subarray(at - window.at, at - window.at + 8);
    if (head.subarray(0, 4).equals(DELIMITER)) return at + 8;
    if (!head.subarray(0, 4).equals(ITEM)) return null;
    at += 8 + head.readUInt32LE(4);
  }
  // Some machines leave the delimiter out: then nothing can stand behind the last piece.
  return at === file.sizeBytes ? at : null;
}

async function bytesOf(file: StoredFile, start: number, end: number): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(readRange(file, start, end)));
}
