import type { DicomPixels } from "./dicom";

/** Plain pixels of one frame, eight bits a channel. */
export interface FrameImage {
  bytes: Uint8Array;
  width: number;
  height: number;
  channels: 1 | 3;
}

const RAW_SYNTAXES = ["1.2.840.10008.1.2", "1.2.840.10008.1.2.1"];
const JPEG_SYNTAXES = ["1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51"];
const FRAME_PIXELS_MAX = 50_000_000;
const ITEM = 0xe000fffe;

/** How a frame's bytes become a picture; null where no decoder is shipped, or the frame is beyond all measure. */
export function frameFormat(transferSyntax: string, pixels: DicomPixels): "raw" | "jpeg" | null {
  if (pixels.rows * pixels.columns > FRAME_PIXELS_MAX) return null;
  if (pixels.bytes === null) return JPEG_SYNTAXES.includes(transferSyntax) ? "jpeg" : null;
  const isKnown = pixels.samples === 3 ? pixels.bitsAllocated === 8 : [8, 16].includes(pixels.bitsAllocated);
  const isColour = ["RGB", "YBR_FULL"].includes(pixels.photometric);
  const isGrey = pixels.photometric.startsWith("MONOCHROME");
  const fits = pixels.samples === 3 ? isColour : pixels.samples === 1 && isGrey;
  return RAW_SYNTAXES.includes(transferSyntax) && isKnown && fits ? "raw" : null;
}

/** Where an uncompressed frame lies in its file. Frames count from 0. */
export function rawFrameAt(pixels: DicomPixels, frame: number): { start: number; end: number } {
  const bytes = pixels.rows * pixels.columns * pixels.samples * (pixels.bitsAllocated / 8);
  return { start: pixels.at + frame * bytes, end: pixels.at + (frame + 1) * bytes };
}

/** The length of an item of encapsulated pixels, told by its eight bytes; null when it is the end or damaged. */
export function itemBytes(head: Uint8Array): number | null {
  if (head.length < 8) return null;
  const view = new DataView(head.buffer, head.byteOffset, 8);
  return view.getUint32(0, true) === ITEM ? view.getUint32(4, true) : null;
}

/** Turns raw bytes into pixels: colour as it is or from YBR, grey through the window of the file. */
export function renderRaw(bytes: Uint8Array, pixels: DicomPixels): FrameImage {
  const { columns: width, rows: height } = pixels;
  if (pixels.samples === 1) return { bytes: throughWindow(bytes, pixels), width, height, channels: 1 };
  const colours = pixels.isPlanar ? interleaved(bytes) : bytes;
  const rgb = pixels.photometric === "YBR_FULL" ? fromYbr(colours) : colours;
  return { bytes: rgb, width, height, channels: 3 };
}

function interleaved(planes: Uint8Array): Uint8Array {
  const count = planes.length / 3;
  return Uint8Array.from(planes, (_, at) => planes[(at % 3) * count + Math.floor(at / 3)] ?? 0);
}

function fromYbr(ybr: Uint8Array): Uint8Array {
  const rgb = new Uint8ClampedArray(ybr.length);
  for (let at = 0; at + 2 < ybr.length; at += 3) {
    const [y, cb, cr] = [ybr[at] ?? 0, (ybr[at + 1] ?? 0) - 128, (ybr[at + 2] ?? 0) - 128];
    rgb.set([y + 1.402 * cr, y - 0.344_136 * cb - 0.714_136 * cr, y + 1.772 * cb], at);
  }
  return new Uint8Array(rgb.buffer);
}

function throughWindow(bytes: Uint8Array, pixels: DicomPixels): Uint8Array {
  const values = storedValues(bytes, pixels).map((value) => value * pixels.slope + pixels.intercept);
  const { low, high } = limitsOf(values, pixels);
  const scale = 255 / Math.max(high - low, 1e-9);
  const isInverted = pixels.photometric === "MONOCHROME1";
  return Uint8Array.from(values, (value) => {
    const grey = Math.min(255, Math.max(0, (value - low) * scale));
    return isInverted ? 255 - grey : grey;
  });
}

function storedValues(bytes: Uint8Array, pixels: DicomPixels): Float32Array {
  const isWide = pixels.bitsAllocated === 16;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mask = 2 ** pixels.bitsStored - 1;
  const sign = 2 ** (pixels.bitsStored - 1);
  return Float32Array.from({ length: bytes.length / (isWide ? 2 : 1) }, (_, at) => {
    const stored = (isWide ? view.getUint16(at * 2, true) : view.getUint8(at)) & mask;
    return pixels.isSigned && stored >= sign ? stored - mask - 1 : stored;
  });
}

function limitsOf(values: Float32Array, { window }: DicomPixels): { low: number; high: number } {
  if (window) return { low: window.center - window.width / 2, high: window.center + window.width / 2 };
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return { low, high };
}
