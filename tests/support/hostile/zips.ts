import { crc32, deflateRawSync } from "node:zlib";
import { makeDicom, makePdf } from "../dicom";
import { type Dice, either, fuzzed, refused, type Sample, taken } from "./sample";

export interface Entry {
  name: string;
  plain: Buffer;
  /** What the zip says instead of the truth. */
  lie?: Partial<{
    crc: number;
    plainBytes: number;
    packedBytes: number;
    method: number;
    localMethod: number;
    flags: number;
    headerAt: number;
    mode: number;
    extra: Buffer;
  }>;
  packed?: Buffer;
  stored?: boolean;
}

/** A zip as somebody would write it who wants to be believed. */
export function zipOf(entries: readonly Entry[], end: { entries?: number; comment?: Buffer } = {}): Buffer {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const { name, plain, lie = {}, packed: given, stored } of entries) {
    const packed = given ?? (stored ? plain : deflateRawSync(plain));
    const label = Buffer.from(name);
    const method = lie.method ?? (stored ? 0 : 8);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(lie.flags ?? 0, 2);
    fields.writeUInt16LE(method, 4);
    fields.writeUInt32LE(lie.crc ?? crc32(plain), 10);
    fields.writeUInt32LE(lie.packedBytes ?? packed.length, 14);
    fields.writeUInt32LE(lie.plainBytes ?? plain.length, 18);
    fields.writeUInt16LE(label.length, 22);
    const local = Buffer.from(fields);
    local.writeUInt16LE(lie.localMethod ?? method, 4);
    parts.push(Buffer.from("PK\x03\x04"), local, label, packed);
    const extra = lie.extra ?? Buffer.alloc(0);
    fields.writeUInt16LE(extra.length, 24);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE((lie.mode ?? 0) * 65_536, 6);
    rest.writeUInt32LE(lie.headerAt ?? at, 10);
    const madeBy = Buffer.from([20, lie.mode === undefined ? 0 : 3]);
    central.push(Buffer.from("PK\x01\x02"), madeBy, fields, rest, label, extra);
    at += 30 + label.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const tail = Buffer.alloc(18);
  const count = end.entries ?? entries.length;
  tail.writeUInt16LE(count, 4);
  tail.writeUInt16LE(count, 6);
  tail.writeUInt32LE(directory.length, 8);
  tail.writeUInt32LE(at, 12);
  tail.writeUInt16LE(end.comment?.length ?? 0, 16);
  return Buffer.concat([
    ...parts,
    directory,
    Buffer.from("PK\x05\x06"),
    tail,
    end.comment ?? Buffer.alloc(0),
  ]);
}

const size64 = (value: bigint) => {
  const extra = Buffer.alloc(12);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(8, 2);
  extra.writeBigUInt64LE(value, 4);
  return extra;
};

/** Archives that lie, swell, hide or climb. */
export async function hostileZips(dice: Dice): Promise<Sample[]> {
  const pdf = makePdf([["Report"]]);
  const clip = await makeDicom({ frames: 1 });
  const good: Entry = { name: "IM1", plain: clip };
  const one = (name: string, lie: Entry["lie"], entry: Partial<Entry> = {}) =>
    refused(name, zipOf([{ ...good, ...entry, lie: lie ?? {} }]));
  const zeros = Buffer.alloc(30_000_000);
  const inner = zipOf([good]);
  const whole = zipOf([good, { name: "a.pdf", plain: pdf }]);
  return [
    refused("bomb.zip", zipOf([{ name: "a.dcm", plain: zeros }])),
    refused("bomb-among-good.zip", zipOf([good, { name: "b.dcm", plain: zeros }])),
    refused(
      "bomb-of-many.zip",
      zipOf(
        Array.from({ length: 40 }, (_, n) => ({ name: `${n}.dcm`, plain: zeros.subarray(0, 2_000_000) })),
      ),
    ),
    refused("nested.zip", zipOf([{ name: "a.zip", plain: inner }])),
    refused("nested-renamed.zip", zipOf([{ name: "a.dcm", plain: inner }])),
    refused("nested-beside-good.zip", zipOf([good, { name: "more.7z", plain: dice.bytes(100) }])),
    refused("overlapping.zip", zipOf([good, { ...good, name: "IM2", lie: { headerAt: 0 } }])),
    refused(
      "many-of-one.zip",
      zipOf(Array.from({ length: 300 }, (_, n) => ({ name: `IM${n}`, plain: pdf, lie: { headerAt: 0 } }))),
    ),
    refused(
      "quine-like.zip",
      zipOf([{ name: "IM1", plain: inner, packed: inner, stored: true, lie: { headerAt: 0 } }]),
    ),
    refused("too-many.zip", zipOf([good], { entries: 65_534 })),
    refused(
      "hundred-thousand.zip",
      zipOf(
        Array.from({ length: 30_000 }, (_, n) => ({ name: `${n}`, plain: Buffer.alloc(0), stored: true })),
      ),
    ),
    one("lying-crc.zip", { crc: 12 }),
    one("lying-small.zip", { plainBytes: 20 }),
    one("lying-large.zip", { plainBytes: clip.length + 1 }),
    one("lying-packed.zip", { packedBytes: 4_000_000_000 }),
    one("lying-offset.zip", { headerAt: 4_000_000_000 }),
    one("zip64-terabytes.zip", { plainBytes: 0xffffffff, extra: size64(10n ** 13n) }),
    one("zip64-negative.zip", { plainBytes: 0xffffffff, extra: size64(2n ** 64n - 1n) }),
    one("zip64-empty-field.zip", { plainBytes: 0xffffffff, extra: Buffer.from([1, 0, 0, 0]) }),
    one("encrypted.zip", { flags: 1 }),
    one("strong-encrypted.zip", { flags: 0x41 }),
    one("bzip2.zip", { method: 12 }),
    one("deflate64.zip", { method: 9 }),
    one("two-methods.zip", { localMethod: 0 }),
    one("link.zip", { mode: 0xa1ff }, { plain: Buffer.from("/etc/passwd") }),
    one("broken-deflate.zip", {}, { packed: dice.bytes(500) }),
    one("stored-not-equal.zip", { plainBytes: 10, method: 0 }, { packed: clip }),
    refused("climbs.zip", zipOf([{ name: "../../etc/cron.d/a", plain: Buffer.from("* * * * * root sh") }])),
    refused("absolute.zip", zipOf([{ name: "/etc/passwd", plain: Buffer.from("root") }])),
    refused("drive.zip", zipOf([{ name: "C:\\Windows\\a.dll", plain: dice.bytes(99) }])),
    refused(
      "programs.zip",
      zipOf([
        { name: "a.exe", plain: Buffer.from("MZ") },
        { name: "b.bat", plain: Buffer.from("del") },
      ]),
    ),
    refused(
      "report-with-program.zip",
      zipOf([
        { name: "a.pdf", plain: pdf },
        { name: "a.pdf.exe", plain: Buffer.from("MZ") },
      ]),
    ),
    refused(
      "renamed-program.zip",
      zipOf([{ name: "IM1", plain: Buffer.concat([Buffer.from("MZ\x90\0"), dice.bytes(300)]) }]),
    ),
    refused(
      "page-as-picture.zip",
      zipOf([{ name: "a.jpg", plain: Buffer.from("<html><script>1</script>") }]),
    ),
    refused(
      "active-inside.zip",
      zipOf([
        {
          name: "a.pdf",
          plain: Buffer.from(
            pdf
              .toString("latin1")
              .replace("/Type /Catalog", "/Type /Catalog /OpenAction << /S /JavaScript /JS (1) >>"),
            "latin1",
          ),
        },
      ]),
    ),
    refused("empty.zip", zipOf([])),
    refused("only-index.zip", zipOf([{ name: "DICOMDIR", plain: dice.bytes(500) }])),
    refused(
      "only-junk.zip",
      zipOf([
        { name: ".DS_Store", plain: dice.bytes(50) },
        { name: "Thumbs.db", plain: dice.bytes(50) },
      ]),
    ),
    refused("trailing.zip", Buffer.concat([whole, Buffer.from("MZ"), dice.bytes(200)])),
    refused("second-directory.zip", Buffer.concat([whole, Buffer.from("<script>"), whole.subarray(-22)])),
    refused("no-directory.zip", whole.subarray(0, whole.length - 60)),
    refused("only-head.zip", whole.subarray(0, 40)),
    refused(
      "office.docx",
      zipOf([
        { name: "[Content_Types].xml", plain: Buffer.from("<Types/>") },
        { name: "word/document.xml", plain: Buffer.from("<w/>") },
      ]),
    ),
    refused(
      "java.jar",
      zipOf([
        { name: "META-INF/MANIFEST.MF", plain: Buffer.from("Main-Class: A") },
        { name: "A.class", plain: Buffer.from("\xca\xfe\xba\xbe", "latin1") },
      ]),
    ),
    ...[1, 2, 3].map((part) =>
      refused(`cut-${part}.zip`, whole.subarray(0, Math.floor((whole.length * part) / 4))),
    ),
    ...Array.from({ length: 12 }, (_, n) => either(`fuzzed-${n}.zip`, fuzzed(whole, dice, 4, 1 + n))),
  ];
}

/** What hospitals and patients really pack. */
export async function goodZips(): Promise<Sample[]> {
  const pdf = makePdf([["Report"]]);
  const [one, two] = [
    await makeDicom({ instance: 1, frames: 2 }),
    await makeDicom({ instance: 2, compressed: true }),
  ];
  const viewer = Buffer.concat([Buffer.from("MZ"), Buffer.alloc(500)]);
  return [
    taken(
      "study.zip",
      zipOf([
        { name: "DICOM/IM1", plain: one },
        { name: "DICOM/IM2", plain: two },
      ]),
    ),
    taken("stored.zip", zipOf([{ name: "a.dcm", plain: one, stored: true }])),
    taken(
      "reports.zip",
      zipOf([
        { name: "Bericht März.pdf", plain: pdf },
        { name: "تقرير.pdf", plain: makePdf([["Second"]]) },
      ]),
    ),
    taken(
      "disc.zip",
      zipOf([
        { name: "AUTORUN.INF", plain: Buffer.from("[autorun]") },
        { name: "VIEWER/view.exe", plain: viewer },
        { name: "VIEWER/help/index.html", plain: Buffer.from("<html>") },
        { name: "README.TXT", plain: Buffer.from("How to") },
        { name: "DICOM/ST0/IM0", plain: one },
      ]),
    ),
    taken(
      "commented.zip",
      zipOf([{ name: "a.pdf", plain: pdf }], { comment: Buffer.from("made by a scanner") }),
    ),
  ];
}
