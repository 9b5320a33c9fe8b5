import { type Rule, ruleOf } from "./confidentiality";
import { type Leaf, type Walk, walkElements } from "./element";
import { type Digest, dummyOf, emptyOf, standInNumber, standInUids } from "./stand-in";

/** Bytes to lay over a file at one place; as many as were there, so that nothing else moves. */
export interface Blank {
  at: number;
  bytes: Uint8Array;
  /** How many zeros follow them: a file may have gigabytes that go, and nobody holds those. */
  zeros?: number;
}

const endOf = ({ at, bytes, zeros = 0 }: Blank) => at + bytes.length + zeros;

/** What is laid over a file, and how it goes on behind that. */
export interface Blanking {
  /** In the order of the file, none over another. */
  blanks: Blank[];
  /** Where the pixels begin and how long they are: null when encapsulated. Absent when the file has none. */
  pixels: Walk["pixels"];
  syntax: Walk["syntax"];
}

/** The room before a DICOM header, where a program could hide. */
export const PREAMBLE: Blank = { at: 0, bytes: new Uint8Array(128) };

/** Free text and names, whatever element they stand in. */
const TELLING = ["PN", "LT", "ST", "UT", "UC"];
/** Free text that is a code, or what a code means. */
const CODES = [0x00080108, 0x00080114, 0x00080115, 0x00080116, 0x00080119];
const PATIENT_ID = 0x00100020;
const AGE = 0x00101010;
const IS_REMOVED = 0x00120062;
const ICON = 0x00880200;
const CONTENT = 0x0040a730;
/** Of which kind a value is: a word of the standard, on which depends what else an item must have. */
const VALUE_TYPE = 0x0040a040;
const DOCUMENT = 0x00420011;
const DIRECTORY = 0x00041220;
const MOMENT = /^[\d.:+\-\s\\\0]*$/;
const TRAIT = /^(?:[MFO]|\d{3}[DWMY]|[\d.eE+-]+)?[\s\0]*$/;

/**
 * What to lay over a DICOM file so that it no longer says whose it is. Null when it cannot be read, and when it is a
 * report: the text of one names the patient wherever its writer liked.
 */
export function blankingOf(head: Uint8Array, digest: Digest): Blanking | null {
  const walk = walkElements(head);
  if (!walk || tellsInWords(walk) || hidesOverlay(walk, head)) return null;
  const blanks = walk.leaves.flatMap((leaf) => {
    const bytes = leaf.length === 0 ? null : instead(leaf, head, digest);
    return bytes ? [{ at: leaf.at, bytes }] : [];
  });
  return { blanks: [PREAMBLE, ...blanks], pixels: walk.pixels, syntax: walk.syntax };
}

function tellsInWords({ sequences, leaves }: Walk): boolean {
  return (
    sequences.some((tag) => tag === CONTENT || tag === DIRECTORY) ||
    leaves.some(({ tag }) => tag === DOCUMENT || tag === CONTENT)
  );
}

/** An old way to write over a picture is to use the bits its pixels leave free: there nobody looks, and names fit. */
function hidesOverlay({ leaves, syntax }: Walk, head: Uint8Array): boolean {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return leaves.some(({ tag, at, length }) => {
    const isPosition = isOverlay(tag) && tag % 0x10000 === 0x0102;
    return isPosition && length === 2 && view.getUint16(at, syntax.isLittle) !== 0;
  });
}

/** The bytes to stand in a value's place; null when it stays. */
function instead(leaf: Leaf, head: Uint8Array, digest: Digest): Uint8Array | null {
  const { tag, length } = leaf;
  const value = head.subarray(leaf.at, leaf.at + length);
  const rule = ruleOf(tag);
  const vr = leaf.vr === null || leaf.vr === "UN" ? (rule?.vr ?? "UN") : leaf.vr;
  if (isGroupLength(leaf)) return null;
  if (isPrivate(tag) || isCurve(tag)) return emptyOf(vr, length);
  if (leaf.inside.some(isRemoved)) return inRemoved(leaf, vr, value, digest);
  if (isOverlay(tag) && [0x0022, 0x1500, 0x3000, 0x4000].includes(tag % 0x10000)) return emptyOf(vr, length);
  if (tag === IS_REMOVED) return length < 3 ? emptyOf(vr, length) : ascii("YES", length);
  if (rule) return byRule(rule, vr, tag, value, digest);
  return TELLING.includes(vr) && !CODES.includes(tag) ? dummyOf(vr, length) : null;
}

function byRule(
  { action }: Rule,
  vr: string,
  tag: number,
  value: Uint8Array,
  digest: Digest,
): Uint8Array | null {
  const text = String.fromCharCode(...value.subarray(0, 256));
  switch (action) {
    case "uid":
      return standInUids(value, digest);
    case "moment":
      return MOMENT.test(text) && value.length <= 256 ? null : dummyOf(vr, value.length);
    case "trait":
      return TRAIT.test(text) && value.length <= 256 ? youngEnough(tag, text) : emptyOf(vr, value.length);
    case "empty":
      return emptyOf(vr, value.length);
    default:
      return tag === PATIENT_ID ? standInNumber(value, digest) : dummyOf(vr, value.length);
  }
}

/** So few reach it that a great age is half a name: all above 89 are 90. */
function youngEnough(tag: number, text: string): Uint8Array | null {
  const years = tag === AGE ? Number(/^(\d{3})Y/.exec(text)?.[1] ?? 0) : 0;
  return years > 89 ? ascii("090Y", text.length) : null;
}

/** Everything in a sequence that the profile removes or replaces; its items stay, with nothing in them. */
function inRemoved(
  { tag, inside, length }: Leaf,
  vr: string,
  value: Uint8Array,
  digest: Digest,
): Uint8Array | null {
  // How an icon's pixels lie, so that what is black now is still a picture.
  if (inside.includes(ICON) && tag >>> 16 === 0x0028) return null;
  if (tag === VALUE_TYPE && length <= 16) return null;
  if (vr === "UI") return standInUids(value, digest);
  return dummyOf(vr, length);
}

function isRemoved(sequence: number): boolean {
  const action = ruleOf(sequence)?.action;
  return isPrivate(sequence) || isCurve(sequence) || action === "empty" || action === "dummy";
}

/** How many bytes a group has: they stay as many. */
function isGroupLength({ tag, length }: Leaf): boolean {
  return tag % 0x10000 === 0 && length === 4;
}

function isPrivate(tag: number): boolean {
  return (tag >>> 16) % 2 === 1;
}

function isCurve(tag: number): boolean {
  return tag >>> 24 === 0x50;
}

function isOverlay(tag: number): boolean {
  return tag >>> 24 === 0x60;
}

function ascii(text: string, length: number): Uint8Array {
  return new TextEncoder().encode(text.padEnd(length));
}

/**
 * Covers everything behind the pixels: signatures, private groups and padding, of which the profile keeps nothing. One
 * element of padding takes their place; null where they are more than one element can be.
 */
export function tailBlank(at: number, sizeBytes: number, syntax: Walk["syntax"]): Blank[] | null {
  const length = sizeBytes - at;
  if (length <= 0) return [];
  // No element can say that it is so long.
  if (length >= 2 ** 32) return null;
  const headBytes = syntax.isExplicit ? 12 : 8;
  if (length < headBytes) return [{ at, bytes: new Uint8Array(length) }];
  const bytes = new Uint8Array(headBytes);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xfffc, syntax.isLittle);
  view.setUint16(2, 0xfffc, syntax.isLittle);
  if (syntax.isExplicit) bytes.set([0x4f, 0x42], 4);
  view.setUint32(headBytes - 4, length - headBytes, syntax.isLittle);
  return [{ at, bytes, zeros: length - headBytes }];
}

/** Lays blanks over a piece of the file that begins at `from`, in place. */
export function layOver(piece: Uint8Array, from: number, blanks: readonly Blank[]): void {
  const to = from + piece.length;
  for (let index = firstBehind(blanks, from); index < blanks.length; index += 1) {
    const blank = blanks[index];
    if (!blank || blank.at >= to) return;
    const start = Math.max(blank.at, from);
    const zerosAt = blank.at + blank.bytes.length;
    if (start < zerosAt)
      piece.set(blank.bytes.subarray(start - blank.at, Math.min(zerosAt, to) - blank.at), start - from);
    const [zerosFrom, zerosTo] = [Math.max(zerosAt, from), Math.min(endOf(blank), to)];
    if (zerosFrom < zerosTo) piece.fill(0, zerosFrom - from, zerosTo - from);
  }
}

/** The first blank that ends behind a place, found by halves. */
function firstBehind(blanks: readonly Blank[], place: number): number {
  let [low, high] = [0, blanks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const blank = blanks[middle];
    if (blank && endOf(blank) <= place) low = middle + 1;
    else high = middle;
  }
  return low;
}
