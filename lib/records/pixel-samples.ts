/** Values of one frame, point by point from the upper left; colour as three values a point. */
export interface Samples {
  values: PixelValues;
  channels: 1 | 3;
  /** How many bits of a value mean something. */
  bits: number;
  /** Whether what a decoder gave is already red, green and blue. */
  isRgb: boolean;
}

export type PixelValues = Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array;

/** A frame as the page draws it: grey waits for its window, colour is finished. */
export type Frame = GreyFrame | ColourFrame;

export interface GreyFrame {
  kind: "grey";
  width: number;
  height: number;
  /** As stored; `slope` and `intercept` turn them into what the machine measured. */
  values: PixelValues;
  slope: number;
  intercept: number;
}

export interface ColourFrame {
  kind: "colour";
  width: number;
  height: number;
  rgba: Uint8ClampedArray<ArrayBuffer>;
}

/** A frame, and which of its points the file marks; null where none. */
export type MarkedFrame = Frame & { marks: Uint8Array | null };

/** Why a frame cannot be drawn. The page has a sentence for each. */
export const FRAME_FAULTS = [
  "unreadable",
  "no_decoder",
  "jpeg_xl",
  "progressive_12",
  "video_inside",
  "too_large",
  "no_pixels",
  "not_here",
] as const;
export type FrameFault = (typeof FRAME_FAULTS)[number];

/** What stops a frame: the file is to blame, or we have no decoder for it. */
export class FrameError extends Error {
  constructor(
    readonly fault: FrameFault,
    cause?: unknown,
  ) {
    super(fault, { cause });
  }
}

/** A frame beyond it fits no screen and no memory. */
export const FRAME_PIXELS_MAX = 50_000_000;
/** A frame whose packed bytes are beyond it is no honest one. */
export const FRAME_BYTES_MAX = 200 * 1024 ** 2;
