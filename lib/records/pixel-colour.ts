import type { PixelValues, Samples } from "./pixel-samples";

const OPAQUE = 255;

/** Three values a point to opaque RGBA of eight bits. */
export function colourOf({ values, bits, isRgb }: Samples): Uint8ClampedArray<ArrayBuffer> {
  const eight = bits > 8 ? narrowed(values, bits) : values;
  return isRgb ? withOpacity(eight) : fromYbr(eight);
}

function narrowed(values: PixelValues, bits: number): Uint8Array {
  return Uint8Array.from(values, (value) => value / 2 ** (bits - 8));
}

function withOpacity(rgb: PixelValues): Uint8ClampedArray<ArrayBuffer> {
  const points = Math.floor(rgb.length / 3);
  const rgba = new Uint8ClampedArray(points * 4);
  for (let at = 0; at < points; at += 1) {
    rgba[at * 4] = rgb[at * 3] ?? 0;
    rgba[at * 4 + 1] = rgb[at * 3 + 1] ?? 0;
    rgba[at * 4 + 2] = rgb[at * 3 + 2] ?? 0;
    rgba[at * 4 + 3] = OPAQUE;
  }
  return rgba;
}

/** Brightness and two differences of colour, of PS3.3 C.7.6.3.1.2. */
function fromYbr(ybr: PixelValues): Uint8ClampedArray<ArrayBuffer> {
  const points = Math.floor(ybr.length / 3);
  const rgba = new Uint8ClampedArray(points * 4);
  for (let at = 0; at < points; at += 1) {
    const y = ybr[at * 3] ?? 0;
    const blue = (ybr[at * 3 + 1] ?? 128) - 128;
    const red = (ybr[at * 3 + 2] ?? 128) - 128;
    rgba[at * 4] = y + 1.402 * red;
    rgba[at * 4 + 1] = y - 0.344_136 * blue - 0.714_136 * red;
    rgba[at * 4 + 2] = y + 1.772 * blue;
    rgba[at * 4 + 3] = OPAQUE;
  }
  return rgba;
}
