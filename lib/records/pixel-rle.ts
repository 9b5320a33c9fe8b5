import type { DicomImage } from "./pixel-image";
import { FrameError, type PixelValues, type Samples } from "./pixel-samples";

const HEADER_BYTES = 64;
const SEGMENTS_MAX = 15;

/** Run-length coding of PS3.5 G: each byte of each channel is a segment of its own, the highest byte first. */
export function readRle(bytes: Uint8Array, image: DicomImage): Samples {
  const width = image.bitsAllocated / 8;
  const channels = image.samples === 3 ? 3 : 1;
  const points = image.rows * image.columns;
  const starts = segmentStarts(bytes);
  if (![1, 2, 4].includes(width) || starts.length !== width * channels) throw new FrameError("unreadable");
  const values = emptyValues(width, points * channels);
  for (const [segment, start] of starts.entries()) {
    const plane = unrolled(bytes.subarray(start, starts[segment + 1] ?? bytes.length), points);
    const shift = 8 * (width - 1 - (segment % width));
    const channel = Math.floor(segment / width);
    for (let at = 0; at < points; at += 1) {
      const place = at * channels + channel;
      values[place] = (values[place] ?? 0) | ((plane[at] ?? 0) << shift);
    }
  }
  return { values, channels, bits: image.bitsStored, isRgb: image.photometric === "RGB" };
}

function emptyValues(width: number, count: number): PixelValues {
  if (width === 1) return new Uint8Array(count);
  return width === 2 ? new Uint16Array(count) : new Uint32Array(count);
}

function segmentStarts(bytes: Uint8Array): number[] {
  if (bytes.length < HEADER_BYTES) throw new FrameError("unreadable");
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  const count = view.getUint32(0, true);
  if (count === 0 || count > SEGMENTS_MAX) throw new FrameError("unreadable");
  return Array.from({ length: count }, (_, at) => view.getUint32(4 + at * 4, true));
}

/** Never writes beyond the plane, whatever the runs promise. */
function unrolled(packed: Uint8Array, points: number): Uint8Array {
  const plane = new Uint8Array(points);
  let [from, to] = [0, 0];
  while (from < packed.length && to < points) {
    const run = ((packed[from] ?? 0) << 24) >> 24;
    from += 1;
    if (run >= 0) {
      const piece = packed.subarray(from, Math.min(from + run + 1, from + points - to));
      plane.set(piece, to);
      from += run + 1;
      to += piece.length;
    } else if (run !== -128) {
      plane.fill(packed[from] ?? 0, to, to + 1 - run);
      from += 1;
      to += 1 - run;
    }
  }
  return plane;
}
