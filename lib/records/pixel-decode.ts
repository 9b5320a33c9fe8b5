import type { Codecs, Decoded } from "./pixel-codecs";
import { colourOf } from "./pixel-colour";
import type { DicomImage } from "./pixel-image";
import { readDct } from "./pixel-jpeg-dct";
import { readLossless } from "./pixel-jpeg-lossless";
import { type JpegPlan, planJpeg } from "./pixel-jpeg-stream";
import { throughPalette, throughTable } from "./pixel-lookup";
import { readRaw, storedValues, wordsOf } from "./pixel-raw";
import { readRle } from "./pixel-rle";
import {
  type Frame,
  FRAME_PIXELS_MAX,
  FrameError,
  type FrameFault,
  type GreyFrame,
  type Samples,
} from "./pixel-samples";

const RAW = ["1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.1.99"];
const RLE = "1.2.840.10008.1.2.5";
const JPEG_LS = ["1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.81"];
/** Part 1, and the high-throughput one of part 15: OpenJPEG reads both. */
const JPEG_2000 = ["90", "91", "201", "202", "203"].map((one) => `1.2.840.10008.1.2.4.${one}`);
const PROGRESSIVE = 0xc2;
const JPEG_XL = ["110", "111", "112"].map((one) => `1.2.840.10008.1.2.4.${one}`);
/** MPEG-2, H.264 and H.265, from .100 to .108, some with a part of their own behind it. */
const VIDEO = /^1\.2\.840\.10008\.1\.2\.4\.10[0-8](\.1)?$/;
/** Baseline, twelve bits, progressive, lossless of any predictor, and of the first. */
const JPEG = ["50", "51", "55", "57", "70"].map((one) => `1.2.840.10008.1.2.4.${one}`);

/** Whether frames of this file can be drawn, as far as its header tells; or why not. */
export function frameFault(image: DicomImage): FrameFault | null {
  if (image.rows * image.columns > FRAME_PIXELS_MAX) return "too_large";
  if (JPEG_XL.includes(image.transferSyntax)) return "jpeg_xl";
  if (VIDEO.test(image.transferSyntax)) return "video_inside";
  const known = image.bytes === null ? [RLE, ...JPEG_LS, ...JPEG_2000, ...JPEG] : RAW;
  if (!known.includes(image.transferSyntax)) return "no_decoder";
  const isShaped = image.samples === 1 || image.samples === 3;
  const isWide = [1, 8, 16, 32].includes(image.bitsAllocated);
  const hasColours = image.photometric !== "PALETTE COLOR" || image.palette !== null;
  return isShaped && isWide && hasColours ? null : "no_decoder";
}

/** Turns the packed bytes of a frame (from 0) into a picture. Throws a FrameError. */
export async function decodeFrame(
  packed: Uint8Array,
  image: DicomImage,
  frame: number,
  codecs: Codecs,
): Promise<Frame> {
  const fault = frameFault(image);
  if (fault) throw new FrameError(fault);
  const samples = await samplesOf(packed, image, codecs);
  const { columns: width, rows: height, palette } = image;
  if (samples.values.length < width * height * samples.channels) throw new FrameError("unreadable");
  if (samples.channels === 3) return { kind: "colour", width, height, rgba: colourOf(samples) };
  const values = storedValues(samples.values, samples.bits, image.isSigned);
  if (palette) return { kind: "colour", width, height, rgba: throughPalette(values, palette) };
  return greyOf({ ...samples, values }, image, frame);
}

function greyOf({ values }: Samples, image: DicomImage, frame: number): GreyFrame {
  const { columns: width, rows: height, modalityTable } = image;
  const { slope, intercept } = image.perFrame?.[frame] ?? image;
  if (!modalityTable) return { kind: "grey", width, height, values, slope, intercept };
  return {
    kind: "grey",
    width,
    height,
    values: throughTable(values, modalityTable),
    slope: 1,
    intercept: 0,
  };
}

async function samplesOf(packed: Uint8Array, image: DicomImage, codecs: Codecs): Promise<Samples> {
  if (image.bytes !== null) return readRaw(packed, image);
  if (image.transferSyntax === RLE) return readRle(packed, image);
  if (JPEG_2000.includes(image.transferSyntax)) {
    expectSize(sizeOfJ2k(packed), image);
    return wordsIn(await codecs.decode("jpeg_2000", packed), image);
  }
  const plan = planJpeg(packed);
  expectSize(plan, image);
  if (JPEG_LS.includes(image.transferSyntax)) return wordsIn(await codecs.decode("jpeg_ls", packed), image);
  return jpegSamples(packed, plan, image, codecs);
}

/** A frame that unfolds to another size than its header says is damaged, or made to fill the memory. */
function expectSize(told: { rows: number; columns: number }, { rows, columns }: DicomImage): void {
  if (told.rows !== rows || told.columns !== columns) throw new FrameError("unreadable");
}

/** The SIZ marker stands first in a code stream; a wrapped one is looked for within its first bytes. */
function sizeOfJ2k(packed: Uint8Array): { rows: number; columns: number } {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  for (let at = 0; at + 20 <= Math.min(packed.length, 4_096); at += 1) {
    if (view.getUint32(at) !== 0xff_4f_ff_51) continue;
    return {
      columns: view.getUint32(at + 8) - view.getUint32(at + 16),
      rows: view.getUint32(at + 12) - view.getUint32(at + 20),
    };
  }
  throw new FrameError("unreadable");
}

async function jpegSamples(
  packed: Uint8Array,
  plan: JpegPlan,
  image: DicomImage,
  codecs: Codecs,
): Promise<Samples> {
  const channels = plan.components.length === 3 ? 3 : 1;
  if (plan.process === 0xc3) {
    const values = readLossless(packed, plan);
    const bits = Math.min(plan.precision, image.bitsStored);
    return { values, channels, bits, isRgb: isRgbCoded(plan, image) };
  }
  if (plan.precision === 12) {
    if (plan.process === PROGRESSIVE) throw new FrameError("progressive_12");
    const values = readDct(packed, plan);
    return { values, channels, bits: 12, isRgb: isRgbCoded(plan, image) };
  }
  const marked = channels === 3 && image.photometric === "RGB" ? asRgb(packed, plan) : packed;
  const decoded = await codecs.decode("jpeg", marked);
  return { ...wordsIn(decoded, image), isRgb: true };
}

/** Lossless colours are what the header says they are. */
function isRgbCoded(plan: JpegPlan, { photometric }: DicomImage): boolean {
  return photometric === "RGB" || (plan.process !== 0xc3 && plan.transform === 0);
}

const ADOBE_RGB = [0xff, 0xee, 0, 14, ...new TextEncoder().encode("Adobe"), 0, 100, 0, 0, 0, 0, 0];

/** A file that says its colours are red, green and blue is believed, where the JPEG inside does not say so. */
function asRgb(packed: Uint8Array, { transform }: JpegPlan): Uint8Array {
  if (transform !== null) return packed;
  const marked = new Uint8Array(packed.length + ADOBE_RGB.length);
  marked.set(packed.subarray(0, 2));
  marked.set(ADOBE_RGB, 2);
  marked.set(packed.subarray(2), 2 + ADOBE_RGB.length);
  return marked;
}

function wordsIn(decoded: Decoded, image: DicomImage): Samples {
  const { width, height, bits, components, bytes } = decoded;
  const channels = components === 3 ? 3 : 1;
  expectSize({ rows: height, columns: width }, image);
  const values = wordsOf(bytes, bits > 8 ? 16 : 8, width * height * channels);
  // Decoders undo the mixing of colours that belongs to their own format.
  return {
    values,
    channels,
    bits: Math.min(bits, image.bitsStored),
    isRgb: !image.photometric.startsWith("YBR_FULL"),
  };
}
