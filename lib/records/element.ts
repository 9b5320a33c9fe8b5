/** One value of a DICOM file: a leaf of its tree, where it lies and what it lies in. */
export interface Leaf {
  /** Group and element as one number. */
  tag: number;
  /** Null in files that leave it to the dictionary. */
  vr: string | null;
  at: number;
  length: number;
  /** The sequences around it, outermost first. */
  inside: readonly number[];
}

/** The elements of a file up to its pixels. */
export interface Walk {
  leaves: Leaf[];
  /** Every sequence that was entered. */
  sequences: number[];
  transferSyntax: string;
  syntax: Syntax;
  /** Null when the file has none; a length of null says it is encapsulated. */
  pixels: { at: number; length: number | null } | null;
}

interface Syntax {
  isExplicit: boolean;
  isLittle: boolean;
}

const IMPLICIT: Syntax = { isExplicit: false, isLittle: true };
const EXPLICIT: Syntax = { isExplicit: true, isLittle: true };
const IMPLICIT_UID = "1.2.840.10008.1.2";
const BIG_ENDIAN_UID = "1.2.840.10008.1.2.2";
const DEFLATED_UIDS = ["1.2.840.10008.1.2.1.99", "1.2.840.10008.1.2.4.95", "1.2.840.10008.1.2.8.1"];
const TRANSFER_SYNTAX = 0x00020010;
const PIXELS = [0x7fe00008, 0x7fe00009, 0x7fe00010];
const ITEM = 0xfffee000;
const ITEM_END = 0xfffee00d;
const SEQUENCE_END = 0xfffee0dd;
const OPEN_END = 0xffffffff;
const LONG_VRS = ["OB", "OD", "OF", "OL", "OV", "OW", "SQ", "UC", "UN", "UR", "UT", "SV", "UV"];
const VRS = [
  ...LONG_VRS,
  ...["AE", "AS", "AT", "CS", "DA", "DS", "DT", "FD", "FL", "IS", "LO", "LT", "PN", "SH", "SL", "SS", "ST"],
  ...["TM", "UI", "UL", "US"],
];
const DEPTH_MAX = 40;
const LEAVES_MAX = 400_000;
const META_AT = 132;

class Malformed extends Error {}

/**
 * Walks through the elements of a file, `head` being its bytes up to the pixels. Null when anything is not as the
 * standard has it, or lies beyond `head`: what cannot be read to its end might say more than was seen.
 */
export function walkElements(head: Uint8Array): Walk | null {
  try {
    return new Walker(head).walk();
  } catch (error) {
    if (error instanceof Malformed || error instanceof RangeError) return null;
    throw error;
  }
}

interface Header {
  tag: number;
  vr: string | null;
  at: number;
  length: number;
}

class Walker {
  private readonly view: DataView;
  private readonly leaves: Leaf[] = [];
  private readonly sequences: number[] = [];
  private pixels: Walk["pixels"] = null;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  walk(): Walk {
    const start = this.meta();
    const named = this.leaves.find((leaf) => leaf.tag === TRANSFER_SYNTAX);
    const transferSyntax = named ? this.text(named).replaceAll("\u0000", "").trim() : "";
    // Deflated elements lie nowhere in the file as they are.
    if (!transferSyntax || DEFLATED_UIDS.includes(transferSyntax)) throw new Malformed();
    const isLittle = transferSyntax !== BIG_ENDIAN_UID;
    const syntax = { isExplicit: transferSyntax !== IMPLICIT_UID, isLittle };
    this.elements(start, this.bytes.length, syntax, []);
    const { leaves, sequences, pixels } = this;
    return { leaves, sequences, transferSyntax, syntax, pixels };
  }

  /** The file's own group, always explicit and little endian. Answers where the data set begins. */
  private meta(): number {
    let at = META_AT;
    while (at + 8 <= this.bytes.length && this.view.getUint16(at, true) === 2) {
      const header = this.header(at, EXPLICIT);
      if (header.vr === "SQ") throw new Malformed();
      this.keep(header, []);
      at = header.at + header.length;
    }
    return at;
  }

  /** Reads elements up to `end`, or to the delimiter of an item without a length. Answers where it stopped. */
  private elements(from: number, end: number, syntax: Syntax, inside: readonly number[]): number {
    let at = from;
    while (at < end) {
      const header = this.header(at, syntax);
      if (header.tag === ITEM_END && inside.length > 0) return header.at;
      if (inside.length === 0 && PIXELS.includes(header.tag)) {
        const { length } = header;
        this.pixels = { at: header.at, length: length === OPEN_END ? null : length };
        return header.at;
      }
      at = this.value(header, syntax, inside);
      if (at > end) throw new Malformed();
    }
    return at;
  }

  private header(at: number, { isExplicit, isLittle }: Syntax): Header {
    const tag = this.tagAt(at, isLittle);
    if (!isExplicit || tag >>> 16 === 0xfffe)
      return { tag, vr: null, at: at + 8, length: this.view.getUint32(at + 4, isLittle) };
    const vr = String.fromCharCode(this.view.getUint8(at + 4), this.view.getUint8(at + 5));
    if (!VRS.includes(vr)) throw new Malformed();
    return LONG_VRS.includes(vr)
      ? { tag, vr, at: at + 12, length: this.view.getUint32(at + 8, isLittle) }
      : { tag, vr, at: at + 8, length: this.view.getUint16(at + 6, isLittle) };
  }

  private value(header: Header, syntax: Syntax, inside: readonly number[]): number {
    const { tag, vr, at, length } = header;
    if (tag >>> 16 === 0xfffe) throw new Malformed();
    if (vr === "SQ") return this.sequence(header, syntax, inside);
    const isOpen = length === OPEN_END;
    if (isOpen && (vr === null || vr === "UN")) return this.sequence(header, IMPLICIT, inside);
    if (isOpen) return this.fragments(header, syntax, inside);
    if ((vr === null || vr === "UN") && this.beginsItem(at, length)) {
      const nested = this.attempt(header, inside);
      if (nested) return at + length;
    }
    this.keep(header, inside);
    return at + length;
  }

  /** What looks like a sequence in a file that does not say so may be one, or bytes that look alike. */
  private attempt(header: Header, inside: readonly number[]): boolean {
    const [leaves, sequences] = [this.leaves.length, this.sequences.length];
    try {
      this.sequence(header, IMPLICIT, inside);
      return true;
    } catch (error) {
      if (!(error instanceof Malformed || error instanceof RangeError)) throw error;
      this.leaves.length = leaves;
      this.sequences.length = sequences;
      return false;
    }
  }

  private beginsItem(at: number, length: number): boolean {
    return length >= 8 && at + 8 <= this.bytes.length && this.tagAt(at, true) === ITEM;
  }

  private sequence({ tag, at, length }: Header, syntax: Syntax, around: readonly number[]): number {
    if (around.length >= DEPTH_MAX) throw new Malformed();
    this.sequences.push(tag);
    const inside = [...around, tag];
    const end = length === OPEN_END ? this.bytes.length : at + length;
    if (end > this.bytes.length) throw new Malformed();
    let next = at;
    while (next < end) {
      const item = this.header(next, syntax);
      if (item.tag === SEQUENCE_END && length === OPEN_END) return item.at;
      if (item.tag !== ITEM) throw new Malformed();
      const itemEnd = item.length === OPEN_END ? end : item.at + item.length;
      if (itemEnd > end) throw new Malformed();
      next = this.elements(item.at, itemEnd, syntax, inside);
    }
    if (length === OPEN_END) throw new Malformed();
    return next;
  }

  /** Bytes in pieces, as compressed pixels of an icon are. */
  private fragments({ tag, vr, at }: Header, syntax: Syntax, inside: readonly number[]): number {
    let next = at;
    for (;;) {
      const item = this.header(next, syntax);
      if (item.tag === SEQUENCE_END) return item.at;
      if (item.tag !== ITEM || item.length === OPEN_END) throw new Malformed();
      this.keep({ ...item, tag, vr }, inside);
      next = item.at + item.length;
    }
  }

  private keep({ tag, vr, at, length }: Header, inside: readonly number[]): void {
    if (at + length > this.bytes.length || this.leaves.length >= LEAVES_MAX) throw new Malformed();
    this.leaves.push({ tag, vr, at, length, inside });
  }

  private tagAt(at: number, isLittle: boolean): number {
    return this.view.getUint16(at, isLittle) * 0x10000 + this.view.getUint16(at + 2, isLittle);
  }

  private text({ at, length }: Leaf): string {
    return String.fromCharCode(...this.bytes.subarray(at, at + Math.min(length, 128)));
  }
}
