import type { DicomImage, GreyWindow } from "./pixel-image";
import { lookUp } from "./pixel-lookup";
import type { GreyFrame, PixelValues } from "./pixel-samples";

/** Light of a grey picture: what lies around the centre is told apart. In the units of the machine (CT: Hounsfield). */
export type Light = Pick<GreyWindow, "center" | "width" | "shape">;

/** What a shade needs of the image besides its window. */
export type Shading = Pick<DicomImage, "isInverted" | "voiTable" | "padding">;

/** Windows a radiologist reaches for, in Hounsfield units. */
export const CT_PRESETS = {
  soft: { center: 40, width: 400, shape: "linear" },
  mediastinum: { center: 50, width: 350, shape: "linear" },
  angio: { center: 300, width: 600, shape: "linear" },
  lung: { center: -600, width: 1_500, shape: "linear" },
  bone: { center: 400, width: 1_800, shape: "linear" },
} as const satisfies Record<string, Light>;

const TABLE_ENTRIES = 65_536;
const HALF = 32_768;
/** A table pays for pictures with more points than it has entries. */
const TABLE_FROM = 20_000;

/** Grey through its window, as opaque RGBA. `light` of null takes the file's own table. */
export function shade(
  frame: GreyFrame,
  shading: Shading,
  light: Light | null,
  into: Uint8ClampedArray,
): Uint8ClampedArray {
  const greyOf = greyBy(frame, shading, light);
  const { values } = frame;
  const isNarrow = values.BYTES_PER_ELEMENT <= 2;
  const table = isNarrow && values.length >= TABLE_FROM ? tableBy(greyOf) : null;
  const words = new Uint32Array(into.buffer, into.byteOffset, values.length);
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? 0;
    const grey = table ? (table[value + HALF] ?? 0) : greyOf(value);
    words[at] = grey * 0x01_01_01 + 0xff_00_00_00;
  }
  return into;
}

/** Covers both signed and unsigned values of sixteen bits. */
function tableBy(greyOf: (value: number) => number): Uint8Array {
  return Uint8Array.from({ length: TABLE_ENTRIES + HALF }, (_, at) => greyOf(at - HALF));
}

function greyBy(frame: GreyFrame, shading: Shading, light: Light | null): (value: number) => number {
  const { slope, intercept } = frame;
  const { voiTable, isInverted } = shading;
  const bright =
    light === null && voiTable
      ? (value: number) => lookUp(voiTable, Math.round(value)) / 2 ** (voiTable.bits - 8)
      : brightnessBy(light ?? wholeRange(frame, shading));
  return (stored) => {
    const grey = bright(stored * slope + intercept);
    return Math.min(255, Math.max(0, Math.floor((isInverted ? 255 - grey : grey) + 1e-6)));
  };
}

/** PS3.3 C.11.2: a straight line through the window, or an s-shaped one. From 0 to 255. */
export function brightnessBy({ center, width, shape }: Light): (value: number) => number {
  if (shape === "sigmoid") return (value) => 255 / (1 + Math.exp((-4 * (value - center)) / width));
  if (shape === "linear_exact") return (value) => ((value - center) / width + 0.5) * 255;
  const [middle, span] = [center - 0.5, Math.max(width - 1, 1e-9)];
  return (value) => {
    if (value <= middle - span / 2) return 0;
    return value > middle + span / 2 ? 255 : ((value - middle) / span + 0.5) * 255;
  };
}

/** A window from the lowest to the highest value of a frame, leaving out what stands for no measurement. */
export function wholeRange(frame: GreyFrame, { padding }: Pick<Shading, "padding">): Light {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of frame.values) {
    if (value === padding) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return between(frame, Number.isFinite(low) ? low : 0, Number.isFinite(high) ? high : 0);
}

const LEAVE_OUT = 0.005;

/** A window over all but the darkest and the brightest points: a marker or a metal clip darkens nothing. */
export function usualRange(frame: GreyFrame, { padding }: Pick<Shading, "padding">): Light {
  const step = Math.max(1, Math.floor(frame.values.length / 50_000));
  const some = sampled(frame.values, step).filter((value) => value !== padding);
  const sorted = some.toSorted((one, other) => one - other);
  const out = Math.floor(sorted.length * LEAVE_OUT);
  return between(frame, sorted[out] ?? 0, sorted.at(-1 - out) ?? 0);
}

function sampled(values: PixelValues, step: number): number[] {
  return Array.from({ length: Math.ceil(values.length / step) }, (_, at) => values[at * step] ?? 0);
}

function between({ slope, intercept }: GreyFrame, low: number, high: number): Light {
  const ends = [low * slope + intercept, high * slope + intercept];
  const [from, to] = [Math.min(...ends), Math.max(...ends)];
  const width = to - from + 1;
  return { center: from + width / 2, width, shape: "linear" };
}

/** The window a picture begins with: the frame's own, the file's first; null where its own table or the whole range serves. */
export function firstLight(image: DicomImage, frame: number): Light | null {
  return image.perFrame?.[frame]?.window ?? image.windows[0] ?? null;
}
