import "server-only";
import { openPdf } from "@/lib/infra/pdf-reader";
import { readHead, readRange, type StoredFile } from "@/lib/infra/record-store";
import { type DicomPixels, readDicomHeader } from "./dicom";
import { frameFormat, itemBytes, rawFrameAt, renderRaw } from "./frame";
import { PICTURE_BYTES_MAX, PIXELS_MAX } from "./inspect-image";
import { PDF_BYTES_MAX } from "./inspect-pdf";
import type { DrawnPicture, WantedPicture } from "./reading";

const WIDTH_MAX = 2_000;
const PAGE_WIDTH_MAX = 1_400;
const HEADER_BYTES = 4 * 1024 ** 2;
const FRAME_BYTES_MAX = 64 * 1024 ** 2;

/** Draws a picture of a file anew; null where there is none. Runs in the process that reads files. */
export async function drawPicture(
  file: StoredFile,
  kind: string | null,
  { page = 1, frame }: WantedPicture,
): Promise<DrawnPicture | null> {
  if (kind === "dicom") return frameOf(file, frame ?? null);
  if (kind === "pdf" && frame === undefined) return pageOf(file, page);
  return kind === "image" && frame === undefined ? imageOf(file) : null;
}

async function imageOf(file: StoredFile): Promise<DrawnPicture | null> {
  if (file.sizeBytes > PICTURE_BYTES_MAX) return null;
  try {
    const { default: sharp } = await import("sharp");
    const bytes = await sharp(await readHead(file, PICTURE_BYTES_MAX), { limitInputPixels: PIXELS_MAX })
      .rotate()
      .resize(WIDTH_MAX, WIDTH_MAX, { fit: "inside", withoutEnlargement: true })
      .jpeg({ quality: 88 })
      .toBuffer();
    return { mediaType: "image/jpeg", bytes };
  } catch {
    // No decoder for it (HEIC), or it is damaged: the file itself can still be downloaded.
    return null;
  }
}

async function pageOf(file: StoredFile, page: number): Promise<DrawnPicture | null> {
  if (file.sizeBytes > PDF_BYTES_MAX) return null;
  const opened = await openPdf(await readHead(file, PDF_BYTES_MAX));
  if ("fault" in opened) return null;
  try {
    if (page > opened.pageCount) return null;
    return { mediaType: "image/png", bytes: await opened.page(page, PAGE_WIDTH_MAX) };
  } finally {
    await opened.close();
  }
}

async function frameOf(file: StoredFile, wanted: number | null): Promise<DrawnPicture | null> {
  const header = readDicomHeader(await readHead(file, HEADER_BYTES));
  const pixels = header?.pixels;
  const format = header && pixels ? frameFormat(header.transferSyntax, pixels) : null;
  if (!pixels || !format) return null;
  const frame = (wanted ?? Math.ceil(pixels.frames / 2)) - 1;
  if (frame >= pixels.frames) return null;
  return format === "raw" ? rawPicture(file, pixels, frame) : jpegPicture(file, pixels, frame);
}

async function rawPicture(
  file: StoredFile,
  pixels: DicomPixels,
  frame: number,
): Promise<DrawnPicture | null> {
  const { start, end } = rawFrameAt(pixels, frame);
  if (end > file.sizeBytes || end - start > FRAME_BYTES_MAX * 3) return null;
  const { bytes, width, height, channels } = renderRaw(await bytesOf(file, start, end), pixels);
  const { default: sharp } = await import("sharp");
  const png = sharp(bytes, { raw: { width, height, channels } }).png({ compressionLevel: 3 });
  return { mediaType: "image/png", bytes: await png.toBuffer() };
}

async function jpegPicture(
  file: StoredFile,
  pixels: DicomPixels,
  frame: number,
): Promise<DrawnPicture | null> {
  const jpeg = await encapsulatedFrame(file, pixels, frame);
  if (!jpeg) return null;
  try {
    const { default: sharp } = await import("sharp");
    const png = sharp(jpeg, { limitInputPixels: PIXELS_MAX }).png({ compressionLevel: 3 });
    return { mediaType: "image/png", bytes: await png.toBuffer() };
  } catch {
    // Twelve-bit or damaged JPEG.
    return null;
  }
}

/** The fragments of one frame, found by the offset table, or by walking the items when that is empty. */
async function encapsulatedFrame(
  file: StoredFile,
  pixels: DicomPixels,
  frame: number,
): Promise<Buffer | null> {
  const tableBytes = itemBytes(await bytesOf(file, pixels.at, pixels.at + 8));
  if (tableBytes === null || tableBytes > pixels.frames * 4 + 4) return null;
  const first = pixels.at + 8 + tableBytes;
  if (tableBytes === 0) return walkTo(file, first, frame);
  const table = await bytesOf(file, pixels.at + 8, first);
  if (table.length < (frame + 1) * 4) return null;
  const start = first + table.readUInt32LE(frame * 4);
  const isLast = table.length < (frame + 2) * 4;
  return fragmentsFrom(file, start, isLast ? file.sizeBytes : first + table.readUInt32LE((frame + 1) * 4));
}

async function walkTo(file: StoredFile, first: number, frame: number): Promise<Buffer | null> {
  let at = first;
  for (let item = 0; item < frame; item += 1) {
    const bytes = itemBytes(await bytesOf(file, at, at + 8));
    if (bytes === null) return null;
    at += 8 + bytes;
  }
  const bytes = itemBytes(await bytesOf(file, at, at + 8));
  return bytes === null ? null : fragmentsFrom(file, at, at + 8 + bytes);
}

async function fragmentsFrom(file: StoredFile, start: number, end: number): Promise<Buffer | null> {
  const pieces: Buffer[] = [];
  let at = start;
  while (at + 8 <= end && at - start < FRAME_BYTES_MAX) {
    const bytes = itemBytes(await bytesOf(file, at, at + 8));
    if (bytes === null || bytes > FRAME_BYTES_MAX) break;
    pieces.push(await bytesOf(file, at + 8, at + 8 + bytes));
    at += 8 + bytes;
  }
  return pieces.length > 0 ? Buffer.concat(pieces) : null;
}

async function bytesOf(file: StoredFile, start: number, end: number): Promise<Buffer> {
  const pieces = await Array.fromAsync(readRange(file, start, Math.min(end, file.sizeBytes)));
  return Buffer.concat(pieces);
}
