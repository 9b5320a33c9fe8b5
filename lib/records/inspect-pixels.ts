import "server-only";
import { readRange, type StoredFile } from "@/lib/infra/record-store";
import { DEFLATED } from "./deflated";
import type { DicomHeader, DicomPixels } from "./dicom";

const BIG_ENDIAN = "1.2.840.10008.1.2.2";
const PIXEL_GROUP = 0x7fe0;
const ITEM = 0xfffee000;
const DELIMITER = 0xfffee0dd;
const ITEMS_MAX = 200_000;

/**
 * Whether the pixels a header announces are all there, and nothing but DICOM follows them: an archive or a program
 * hung on behind would travel with the picture.
 */
export async function arePixelsWhole(file: StoredFile, found: DicomHeader): Promise<boolean> {
  const { pixels, transferSyntax } = found;
  // Unfolded, its places are no places in the file.
  if (!pixels || transferSyntax === DEFLATED) return true;
  const bytes = new Glance(file);
  const end = pixels.bytes === null ? await endOfItems(bytes, pixels.at) : endOfPlain(pixels, pixels.bytes);
  if (end === null || end > file.sizeBytes) return false;
  if (end + 8 > file.sizeBytes) return true;
  const next = await bytes.at(end, 2);
  const group = transferSyntax === BIG_ENDIAN ? next.readUInt16BE() : next.readUInt16LE();
  return group >= PIXEL_GROUP;
}

function endOfPlain(pixels: DicomPixels, bytes: number): number | null {
  const { rows, columns, samples, bitsAllocated, frames, photometric } = pixels;
  // Two points share their colour.
  const perPoint = photometric === "YBR_FULL_422" ? 2 : samples;
  const needed = Math.floor((rows * columns * perPoint * bitsAllocated * frames) / 8);
  return needed > bytes ? null : pixels.at + bytes;
}

async function endOfItems(bytes: Glance, from: number): Promise<number | null> {
  let at = from;
  for (let items = 0; items < ITEMS_MAX; items += 1) {
    // Some writers forget the last mark, and the file simply ends.
    if (at === bytes.end) return items > 1 ? at : null;
    if (at + 8 > bytes.end) return null;
    const mark = await bytes.at(at, 8);
    const tag = mark.readUInt16LE(0) * 65_536 + mark.readUInt16LE(2);
    const length = mark.readUInt32LE(4);
    if (tag === DELIMITER) return items > 1 ? at + 8 : null;
    if (tag !== ITEM || at + 8 + length > bytes.end) return null;
    at += 8 + length;
  }
  return null;
}

/** A few bytes here and there of a sealed file; those close to each other open one chunk once. */
class Glance {
  private piece: { from: number; bytes: Buffer } | null = null;

  constructor(private readonly file: StoredFile) {}

  get end(): number {
    return this.file.sizeBytes;
  }

  async at(start: number, length: number): Promise<Buffer> {
    const { piece } = this;
    const isIn = piece && start >= piece.from && start + length <= piece.from + piece.bytes.length;
    if (isIn) return piece.bytes.subarray(start - piece.from, start - piece.from + length);
    const from = start - (start % this.file.chunkBytes);
    const to = Math.min(this.end, Math.max(from + this.file.chunkBytes, start + length));
    const bytes = Buffer.concat(await Array.fromAsync(readRange(this.file, from, to)));
    this.piece = { from, bytes };
    return bytes.subarray(start - from, start - from + length);
  }
}
