import type { DataSet } from "dicom-parser";
import { decoded, type DicomPixels, numberOf, numbersOf, pixelsOf, textOf } from "./dicom";
import { type Calibration, calibrationOf } from "./pixel-calibration";
import { type LookupTable, type Palette, paletteOf, tableOf } from "./pixel-lookup";

/** All that is needed to draw the frames of one file and to steer how they look. */
export interface DicomImage extends DicomPixels {
  transferSyntax: string;
  isBigEndian: boolean;
  /** Whether bytes were written as words of a big-endian file, each pair turned. */
  isSwapped: boolean;
  modality: string | null;
  /** Windows the file suggests, the first one first. */
  windows: GreyWindow[];
  modalityTable: LookupTable | null;
  voiTable: LookupTable | null;
  palette: Palette | null;
  /** Whether low values are light. */
  isInverted: boolean;
  /** Stored value that stands for no measurement. */
  padding: number | null;
  /** How long one frame stands, in milliseconds; null where the file tells no speed. */
  frameMs: number | null;
  calibration: Calibration;
  /** Width of a point to its height. */
  aspect: number;
  /** Rescaling and window of each frame, where frames have their own. */
  perFrame: FrameRule[] | null;
  /** From the first fragment, and how many bytes; of the extended table, or null. */
  extended: { offsets: number[]; lengths: number[] } | null;
}

export interface GreyWindow {
  center: number;
  width: number;
  shape: "linear" | "linear_exact" | "sigmoid";
  /** What the file calls it: "BONE". */
  label: string | null;
}

export interface FrameRule {
  slope: number;
  intercept: number;
  window: GreyWindow | null;
}

const BIG_ENDIAN = "1.2.840.10008.1.2.2";
const WINDOWS_MAX = 12;
const SHARED = "x52009229";
const PER_FRAME = "x52009230";

/** Reads what a header says of its pixels; null where it has none. */
export function imageOf(set: DataSet, transferSyntax: string): DicomImage | null {
  const pixels = pixelsOf(set);
  if (!pixels) return null;
  const shared = itemsOf(set, SHARED)[0] ?? null;
  const common = ruleOf(shared, { slope: pixels.slope, intercept: pixels.intercept, window: null });
  const perFrame = itemsOf(set, PER_FRAME).map((item) => ruleOf(item, common));
  const windows = common.window ? [common.window, ...windowsOf(set)] : windowsOf(set);
  const measures = shared && itemsOf(shared, "x00289110")[0];
  return {
    ...pixels,
    ...{ slope: common.slope, intercept: common.intercept },
    transferSyntax,
    isBigEndian: transferSyntax === BIG_ENDIAN,
    isSwapped:
      transferSyntax === BIG_ENDIAN && pixels.bitsAllocated <= 8 && set.elements.x7fe00010?.vr === "OW",
    modality: textOf(set, "x00080060"),
    windows,
    modalityTable: tableIn(set, "x00283000"),
    voiTable: windows.length === 0 ? tableIn(set, "x00283010") : null,
    palette: pixels.photometric === "PALETTE COLOR" ? paletteOf(set) : null,
    isInverted: pixels.photometric === "MONOCHROME1" || textOf(set, "x20500020") === "INVERSE",
    padding: paddingOf(set, pixels),
    frameMs: frameMsOf(set),
    calibration: calibrationOf(set, measures ?? null),
    aspect: aspectOf(set, measures ?? null),
    perFrame: perFrame.length > 0 ? perFrame : null,
    extended: extendedOf(set),
  };
}

export function itemsOf(set: DataSet, tag: string): DataSet[] {
  return set.elements[tag]?.items?.flatMap((item) => item.dataSet ?? []) ?? [];
}

function windowsOf(set: DataSet): GreyWindow[] {
  const centers = listOf(textOf(set, "x00281050"));
  const widths = listOf(textOf(set, "x00281051"));
  const labels = (decoded(set, "x00281055", null) ?? "").split("\\");
  const said = textOf(set, "x00281056");
  const shape = said === "SIGMOID" ? "sigmoid" : said === "LINEAR_EXACT" ? "linear_exact" : "linear";
  return centers.slice(0, WINDOWS_MAX).flatMap((center, at) => {
    const width = widths[at] ?? Number.NaN;
    if (!Number.isFinite(center) || !Number.isFinite(width) || width <= 0) return [];
    return [{ center, width, shape, label: labels[at]?.trim().slice(0, 40) || null } as const];
  });
}

function listOf(text: string | null): number[] {
  return text === null ? [] : text.split("\\").map((one) => (one.trim() ? Number(one) : Number.NaN));
}

function ruleOf(group: DataSet | null, common: FrameRule): FrameRule {
  const values = group && itemsOf(group, "x00289145")[0];
  const voi = group && itemsOf(group, "x00289132")[0];
  return {
    slope: (values && numberOf(values, "x00281053")) ?? common.slope,
    intercept: (values && numberOf(values, "x00281052")) ?? common.intercept,
    window: (voi && windowsOf(voi)[0]) ?? common.window,
  };
}

function tableIn(set: DataSet, tag: string): LookupTable | null {
  const item = itemsOf(set, tag)[0];
  return item ? tableOf(item, "x00283002", "x00283006") : null;
}

function paddingOf(set: DataSet, { isSigned }: DicomPixels): number | null {
  if (set.elements.x00280120?.length !== 2) return null;
  return (isSigned ? set.int16("x00280120") : set.uint16("x00280120")) ?? null;
}

const FRAME_MS_MAX = 10_000;

function frameMsOf(set: DataSet): number | null {
  const times = listOf(textOf(set, "x00181065")).slice(1).filter(Number.isFinite);
  const mean = times.length > 0 ? times.reduce((sum, one) => sum + one, 0) / times.length : null;
  const rate = numberOf(set, "x00082144") ?? numberOf(set, "x00180040");
  const ms = numberOf(set, "x00181063") ?? mean ?? (rate ? 1_000 / rate : null);
  return ms !== null && ms > 0 && ms <= FRAME_MS_MAX ? ms : null;
}

function aspectOf(set: DataSet, measures: DataSet | null): number {
  const [rows, columns] =
    (measures && numbersOf(measures, "x00280030", 2)) ??
    numbersOf(set, "x00280030", 2) ??
    numbersOf(set, "x00181164", 2) ??
    numbersOf(set, "x00280034", 2) ??
    [];
  const aspect = rows && columns && rows > 0 ? columns / rows : 1;
  return aspect > 0.1 && aspect < 10 ? aspect : 1;
}

const ENTRY_BYTES = 8;

/** The extended offset table: a position and a length of eight bytes for each frame. */
function extendedOf(set: DataSet): DicomImage["extended"] {
  const offsets = bigNumbers(set, "x7fe00001");
  const lengths = bigNumbers(set, "x7fe00002");
  return offsets && lengths && offsets.length === lengths.length ? { offsets, lengths } : null;
}

function bigNumbers(set: DataSet, tag: string): number[] | null {
  const element = set.elements[tag];
  if (!element || element.length < ENTRY_BYTES) return null;
  const { byteArray } = set;
  const view = new DataView(byteArray.buffer, byteArray.byteOffset + element.dataOffset, element.length);
  const count = Math.floor(element.length / ENTRY_BYTES);
  return Array.from({ length: count }, (_, at) => Number(view.getBigUint64(at * ENTRY_BYTES, true)));
}
