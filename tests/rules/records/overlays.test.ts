import { describe, expect, it } from "vitest";
import { openCodecs } from "@/lib/records/pixel-codecs";
import { openDrawing } from "@/lib/records/pixel-drawing";
import { layMarks } from "@/lib/records/pixel-overlay";
import { inMemory } from "@/lib/records/pixel-source";
import { actOfKey, firstView, viewAfter } from "@/components/viewer/room-view";
import { foreignBytes } from "../../support/third-party-dicom";

const SIZE = 64;
/** Where the second plane of the file lies: from this point on, so many points wide and high. */
const PLANE = { left: 49, top: 29, columns: 15, rows: 13 };

/** The bytes of an element of a group, explicit little endian, to be changed in place. */
function valueOf(file: Uint8Array, group: number, element: number, vr: "CS" | "OW"): Uint8Array {
  const head = Buffer.from([group & 0xff, group >> 8, element & 0xff, element >> 8, ...Buffer.from(vr)]);
  const at = Buffer.from(file.buffer, file.byteOffset, file.length).indexOf(head);
  if (at < 0) throw new Error("The file has no such element.");
  const view = new DataView(file.buffer, file.byteOffset + at);
  const [from, length] = vr === "OW" ? [12, view.getUint32(8, true)] : [8, view.getUint16(6, true)];
  return file.subarray(at + from, at + from + length);
}

/** A picture of 64 by 64 points with one plane alone, its points as wished. */
async function marksWith(change: (file: Uint8Array) => void): Promise<Uint8Array | null> {
  const file = Uint8Array.from(foreignBytes("overlay_graphic.dcm"));
  valueOf(file, 0x6000, 0x3000, "OW").fill(0);
  change(file);
  const { frame } = await openDrawing(inMemory(file), openCodecs());
  return (await frame(0)).marks;
}

const fill = (file: Uint8Array) => valueOf(file, 0x6002, 0x3000, "OW").fill(255);
const at = (x: number, y: number) => y * SIZE + x;

describe("what a file draws over its picture", () => {
  it("marks the points of its plane and no other", async () => {
    const marks = await marksWith(fill);
    const { left, top, columns, rows } = PLANE;
    expect(marks?.filter((one) => one === 1)).toHaveLength(columns * rows);
    expect([at(left, top), at(63, top + rows - 1)].map((one) => marks?.[one])).toEqual([1, 1]);
    expect([at(left - 1, top), at(left, top - 1), at(left, top + rows)].map((one) => marks?.[one])).toEqual([
      ...[0, 0, 0],
    ]);
  });

  it("covers no region of interest: its edge alone is drawn", async () => {
    const marks = await marksWith((file) => {
      fill(file);
      valueOf(file, 0x6002, 0x0040, "CS").set(Buffer.from("R "));
    });
    const { left, top } = PLANE;
    expect([at(left, top + 5), at(left + 5, top)].map((one) => marks?.[one])).toEqual([1, 1]);
    expect(marks?.[at(left + 1, top + 1)]).toBe(0);
  });

  it("is nothing where the plane was blanked, as in a copy without the name", async () => {
    const marks = await marksWith((file) => valueOf(file, 0x6002, 0x3000, "OW").fill(0));
    expect(marks).toBeNull();
    const file = Uint8Array.from(foreignBytes("overlay_graphic.dcm"));
    for (const group of [0x6000, 0x6002]) valueOf(file, group, 0x3000, "OW").fill(0);
    expect((await openDrawing(inMemory(file), openCodecs())).overlays).toEqual([]);
  });

  it("lies on the frames the file names", async () => {
    const { frame, overlays } = await openDrawing(inMemory(foreignBytes("overlay_frames.dcm")), openCodecs());
    expect(overlays).toHaveLength(1);
    const marks = await Promise.all([0, 1, 2].map(async (one) => (await frame(one)).marks));
    expect(marks.map((one) => one !== null)).toEqual([false, true, true]);
    expect(marks[1]).not.toEqual(marks[2]);
  });

  it("is laid white over grey and colour, and goes and comes by a key", () => {
    const rgba = Uint8ClampedArray.of(1, 2, 3, 255, 4, 5, 6, 255);
    expect([...layMarks(rgba, Uint8Array.of(0, 1))]).toEqual([1, 2, 3, 255, 255, 255, 255, 255]);
    const press = actOfKey({ key: "g", shiftKey: false });
    if (!press) throw new Error("The key does nothing.");
    const without = viewAfter(firstView(1), press, 3);
    expect([firstView(1).hasMarks, without.hasMarks, viewAfter(without, press, 3).hasMarks]).toEqual([
      ...[true, false, true],
    ]);
  });
});

/** A file of packed frames that says another way of packing than its own. */
function packedAs(syntax: string): Buffer {
  const file = Buffer.from(foreignBytes("image_dfl.jpeg_progressive.dcm"));
  const at = file.indexOf("1.2.840.10008.1.2.4.55");
  const [before, after] = [file.subarray(0, at), file.subarray(at + file.readUInt16LE(at - 2))];
  const value = Buffer.from(syntax.padEnd(24, "\0"));
  before.writeUInt16LE(value.length, at - 2);
  return Buffer.concat([before, value, after]);
}

describe("a picture packed in a way that cannot be drawn", () => {
  it.each([
    ["1.2.840.10008.1.2.4.110", "jpeg_xl"],
    ["1.2.840.10008.1.2.4.102", "video_inside"],
    ["1.2.840.10008.1.2.4.999", "no_decoder"],
  ])("says which way that is: %s", async (syntax, fault) => {
    const file = packedAs(syntax);
    await expect(openDrawing(inMemory(file), openCodecs())).rejects.toMatchObject({ fault });
  });
});
