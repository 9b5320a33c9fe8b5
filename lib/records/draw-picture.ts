import "server-only";
import { openPdf } from "@/lib/infra/pdf-reader";
import { readHead, readRange, type StoredFile } from "@/lib/infra/record-store";
import { PICTURE_BYTES_MAX, PIXELS_MAX } from "./inspect-image";
import { PDF_BYTES_MAX } from "./inspect-pdf";
import { openCodecs } from "./pixel-codecs";
import { openDrawing } from "./pixel-drawing";
import { layMarks } from "./pixel-overlay";
import { FrameError } from "./pixel-samples";
import { firstLight, shade } from "./pixel-window";
import type { DrawnPicture, ReadingTask } from "./reading";

const WIDTH_MAX = 2_000;
const PAGE_WIDTH_MAX = 1_400;

type DrawTask = Extract<ReadingTask, { act: "draw" }>;

/** Draws a picture of a file anew; null where there is none. Runs in the process that reads files. */
export async function drawPicture({
  file,
  kind,
  wanted: { page = 1, frame },
  hasMarks,
}: DrawTask): Promise<DrawnPicture | null> {
  if (kind === "dicom") return frameOf(file, frame ?? null, hasMarks);
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

/** The same decoders as in the browser, for readers without scripts and for lists; null where it cannot be drawn. */
async function frameOf(
  file: StoredFile,
  wanted: number | null,
  hasMarks: boolean,
): Promise<DrawnPicture | null> {
  try {
    const drawn = await shownFrame(file, wanted, hasMarks);
    if (!drawn) return null;
    const { default: sharp } = await import("sharp");
    const { width, height, rgba } = drawn;
    const png = sharp(rgba, { raw: { width, height, channels: 4 } }).removeAlpha();
    return { mediaType: "image/png", bytes: await png.png({ compressionLevel: 3 }).toBuffer() };
  } catch (error) {
    if (error instanceof FrameError) return null;
    throw error;
  }
}

interface ShownFrame {
  width: number;
  height: number;
  rgba: Uint8ClampedArray;
}

async function shownFrame(
  file: StoredFile,
  wanted: number | null,
  hasMarks: boolean,
): Promise<ShownFrame | null> {
  const { sizeBytes } = file;
  const read = (start: number, end: number) => bytesOf(file, start, Math.min(end, sizeBytes));
  const { image, frame: frameAt } = await openDrawing({ sizeBytes, read }, openCodecs());
  if (!image) return null;
  const at = (wanted ?? Math.ceil(image.frames / 2)) - 1;
  if (at >= image.frames) return null;
  const frame = await frameAt(at);
  const { width, height } = frame;
  const marks = hasMarks ? frame.marks : null;
  if (frame.kind === "colour") return { width, height, rgba: layMarks(frame.rgba, marks) };
  const canvas = new Uint8ClampedArray(width * height * 4);
  return { width, height, rgba: layMarks(shade(frame, image, firstLight(image, at), canvas), marks) };
}

async function bytesOf(file: StoredFile, start: number, end: number): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(readRange(file, start, end)));
}
