import type { DicomImage } from "./pixel-image";
import { FrameError, type PixelValues, type Samples } from "./pixel-samples";

/** Uncompressed bytes of one frame to values. */
export function readRaw(bytes: Uint8Array, image: DicomImage): Samples {
  const channels = image.samples === 3 ? 3 : 1;
  const count = image.rows * image.columns * channels;
  if (image.photometric === "YBR_FULL_422" && channels === 3) return halved(bytes, image);
  const values = wordsOf(bytes, image.bitsAllocated, count, image.isBigEndian);
  const isPlanar = image.isPlanar && channels === 3;
  return {
    values: isPlanar ? interleaved(values) : values,
    channels,
    bits: image.bitsStored,
    isRgb: image.photometric === "RGB",
  };
}

/** Words as they lie: no sign yet, no bit masked. */
export function wordsOf(bytes: Uint8Array, bits: number, count: number, isBig = false): PixelValues {
  if (bits === 1)
    return Uint8Array.from({ length: count }, (_, at) => ((bytes[at >> 3] ?? 0) >> (at & 7)) & 1);
  const width = bits / 8;
  if (![1, 2, 4].includes(width)) throw new FrameError("no_decoder");
  if (bytes.length < count * width) throw new FrameError("unreadable");
  // Always a copy: whoever gets the values may hand their memory on. A Buffer's own `slice` would not copy.
  const copy = new Uint8Array(bytes.subarray(0, count * width));
  if (width === 1) return copy;
  if (isBig) turn(copy, width);
  return width === 2 ? new Uint16Array(copy.buffer) : new Uint32Array(copy.buffer);
}

function turn(bytes: Uint8Array, width: number): void {
  for (let at = 0; at + width <= bytes.length; at += width) bytes.subarray(at, at + width).reverse();
}

export function interleaved<T extends PixelValues>(planes: T): T {
  const count = Math.floor(planes.length / 3);
  const points = planes.slice() as T;
  for (let at = 0; at < count; at += 1) {
    points[at * 3] = planes[at] ?? 0;
    points[at * 3 + 1] = planes[count + at] ?? 0;
    points[at * 3 + 2] = planes[2 * count + at] ?? 0;
  }
  return points;
}

/** Two brightnesses, then the colour both share. */
function halved(bytes: Uint8Array, { rows, columns }: DicomImage): Samples {
  const values = new Uint8Array(rows * columns * 3);
  for (let pair = 0; pair * 2 < rows * columns; pair += 1) {
    const [one = 0, other = 0, blue = 128, red = 128] = bytes.subarray(pair * 4, pair * 4 + 4);
    values.set([one, blue, red], pair * 6);
    if (pair * 6 + 6 <= values.length) values.set([other, blue, red], pair * 6 + 3);
  }
  return { values, channels: 3, bits: 8, isRgb: false };
}

/** Stored values: bits that mean nothing are cut off, and the highest of the rest is the sign. */
export function storedValues(values: PixelValues, bits: number, isSigned: boolean): PixelValues {
  if (bits >= 32) return isSigned ? new Int32Array(values) : values;
  const unused = 32 - bits;
  if (!isSigned) {
    const mask = 2 ** bits - 1;
    return values.BYTES_PER_ELEMENT * 8 === bits ? values : values.map((value) => value & mask);
  }
  const signed = emptySigned(values, bits);
  for (let at = 0; at < values.length; at += 1) signed[at] = ((values[at] ?? 0) << unused) >> unused;
  return signed;
}

function emptySigned({ length, BYTES_PER_ELEMENT }: PixelValues, bits: number): PixelValues {
  if (BYTES_PER_ELEMENT === 1) return new Int8Array(length);
  return bits <= 16 ? new Int16Array(length) : new Int32Array(length);
}
