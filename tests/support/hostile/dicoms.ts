import { makeDicom } from "../dicom";
import { foreignFiles } from "../third-party-dicom";
import { type Dice, either, fuzzed, refused, type Sample, taken } from "./sample";

const PIXELS = Buffer.from([0xe0, 0x7f, 0x10, 0x00]);

/** Replaces the value of a short element (explicit VR, little endian) by its tag. */
function changed(file: Buffer, tag: number, write: (bytes: Buffer, valueAt: number) => void): Buffer {
  const copy = Buffer.from(file);
  const mark = Buffer.alloc(4);
  mark.writeUInt16LE(tag >>> 16, 0);
  mark.writeUInt16LE(tag & 0xffff, 2);
  const at = copy.indexOf(mark, 132);
  if (at < 0) throw new Error(`The file has no ${tag.toString(16)}.`);
  write(copy, at + 8);
  return copy;
}

/** Sequences in sequences, as deep as asked. */
function nested(depth: number): Buffer {
  const open = Buffer.from([
    0x40, 0x00, 0x30, 0xa7, 0x53, 0x51, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xfe, 0xff, 0x00, 0xe0, 0xff, 0xff,
    0xff, 0xff,
  ]);
  return Buffer.concat(Array.from({ length: depth }, () => open));
}

export async function hostileDicoms(dice: Dice): Promise<Sample[]> {
  const plain = await makeDicom({ frames: 2 });
  const packed = await makeDicom({ frames: 2, compressed: true });
  const at = plain.indexOf(PIXELS, 132);
  const packedAt = packed.indexOf(PIXELS, 132);
  const preamble = (text: string) =>
    Buffer.concat([Buffer.from(text, "latin1"), plain.subarray(text.length)]);
  const lengthAt = (file: Buffer, place: number, value: number) => {
    const copy = Buffer.from(file);
    copy.writeUInt32LE(value, place);
    return copy;
  };
  const head = plain.subarray(0, at);
  const items = packed.subarray(0, packedAt + 12);
  const endless = Buffer.concat(
    Array.from({ length: 2_000 }, () => Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0])),
  );
  return [
    refused("pe.dcm", preamble("MZ\x90\0")),
    refused("elf.dcm", preamble("\x7fELF\x02\x01")),
    refused("script.dcm", preamble("#!/bin/sh\nrm -rf ~\n")),
    refused("mach.dcm", preamble("\xcf\xfa\xed\xfe")),
    refused("zip-behind.dcm", Buffer.concat([plain, Buffer.from("PK\x03\x04"), dice.bytes(300)])),
    refused("program-behind.dcm", Buffer.concat([plain, Buffer.from("MZ\x90\0"), dice.bytes(300)])),
    refused("zip-behind-packed.dcm", Buffer.concat([packed, Buffer.from("PK\x03\x04"), dice.bytes(300)])),
    refused("only-mark.dcm", plain.subarray(0, 132)),
    refused("no-syntax.dcm", Buffer.concat([plain.subarray(0, 132), dice.bytes(400)])),
    refused("pixels-too-long.dcm", lengthAt(plain, at + 8, 0x7ffffffe)),
    refused(
      "pixels-too-short.dcm",
      Buffer.concat([lengthAt(plain, at + 8, 10).subarray(0, at + 12), dice.bytes(10)]),
    ),
    refused(
      "rows-65535.dcm",
      changed(plain, 0x00280010, (bytes, place) => bytes.writeUInt16LE(65_535, place)),
    ),
    refused(
      "columns-65535.dcm",
      changed(plain, 0x00280011, (bytes, place) => bytes.writeUInt16LE(65_535, place)),
    ),
    refused(
      "bits-65535.dcm",
      changed(plain, 0x00280100, (bytes, place) => bytes.writeUInt16LE(65_535, place)),
    ),
    refused("no-fragments.dcm", items),
    refused("fragments-endless.dcm", Buffer.concat([items, endless, Buffer.from([1, 2, 3])])),
    refused("fragment-too-long.dcm", lengthAt(packed, packedAt + 12 + 4, 0x7fffffff)),
    refused("fragment-of-nothing.dcm", Buffer.concat([items, dice.bytes(64)])),
    refused("deep.dcm", Buffer.concat([head, nested(20_000)])),
    refused("shallow-open.dcm", Buffer.concat([head, nested(3)])),
    refused("html.dcm", Buffer.from("<!doctype html><script>fetch('//evil')</script>")),
    refused("noise.dcm", dice.bytes(3_000)),
    ...Array.from({ length: 14 }, (_, n) =>
      refused(`cut-${n}.dcm`, plain.subarray(0, 140 + Math.floor(((plain.length - 160) * n) / 14))),
    ),
    ...Array.from({ length: 6 }, (_, n) =>
      refused(
        `cut-packed-${n}.dcm`,
        packed.subarray(0, packedAt + 20 + Math.floor(((packed.length - packedAt - 60) * n) / 6)),
      ),
    ),
    ...Array.from({ length: 20 }, (_, n) =>
      either(`fuzzed-${n}.dcm`, Buffer.concat([fuzzed(head, dice, 132, 1 + n), plain.subarray(at)])),
    ),
    ...Array.from({ length: 10 }, (_, n) =>
      either(`fuzzed-packed-${n}.dcm`, fuzzed(packed, dice, 300, 3 + n * 4)),
    ),
  ];
}

export async function goodDicoms(): Promise<Sample[]> {
  const clip = await makeDicom({ frames: 2 });
  // A microscope's file is a TIFF as well: its preamble tells where the picture lies.
  const dual = Buffer.concat([Buffer.from("II*\0\x10\0\0\0", "latin1"), clip.subarray(8)]);
  const padded = Buffer.concat([
    clip,
    Buffer.from([0xfc, 0xff, 0xfc, 0xff, 0x4f, 0x42, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0]),
  ]);
  const names = ["Müller^Jörg", "Петрова^Анна", "王^小東", "محمد^علي", "Παπαδόπουλος^Νίκος"];
  return [
    ...foreignFiles().map(({ name, bytes }) => taken(`${name}.dcm`, Buffer.from(bytes))),
    taken("dual.dcm", dual),
    taken("padded.dcm", padded),
    taken("echo.dcm", await makeDicom({ compressed: true })),
    taken("ct.dcm", await makeDicom({ modality: "CT", sliceMm: 0.6 })),
    taken("still.dcm", await makeDicom({ frames: 1, studyDate: null })),
    ...(await Promise.all(
      names.map(async (patientName, n) =>
        taken(`name-${n}.dcm`, await makeDicom({ patientName, frames: 1 })),
      ),
    )),
  ];
}
