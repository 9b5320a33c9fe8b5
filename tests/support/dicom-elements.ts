/** How a file writes its elements. */
export const SYNTAXES = {
  implicit: "1.2.840.10008.1.2",
  explicit: "1.2.840.10008.1.2.1",
  big: "1.2.840.10008.1.2.2",
} as const;
export type SyntaxName = keyof typeof SYNTAXES;

export interface Element {
  tag: number;
  vr: string;
  /** Bytes, text that is padded to an even length, or the items of a sequence. */
  value: Uint8Array | string | Element[][];
  /** A sequence that tells no length, and so its items. */
  isOpen?: boolean;
}

const LONG = ["OB", "OD", "OF", "OL", "OV", "OW", "SQ", "UC", "UN", "UR", "UT", "SV", "UV"];
const OPEN_END = 0xffffffff;

/** A DICOM file of these elements, written by hand: what a library would never write can be tried too. */
export function dicomOf(
  elements: readonly Element[],
  name: SyntaxName,
  behind: Uint8Array = Buffer.alloc(0),
): Buffer {
  const meta = written([{ tag: 0x00020010, vr: "UI", value: SYNTAXES[name] }], "explicit");
  return Buffer.concat([Buffer.alloc(128), Buffer.from("DICM"), meta, written(elements, name), behind]);
}

/** Elements alone, in the order given. */
export function written(elements: readonly Element[], name: SyntaxName): Buffer {
  return Buffer.concat(elements.map((element) => one(element, name)));
}

function one({ tag, vr, value, isOpen = false }: Element, name: SyntaxName): Buffer {
  const content = Array.isArray(value) ? items(value, name, isOpen) : bytes(value, vr);
  const end = isOpen ? [delimiter(0xfffee0dd, 0, name)] : [];
  return Buffer.concat([header(tag, vr, isOpen ? OPEN_END : content.length, name), content, ...end]);
}

function items(list: Element[][], name: SyntaxName, isOpen: boolean): Buffer {
  const parts = list.flatMap((elements) => {
    const content = written(elements, name);
    const begin = delimiter(0xfffee000, isOpen ? OPEN_END : content.length, name);
    return isOpen ? [begin, content, delimiter(0xfffee00d, 0, name)] : [begin, content];
  });
  return Buffer.concat(parts);
}

function bytes(value: Uint8Array | string, vr: string): Buffer {
  if (typeof value !== "string") return Buffer.from(value);
  return Buffer.from(value.length % 2 === 0 ? value : value + (vr === "UI" ? "\0" : " "), "latin1");
}

function delimiter(tag: number, length: number, name: SyntaxName): Buffer {
  return header(tag, "", length, name === "big" ? "big" : "implicit", true);
}

function header(tag: number, vr: string, length: number, name: SyntaxName, isPlain = false): Buffer {
  const isLittle = name !== "big";
  const isShort = !isPlain && name !== "implicit" && !LONG.includes(vr);
  const isLong = !isPlain && name !== "implicit" && !isShort;
  const head = Buffer.alloc(isLong ? 12 : 8);
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  view.setUint16(0, tag >>> 16, isLittle);
  view.setUint16(2, tag % 0x10000, isLittle);
  if (isShort || isLong) head.write(vr, 4, "latin1");
  if (isShort) view.setUint16(6, length, isLittle);
  else view.setUint32(isLong ? 8 : 4, length, isLittle);
  return head;
}
