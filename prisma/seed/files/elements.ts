/** Code value, scheme, meaning: as DICOM writes a concept. */
export type Concept = readonly [code: string, scheme: string, meaning: string];

const LONG = ["OB", "OW", "SQ", "UN", "UT"];
const META_VERSION = Buffer.from([0, 1]);
const EXPLICIT_LITTLE = "1.2.840.10008.1.2.1";

/** One element, explicit little endian; numbers stand as US or UL. */
export function element(tag: number, vr: string, value: Buffer | string | number): Buffer {
  const bytes = bytesOf(vr, value);
  const filler = vr === "UI" || vr === "OB" ? 0 : 0x20;
  const even = bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.from([filler])]);
  const isLong = LONG.includes(vr);
  const head = Buffer.alloc(isLong ? 12 : 8);
  head.writeUInt16LE(tag >>> 16, 0);
  head.writeUInt16LE(tag & 0xffff, 2);
  head.write(vr, 4, "latin1");
  if (isLong) head.writeUInt32LE(even.length, 8);
  else head.writeUInt16LE(even.length, 6);
  return Buffer.concat([head, even]);
}

function bytesOf(vr: string, value: Buffer | string | number): Buffer {
  if (typeof value === "string") return Buffer.from(value);
  if (typeof value !== "number") return value;
  const bytes = Buffer.alloc(vr === "US" ? 2 : 4);
  if (vr === "US") bytes.writeUInt16LE(value);
  else bytes.writeUInt32LE(value);
  return bytes;
}

/** A sequence of items, each a list of elements. */
export function sequence(tag: number, items: readonly (readonly Buffer[])[]): Buffer {
  const framed = items.map((elements) => {
    const body = Buffer.concat(inOrder(elements));
    const head = Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0]);
    head.writeUInt32LE(body.length, 4);
    return Buffer.concat([head, body]);
  });
  return element(tag, "SQ", Buffer.concat(framed));
}

export function concept(tag: number, [code, scheme, meaning]: Concept): Buffer {
  return sequence(tag, [
    [element(0x00080100, "SH", code), element(0x00080102, "SH", scheme), element(0x00080104, "LO", meaning)],
  ]);
}

export interface Whole {
  sopClass: string;
  instance: string;
  elements: readonly Buffer[];
}

/** A whole DICOM file of these elements. */
export function dicomFile({ sopClass, instance, elements }: Whole): Buffer {
  const meta = Buffer.concat([
    element(0x00020001, "OB", META_VERSION),
    element(0x00020002, "UI", sopClass),
    element(0x00020003, "UI", instance),
    element(0x00020010, "UI", EXPLICIT_LITTLE),
    element(0x00020012, "UI", "2.25.314159265358979323846264338"),
  ]);
  return Buffer.concat([
    Buffer.alloc(128),
    Buffer.from("DICM"),
    element(0x00020000, "UL", meta.length),
    meta,
    ...inOrder([...elements, element(0x00080016, "UI", sopClass), element(0x00080018, "UI", instance)]),
  ]);
}

function inOrder(elements: readonly Buffer[]): Buffer[] {
  const tagOf = (one: Buffer) => one.readUInt16LE(0) * 65_536 + one.readUInt16LE(2);
  return elements.toSorted((one, other) => tagOf(one) - tagOf(other));
}

/** Whose study a file pretends to be. */
export interface Whose {
  name: string;
  /** "1950-01-01". */
  born: string;
  /** "2026-09-01". */
  examined: string;
  /** Five digits that tell studies apart. */
  study: number;
}

export const uidOf = (study: number, part: number) => `2.25.31415926535897932384626433${study}0${part}`;

/** DICOM writes names as Family^Given. */
export function nameOf({ name }: Pick<Whose, "name">): string {
  const [given = "", ...family] = name.split(" ");
  return `${family.join(" ")}^${given}`;
}

export interface Place {
  modality: string;
  description: string;
  series: number;
  instance: number;
}

/** What every file of a study says first: whose it is, of when, and where in the study it stands. */
export function identity(whose: Whose, { modality, description, series, instance }: Place): Buffer[] {
  const day = whose.examined.replaceAll("-", "");
  return [
    element(0x00080005, "CS", "ISO_IR 192"),
    element(0x00080020, "DA", day),
    element(0x00080023, "DA", day),
    element(0x00080030, "TM", "101500"),
    element(0x00080033, "TM", "101500"),
    element(0x00080050, "SH", ""),
    element(0x00080060, "CS", modality),
    element(0x00080070, "LO", "synthetic"),
    element(0x00080090, "PN", ""),
    element(0x00081030, "LO", description),
    element(0x0008103e, "LO", description),
    element(0x00100010, "PN", nameOf(whose)),
    element(0x00100020, "LO", "DEMO-0001"),
    element(0x00100030, "DA", whose.born.replaceAll("-", "")),
    element(0x00100040, "CS", "O"),
    element(0x0020000d, "UI", uidOf(whose.study, 1)),
    element(0x0020000e, "UI", uidOf(whose.study, 1 + series)),
    element(0x00200010, "SH", "1"),
    element(0x00200011, "IS", String(series)),
    element(0x00200013, "IS", String(instance)),
  ];
}
