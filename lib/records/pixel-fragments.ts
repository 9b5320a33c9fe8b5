import { type DicomImage } from "./pixel-image";
import { FRAME_BYTES_MAX, FrameError } from "./pixel-samples";
import type { ByteSource } from "./pixel-source";

/** Finds the packed bytes of frames. One for each file; it remembers where the frames it has passed begin. */
export interface FrameFinder {
  /** Throws a FrameError where the file has no such frame. */
  bytesOf(frame: number): Promise<Uint8Array>;
}

interface Span {
  start: number;
  end: number;
}

const ITEM = 0xe000fffe;
const ITEM_BYTES = 8;
/** Read at once while walking from item to item. */
const STRIDE_BYTES = 256 * 1024;

export function findFrames(image: DicomImage, source: ByteSource): FrameFinder {
  if (image.bytes !== null) return plainFrames(image, source);
  return packedFrames(image, source);
}

function plainFrames(image: DicomImage, source: ByteSource): FrameFinder {
  const bits = image.rows * image.columns * image.samples * image.bitsAllocated;
  // Two neighbours share their colour in YBR_FULL_422.
  const isHalved = image.photometric === "YBR_FULL_422" && image.samples === 3;
  const frameBits = isHalved ? (bits / 3) * 2 : bits;
  return {
    async bytesOf(frame) {
      const start = image.at + Math.floor((frame * frameBits) / 8);
      const end = image.at + Math.ceil(((frame + 1) * frameBits) / 8);
      if (end - start > FRAME_BYTES_MAX) throw new FrameError("too_large");
      if (image.isSwapped) return swapped(source, start, end);
      const bytes = await source.read(start, Math.min(end, source.sizeBytes));
      if (bytes.length < end - start) throw new FrameError("unreadable");
      return bytes;
    },
  };
}

/** Words begin at even places; a frame may begin within one. */
async function swapped(source: ByteSource, start: number, end: number): Promise<Uint8Array> {
  const from = start - (start % 2);
  const words = await source.read(from, Math.min(end + (end % 2), source.sizeBytes));
  if (words.length < end - from) throw new FrameError("unreadable");
  const bytes = Uint8Array.from(words, (_, at) => words[at ^ 1] ?? 0);
  return bytes.subarray(start - from, end - from);
}

function packedFrames(image: DicomImage, source: ByteSource): FrameFinder {
  let begun: Promise<Walker> | null = null;
  return {
    async bytesOf(frame) {
      begun ??= beginWalk(image, source);
      const spans = await (await begun).spansOf(frame);
      const bytes = spans.reduce((sum, { start, end }) => sum + end - start, 0);
      if (spans.length === 0) throw new FrameError("unreadable");
      if (bytes > FRAME_BYTES_MAX) throw new FrameError("too_large");
      return joined(await Promise.all(spans.map(({ start, end }) => source.read(start, end))), bytes);
    },
  };
}

function joined(pieces: Uint8Array[], bytes: number): Uint8Array {
  const [only] = pieces;
  if (only && pieces.length === 1) return only;
  const all = new Uint8Array(bytes);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

interface Walker {
  spansOf(frame: number): Promise<Span[]>;
}

async function beginWalk(image: DicomImage, source: ByteSource): Promise<Walker> {
  const tableBytes = itemBytes(await source.read(image.at, image.at + ITEM_BYTES), 0);
  if (tableBytes === null || tableBytes > image.frames * 4 + 4) throw new FrameError("unreadable");
  const first = image.at + ITEM_BYTES + tableBytes;
  const offsets = image.extended?.offsets ?? (await tableIn(source, image.at + ITEM_BYTES, tableBytes));
  if (offsets.length >= image.frames && isRising(offsets)) return byTable(source, first, offsets);
  return byWalking(image, source, first);
}

async function tableIn(source: ByteSource, at: number, bytes: number): Promise<number[]> {
  const table = await source.read(at, at + bytes);
  const view = new DataView(table.buffer, table.byteOffset, table.byteLength);
  return Array.from({ length: Math.floor(table.length / 4) }, (_, one) => view.getUint32(one * 4, true));
}

/** A table of noughts, or one that runs back, is none. */
function isRising(offsets: readonly number[]): boolean {
  return offsets.every((offset, at) => at === 0 || offset > (offsets[at - 1] ?? 0));
}

function byTable(source: ByteSource, first: number, offsets: readonly number[]): Walker {
  return {
    async spansOf(frame) {
      const start = first + (offsets[frame] ?? Number.POSITIVE_INFINITY);
      const next = offsets[frame + 1];
      const end = next === undefined ? source.sizeBytes : Math.min(source.sizeBytes, first + next);
      return itemsBetween(source, start, end);
    },
  };
}

/** Without a table: one fragment a frame, or all fragments when there is but one frame. */
function byWalking(image: DicomImage, source: ByteSource, first: number): Walker {
  const found: Span[] = [];
  let next = first;
  let walk = Promise.resolve();
  const step = async (until: number) => {
    while (found.length < until) {
      const bytes = itemBytes(await source.read(next, next + ITEM_BYTES), 0);
      if (bytes === null || next + ITEM_BYTES + bytes > source.sizeBytes) return;
      found.push({ start: next + ITEM_BYTES, end: next + ITEM_BYTES + bytes });
      next += ITEM_BYTES + bytes;
    }
  };
  return {
    async spansOf(frame) {
      if (image.frames === 1) return itemsBetween(source, first, source.sizeBytes);
      walk = walk.then(() => step(frame + 1));
      await walk;
      return found.slice(frame, frame + 1);
    },
  };
}

/** The contents of the items from one place on, up to another or the end of the sequence. */
async function itemsBetween(source: ByteSource, start: number, end: number): Promise<Span[]> {
  const spans: Span[] = [];
  let [head, headAt] = [new Uint8Array(), 0] as [Uint8Array, number];
  for (let at = start; at + ITEM_BYTES <= end;) {
    if (at < headAt || at + ITEM_BYTES > headAt + head.length) {
      headAt = at;
      // A frame usually is one item: its head comes along with it, and is asked for alone no second time.
      head = await source.read(at, Math.min(end, at + STRIDE_BYTES));
    }
    const bytes = itemBytes(head, at - headAt);
    if (bytes === null) break;
    if (at + ITEM_BYTES + bytes > source.sizeBytes) throw new FrameError("unreadable");
    spans.push({ start: at + ITEM_BYTES, end: at + ITEM_BYTES + bytes });
    at += ITEM_BYTES + bytes;
  }
  return spans;
}

/** The length an item tells; null when it is the end, or damaged. */
function itemBytes(head: Uint8Array, at: number): number | null {
  if (head.length < at + ITEM_BYTES) return null;
  const view = new DataView(head.buffer, head.byteOffset + at, ITEM_BYTES);
  return view.getUint32(0, true) === ITEM ? view.getUint32(4, true) : null;
}
