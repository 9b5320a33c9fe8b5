import type { DataSet } from "dicom-parser";
import type { LookupTable } from "./pixel-lookup";

/** Kinds of segments, PS3.3 C.7.9.2: values as they are, a line to a value, and segments that stood before. */
const [DISCRETE, LINEAR, INDIRECT] = [0, 1, 2];
const ENTRIES_MAX = 65_536;
/** References lead to segments of values and lines alone; a file that says otherwise runs in a circle. */
const STEPS_MAX = 100_000;

/** Reads a table written in segments; null where it is damaged or yields another number of entries than it told. */
export function segmentedTable(set: DataSet, descriptorTag: string, dataTag: string): LookupTable | null {
  const descriptor = set.elements[descriptorTag];
  const data = set.elements[dataTag];
  if (!descriptor || !data || descriptor.length < 6) return null;
  const length = set.uint16(descriptorTag, 0) || ENTRIES_MAX;
  const bits = set.uint16(descriptorTag, 2) === 8 ? 8 : 16;
  const words =
    bits === 16
      ? Array.from({ length: data.length >> 1 }, (_, at) => set.uint16(dataTag, at) ?? 0)
      : [...set.byteArray.subarray(data.dataOffset, data.dataOffset + data.length)];
  const entries = new Unfolding(words, bits, length).run();
  return entries && { first: set.int16(descriptorTag, 1) ?? 0, entries, bits };
}

/** One table being written out. */
class Unfolding {
  private readonly entries: Uint16Array;
  private filled = 0;
  private steps = 0;

  constructor(
    private readonly words: readonly number[],
    private readonly bits: 8 | 16,
    length: number,
  ) {
    this.entries = new Uint16Array(length);
  }

  run(): Uint16Array | null {
    let at = 0;
    while (at < this.words.length && this.filled < this.entries.length) {
      const next = this.segment(at, false);
      if (next === null) return null;
      at = next;
    }
    return this.filled === this.entries.length ? this.entries : null;
  }

  /** Takes one segment; answers where the next begins, or null for one that is none. */
  private segment(at: number, isReferred: boolean): number | null {
    this.steps += 1;
    const [kind, length] = [this.words[at], this.words[at + 1]];
    if (length === undefined || this.steps > STEPS_MAX) return null;
    if (kind === DISCRETE) return this.values(at + 2, length);
    if (kind === LINEAR) return this.line(at + 2, length);
    return kind === INDIRECT && !isReferred ? this.earlier(at + 2, length) : null;
  }

  private values(at: number, length: number): number | null {
    for (let one = at; one < at + length; one += 1) this.put(this.words[one] ?? 0);
    return at + length <= this.words.length ? at + length : null;
  }

  private line(at: number, length: number): number | null {
    const to = this.words[at];
    const from = this.filled === 0 ? undefined : this.entries[this.filled - 1];
    // A line goes on from the value before it: it cannot stand first.
    if (to === undefined || from === undefined) return null;
    for (let step = 1; step <= length; step += 1) this.put(Math.round(from + ((to - from) * step) / length));
    return at + 1;
  }

  private earlier(at: number, segments: number): number | null {
    const words = this.bits === 16 ? 2 : 4;
    const parts = this.words.slice(at, at + words);
    if (parts.length < words) return null;
    const bytes = parts.reduceRight((sum, part) => sum * 2 ** this.bits + part, 0);
    let from: number | null = bytes / (this.bits / 8);
    for (let one = 0; one < segments; one += 1) {
      from = Number.isInteger(from) && from < at ? this.segment(from, true) : null;
      if (from === null) return null;
    }
    return at + words;
  }

  /** What comes beyond the told length is left out. */
  private put(value: number): void {
    if (this.filled < this.entries.length) this.entries[this.filled] = value;
    this.filled = Math.min(this.entries.length, this.filled + 1);
  }
}
