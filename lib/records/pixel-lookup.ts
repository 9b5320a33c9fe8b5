import type { DataSet, Element } from "dicom-parser";
import { segmentedTable } from "./pixel-segments";
import type { PixelValues } from "./pixel-samples";

/** A table that turns values into others: below its first and beyond its last entry stand these two. */
export interface LookupTable {
  first: number;
  entries: Uint16Array;
  /** How many bits of an entry mean something. */
  bits: number;
}

export type Palette = readonly [LookupTable, LookupTable, LookupTable];

const ENTRIES_MAX = 65_536;

/** Reads a table by its descriptor (entries, first value, bits) and its data; null where it is damaged. */
export function tableOf(set: DataSet, descriptorTag: string, dataTag: string): LookupTable | null {
  const descriptor = set.elements[descriptorTag];
  const data = set.elements[dataTag];
  if (!descriptor || !data || descriptor.length < 6 || data.length === 0) return null;
  const length = set.uint16(descriptorTag, 0) || ENTRIES_MAX;
  const first = set.int16(descriptorTag, 1) ?? 0;
  const bits = Math.min(16, Math.max(8, set.uint16(descriptorTag, 2) ?? 16));
  const entries = entriesOf(set, data, dataTag, length);
  return entries && { first, entries, bits };
}

/** Entries of eight bits may be packed two in a word, or each have a word. */
function entriesOf(set: DataSet, data: Element, tag: string, length: number): Uint16Array | null {
  if (data.length >= length * 2) return Uint16Array.from({ length }, (_, at) => set.uint16(tag, at) ?? 0);
  if (data.length < length) return null;
  return Uint16Array.from(set.byteArray.subarray(data.dataOffset, data.dataOffset + length));
}

/** The three tables of a palette, written out or in segments; null where one is missing. */
export function paletteOf(set: DataSet): Palette | null {
  const [red, green, blue] = COLOURS.map(
    ([descriptor, data, segments]) =>
      tableOf(set, descriptor, data) ?? segmentedTable(set, descriptor, segments),
  );
  return red && green && blue ? [red, green, blue] : null;
}

const COLOURS = [
  ["x00281101", "x00281201", "x00281221"],
  ["x00281102", "x00281202", "x00281222"],
  ["x00281103", "x00281203", "x00281223"],
] as const;

export function lookUp({ first, entries }: LookupTable, value: number): number {
  const at = Math.min(entries.length - 1, Math.max(0, value - first));
  return entries[at] ?? 0;
}

/** Every value through its table. */
export function throughTable(values: PixelValues, table: LookupTable): Uint16Array {
  return Uint16Array.from(values, (value) => lookUp(table, value));
}

/** Colours of a palette, eight bits each, and opaque. */
export function throughPalette(values: PixelValues, palette: Palette): Uint8ClampedArray<ArrayBuffer> {
  // Some machines write eight bits into tables that promise sixteen.
  const isWide = palette.some((table) => table.entries.some((entry) => entry > 255));
  const rgba = new Uint8ClampedArray(values.length * 4).fill(255);
  for (const [channel, table] of palette.entries()) {
    for (let at = 0; at < values.length; at += 1) {
      const entry = lookUp(table, values[at] ?? 0);
      rgba[at * 4 + channel] = isWide ? entry >> 8 : entry;
    }
  }
  return rgba;
}
