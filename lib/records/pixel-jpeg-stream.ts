import { FrameError } from "./pixel-samples";

/** A JPEG of any kind (ITU-T T.81, T.87) as its markers describe it. */
export interface JpegPlan {
  /** Last byte of the start-of-frame marker: 0xc0 baseline, 0xc1 extended, 0xc3 lossless, 0xf7 JPEG-LS. */
  process: number;
  precision: number;
  rows: number;
  columns: number;
  components: JpegComponent[];
  /** What Adobe's marker says of colour: 0 none, 1 YCbCr; null without it. */
  transform: number | null;
  quantisation: Uint16Array[];
  scans: JpegScan[];
}

export interface JpegComponent {
  id: number;
  across: number;
  down: number;
  table: number;
}

export interface JpegScan {
  /** Indexes of components, with the tables of their first (dc) and further (ac) coefficients. */
  parts: { component: number; dc: HuffmanTable | null; ac: HuffmanTable | null }[];
  /** Lossless: which neighbours predict a point. */
  predictor: number;
  shift: number;
  restart: number;
  /** Where the coded data begin. */
  at: number;
}

export interface HuffmanTable {
  /** By the next nine bits: length * 256 + symbol, or 0 where the code is longer. */
  quick: Uint16Array;
  /** By length: first code, and where its symbols begin. */
  first: Int32Array;
  offset: Int32Array;
  count: Uint8Array;
  symbols: Uint8Array;
}

const QUICK = 9;
const SOF = new Set([0xc0, 0xc1, 0xc2, 0xc3, 0xc9, 0xf7]);

/** Reads the markers. Throws a FrameError where this is no JPEG. */
export function planJpeg(bytes: Uint8Array): JpegPlan {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) throw new FrameError("unreadable");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const plan = emptyPlan();
  const tables = new Map<number, HuffmanTable>();
  let restart = 0;
  for (let at = 2; at + 4 <= bytes.length;) {
    if (bytes[at] !== 0xff || isInData(bytes[at + 1])) {
      at += 1;
      continue;
    }
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xd9) break;
    const length = view.getUint16(at + 2);
    const body = bytes.subarray(at + 4, at + 2 + length);
    if (SOF.has(marker)) readFrame(plan, marker, body);
    else if (marker === 0xc4) readHuffman(tables, body);
    else if (marker === 0xdb) readQuantisation(plan.quantisation, body);
    else if (marker === 0xdd) restart = view.getUint16(at + 4);
    else if (marker === 0xee && body.length >= 12) plan.transform = body[11] ?? null;
    else if (marker === 0xda) plan.scans.push(scanOf(plan, tables, body, { restart, at: at + 2 + length }));
    at += 2 + Math.max(2, length);
  }
  return plan;
}

function emptyPlan(): JpegPlan {
  const size = { process: 0, precision: 0, rows: 0, columns: 0 };
  return { ...size, components: [], transform: null, quantisation: [], scans: [] };
}

/** Fill bytes, stuffed bytes, restarts, and what is none of the markers with a length. */
function isInData(code: number | undefined): boolean {
  return code === undefined || code < 0xc0 || code === 0xff || (code >= 0xd0 && code <= 0xd8);
}

function readFrame(plan: JpegPlan, marker: number, body: Uint8Array): void {
  const [precision = 0, a = 0, b = 0, c = 0, d = 0, count = 0] = body;
  if (body.length < 6 + count * 3 || count === 0 || count > 4) throw new FrameError("unreadable");
  Object.assign(plan, { process: marker, precision, rows: a * 256 + b, columns: c * 256 + d });
  plan.components = Array.from({ length: count }, (_, one) => {
    const [id = 0, factors = 0x11, table = 0] = body.subarray(6 + one * 3);
    return { id, across: factors >> 4 || 1, down: factors & 15 || 1, table: table & 3 };
  });
}

function readQuantisation(into: Uint16Array[], body: Uint8Array): void {
  for (let at = 0; at < body.length;) {
    const head = body[at] ?? 0;
    const width = head >> 4 ? 2 : 1;
    const rest = body.subarray(at + 1);
    into[head & 3] = Uint16Array.from({ length: 64 }, (_, one) =>
      width === 2 ? (rest[one * 2] ?? 0) * 256 + (rest[one * 2 + 1] ?? 0) : (rest[one] ?? 0),
    );
    at += 1 + 64 * width;
  }
}

function readHuffman(tables: Map<number, HuffmanTable>, body: Uint8Array): void {
  for (let at = 0; at + 17 <= body.length;) {
    const counts = body.slice(at + 1, at + 17);
    const total = counts.reduce((sum, one) => sum + one, 0);
    tables.set(body[at] ?? 0, tableFrom(counts, body.slice(at + 17, at + 17 + total)));
    at += 17 + total;
  }
}

function tableFrom(counts: Uint8Array, symbols: Uint8Array): HuffmanTable {
  const quick = new Uint16Array(2 ** QUICK);
  const first = new Int32Array(17);
  const offset = new Int32Array(17);
  const count = new Uint8Array(17);
  let [code, at] = [0, 0];
  for (let length = 1; length <= 16; length += 1) {
    first[length] = code;
    offset[length] = at;
    count[length] = counts[length - 1] ?? 0;
    for (let one = 0; one < (count[length] ?? 0); one += 1, code += 1, at += 1) {
      if (length > QUICK) continue;
      const from = code << (QUICK - length);
      quick.fill(length * 256 + (symbols[at] ?? 0), from, from + (1 << (QUICK - length)));
    }
    code <<= 1;
  }
  return { quick, first, offset, count, symbols };
}

function scanOf(
  plan: JpegPlan,
  tables: ReadonlyMap<number, HuffmanTable>,
  body: Uint8Array,
  place: { restart: number; at: number },
): JpegScan {
  const count = body[0] ?? 0;
  const parts = Array.from({ length: Math.min(4, count) }, (_, one) => {
    const [id = 0, used = 0] = body.subarray(1 + one * 2);
    const component = plan.components.findIndex((each) => each.id === id);
    return { component, dc: tables.get(used >> 4) ?? null, ac: tables.get(0x10 + (used & 15)) ?? null };
  });
  const [predictor = 0, , low = 0] = body.subarray(1 + count * 2);
  return { parts, predictor, shift: low & 15, ...place };
}

/** Reads the coded bits of one scan. Beyond its end come noughts, so that a cut picture ends grey instead of never. */
export class BitReader {
  private held = 0;
  private have = 0;

  constructor(
    private readonly bytes: Uint8Array,
    private at: number,
  ) {}

  symbol(table: HuffmanTable): number {
    this.fill();
    const quick = table.quick[(this.held >>> (this.have - QUICK)) & (2 ** QUICK - 1)] ?? 0;
    if (quick !== 0) {
      this.have -= quick >> 8;
      return quick & 255;
    }
    for (let length = QUICK + 1; length <= 16; length += 1) {
      const code = (this.held >>> (this.have - length)) & (2 ** length - 1);
      const place = code - (table.first[length] ?? 0);
      if (place < 0 || place >= (table.count[length] ?? 0)) continue;
      this.have -= length;
      return table.symbols[(table.offset[length] ?? 0) + place] ?? 0;
    }
    throw new FrameError("unreadable");
  }

  /** A number of so many bits, where the lower half means a negative one. */
  difference(bits: number): number {
    if (bits === 0) return 0;
    this.fill();
    this.have -= bits;
    const value = (this.held >>> this.have) & (2 ** bits - 1);
    return value < 2 ** (bits - 1) ? value - 2 ** bits + 1 : value;
  }

  /** Goes to behind the next restart mark. */
  restart(): void {
    this.held = 0;
    this.have = 0;
    while (this.at + 1 < this.bytes.length && !this.isRestart()) this.at += 1;
    this.at += 2;
  }

  private isRestart(): boolean {
    const code = this.bytes[this.at + 1] ?? 0;
    return this.bytes[this.at] === 0xff && code >= 0xd0 && code <= 0xd7;
  }

  /** Holds at least sixteen bits, and no more than the thirty-two a number has for them. */
  private fill(): void {
    while (this.have <= 16) {
      const byte = this.bytes[this.at] ?? 0;
      const isMark = byte === 0xff && this.bytes[this.at + 1] !== 0;
      if (!isMark) this.at += byte === 0xff ? 2 : 1;
      this.held = ((this.held << 8) | (isMark ? 0 : byte)) >>> 0;
      this.have += 8;
    }
  }
}
