import sharp from "sharp";
import { element, sequence } from "./elements";
import { drawEcho, drawSlice, type Picture } from "./picture";

/** What a synthetic study says about itself. Nothing in it ever belonged to a person. */
export interface DicomWish {
  /** DICOM writes names as Family^Given. */
  patientName?: string;
  /** "19500101". */
  birthDate?: string;
  studyDate?: string | null;
  modality?: "US" | "CT" | "XA";
  frames?: number;
  width?: number;
  height?: number;
  /** JPEG baseline in fragments, as echo machines write, or raw RGB. */
  compressed?: boolean;
  sliceMm?: number;
  description?: string;
  /** Tells instances of one study apart. */
  instance?: number;
  study?: number;
  burnedIn?: boolean;
  /** How deep the ultrasound looks, in cm: then distances can be measured. */
  depthCm?: number;
  /** Draws the frames of an ultrasound clip. */
  draw?: typeof drawEcho;
}

type Value = string | number | Buffer;
type Element = [tag: number, vr: string, value: Value];

const US_MULTIFRAME = "1.2.840.10008.5.1.4.1.1.3.1";
const CT_IMAGE = "1.2.840.10008.5.1.4.1.1.2";
const EXPLICIT_LITTLE = "1.2.840.10008.1.2.1";
const JPEG_BASELINE = "1.2.840.10008.1.2.4.50";
/** Tag, type, two reserved bytes and length. */
const SEQUENCE_HEAD_BYTES = 12;
const LONG_LENGTH = ["OB", "OW", "UT", "UN", "SQ"];

const uid = (study: number, part: number) => `2.25.31415926535897932384626433${study}0${part}`;

/** A whole DICOM file: an ultrasound clip of a valve that opens and closes, or one CT slice. */
export async function makeDicom(wish: DicomWish = {}): Promise<Buffer> {
  const modality = wish.modality ?? "US";
  const isUltrasound = modality === "US";
  const frames = isUltrasound ? (wish.frames ?? 12) : 1;
  const [width, height] = [wish.width ?? 160, wish.height ?? 120];
  const draw = wish.draw ?? drawEcho;
  const pictures = Array.from({ length: frames }, (_, frame) =>
    isUltrasound ? draw(width, height, frame / frames) : drawSlice(width, height),
  );
  const compressed = wish.compressed === true && isUltrasound;
  const pixels = compressed ? await fragments(pictures) : Buffer.concat(pictures.map(({ bytes }) => bytes));
  const syntax = compressed ? JPEG_BASELINE : EXPLICIT_LITTLE;
  const sopClass = isUltrasound ? US_MULTIFRAME : CT_IMAGE;
  const instance = uid(wish.study ?? 1, 100 + (wish.instance ?? 1));
  const body: Element[] = [
    ...identity(wish, modality, sopClass, instance),
    ...(isUltrasound ? [...clip(frames), ...region(wish, width, height)] : slice(wish)),
    ...shape(isUltrasound, compressed, width, height),
  ];
  return Buffer.concat([
    Buffer.alloc(128),
    Buffer.from("DICM"),
    fileMeta(sopClass, instance, syntax),
    encode(body),
    pixelData(pixels, compressed, isUltrasound),
  ]);
}

function identity(wish: DicomWish, modality: string, sopClass: string, instance: string): Element[] {
  const date = wish.studyDate === undefined ? "20260901" : wish.studyDate;
  return [
    [0x00080005, "CS", "ISO_IR 192"],
    [0x00080008, "CS", "ORIGINAL\\PRIMARY"],
    [0x00080016, "UI", sopClass],
    [0x00080018, "UI", instance],
    [0x00080020, "DA", date ?? ""],
    [0x00080030, "TM", "101500"],
    [0x00080050, "SH", ""],
    [0x00080060, "CS", modality],
    [0x00080070, "LO", "synthetic"],
    [0x00080090, "PN", ""],
    [0x00081030, "LO", wish.description ?? "SYNTHETIC - not a patient"],
    [0x00100010, "PN", wish.patientName ?? "DEMO^Synthetic"],
    [0x00100020, "LO", "DEMO-0001"],
    [0x00100030, "DA", wish.birthDate ?? "19500101"],
    [0x00100040, "CS", "O"],
    [0x00180015, "CS", "HEART"],
    [0x0020000d, "UI", uid(wish.study ?? 1, 1)],
    [0x0020000e, "UI", uid(wish.study ?? 1, 2)],
    [0x00200010, "SH", "1"],
    [0x00200011, "IS", "1"],
    [0x00200013, "IS", String(wish.instance ?? 1)],
    ...(wish.burnedIn === undefined
      ? []
      : [[0x00280301, "CS", wish.burnedIn ? "YES" : "NO"] satisfies Element]),
  ];
}

function clip(frames: number): Element[] {
  return [
    [0x00180040, "IS", "25"],
    [0x00181063, "DS", "40"],
    [0x00280008, "IS", String(frames)],
    [0x00280009, "AT", Buffer.from([0x18, 0x00, 0x63, 0x10])],
  ];
}

/** The whole picture as one region of tissue, so many centimetres a point in both directions (PS3.3 C.8.5.5). */
function region({ depthCm }: DicomWish, width: number, height: number): Element[] {
  if (depthCm === undefined) return [];
  const CENTIMETRES = 3;
  const share = Buffer.alloc(8);
  share.writeDoubleLE(depthCm / height);
  const whole = sequence(0x00186011, [
    [
      element(0x00186012, "US", 1),
      element(0x00186014, "US", 1),
      element(0x00186016, "UL", 0),
      element(0x00186018, "UL", 0),
      element(0x0018601a, "UL", 0),
      element(0x0018601c, "UL", width - 1),
      element(0x0018601e, "UL", height - 1),
      element(0x00186024, "US", CENTIMETRES),
      element(0x00186026, "US", CENTIMETRES),
      element(0x0018602c, "FD", share),
      element(0x0018602e, "FD", share),
    ],
  ]);
  return [[0x00186011, "SQ", whole.subarray(SEQUENCE_HEAD_BYTES)]];
}

function slice(wish: DicomWish): Element[] {
  return [
    [0x00180050, "DS", String(wish.sliceMm ?? 0.75)],
    [0x00280030, "DS", "0.5\\0.5"],
    [0x00281050, "DS", "40"],
    [0x00281051, "DS", "400"],
    [0x00281052, "DS", "-1024"],
    [0x00281053, "DS", "1"],
  ];
}

function shape(isUltrasound: boolean, compressed: boolean, width: number, height: number): Element[] {
  const photometric = isUltrasound ? (compressed ? "YBR_FULL_422" : "RGB") : "MONOCHROME2";
  const bits = isUltrasound ? 8 : 16;
  return [
    [0x00280002, "US", isUltrasound ? 3 : 1],
    [0x00280004, "CS", photometric],
    ...(isUltrasound ? [[0x00280006, "US", 0] satisfies Element] : []),
    [0x00280010, "US", height],
    [0x00280011, "US", width],
    [0x00280100, "US", bits],
    [0x00280101, "US", isUltrasound ? 8 : 12],
    [0x00280102, "US", isUltrasound ? 7 : 11],
    [0x00280103, "US", 0],
    ...(compressed ? [[0x00282110, "CS", "01"] satisfies Element] : []),
  ];
}

function fileMeta(sopClass: string, instance: string, syntax: string): Buffer {
  const rest = encode([
    [0x00020001, "OB", Buffer.from([0, 1])],
    [0x00020002, "UI", sopClass],
    [0x00020003, "UI", instance],
    [0x00020010, "UI", syntax],
    [0x00020012, "UI", "2.25.314159265358979323846264338"],
    [0x00020013, "SH", "DEMO"],
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(rest.length);
  return Buffer.concat([encode([[0x00020000, "UL", length]]), rest]);
}

/** Explicit little endian: tag, type, length, value padded to an even number of bytes, in order of tags. */
function encode(elements: Element[]): Buffer {
  return Buffer.concat(elements.toSorted(([one], [other]) => one - other).flatMap(encodeOne));
}

function encodeOne([tag, vr, value]: Element): Buffer[] {
  const bytes = padded(bytesOf(vr, value), vr === "UI" || vr === "OB" ? 0 : 0x20);
  const isLong = LONG_LENGTH.includes(vr);
  const head = Buffer.alloc(isLong ? 12 : 8);
  writeTag(head, tag);
  head.write(vr, 4, "latin1");
  if (isLong) head.writeUInt32LE(bytes.length, 8);
  else head.writeUInt16LE(bytes.length, 6);
  return [head, bytes];
}

function bytesOf(vr: string, value: Value): Buffer {
  if (typeof value === "string") return Buffer.from(value);
  if (Buffer.isBuffer(value)) return value;
  const bytes = Buffer.alloc(vr === "US" ? 2 : 4);
  if (vr === "US") bytes.writeUInt16LE(value);
  else bytes.writeUInt32LE(value);
  return bytes;
}

function padded(bytes: Buffer, filler: number): Buffer {
  return bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.from([filler])]);
}

function writeTag(into: Buffer, tag: number): void {
  into.writeUInt16LE(tag >>> 16, 0);
  into.writeUInt16LE(tag & 0xffff, 2);
}

function pixelData(pixels: Buffer, compressed: boolean, isBytes: boolean): Buffer {
  const head = Buffer.alloc(12);
  writeTag(head, 0x7fe00010);
  head.write(isBytes ? "OB" : "OW", 4, "latin1");
  head.writeUInt32LE(compressed ? 0xffffffff : pixels.length + (pixels.length % 2), 8);
  return Buffer.concat([head, padded(pixels, 0)]);
}

/** An offset table, one fragment a frame, and the end mark. */
async function fragments(pictures: Picture[]): Promise<Buffer> {
  const items = await Promise.all(pictures.map(async (picture) => item(padded(await jpegOf(picture), 0))));
  const offsets = Buffer.alloc(4 * items.length);
  let at = 0;
  for (const [index, bytes] of items.entries()) {
    offsets.writeUInt32LE(at, 4 * index);
    at += bytes.length;
  }
  const end = Buffer.alloc(8);
  writeTag(end, 0xfffee0dd);
  return Buffer.concat([item(offsets), ...items, end]);
}

function item(bytes: Buffer): Buffer {
  const head = Buffer.alloc(8);
  writeTag(head, 0xfffee000);
  head.writeUInt32LE(bytes.length, 4);
  return Buffer.concat([head, bytes]);
}

function jpegOf({ bytes, width, height }: Picture): Promise<Buffer> {
  return sharp(bytes, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 85, progressive: false })
    .toBuffer();
}
