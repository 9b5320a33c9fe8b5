import { deflateSync } from "fflate";
import { describe, expect, it } from "vitest";
import { unpackWithin } from "@/lib/records/deflated";
import { readDicomHeader } from "@/lib/records/dicom";
import { openCodecs } from "@/lib/records/pixel-codecs";
import { type Calibration, lengthOf } from "@/lib/records/pixel-calibration";
import { colourOf } from "@/lib/records/pixel-colour";
import { openDrawing } from "@/lib/records/pixel-drawing";
import { lookUp, throughPalette } from "@/lib/records/pixel-lookup";
import { storedValues } from "@/lib/records/pixel-raw";
import type { GreyFrame } from "@/lib/records/pixel-samples";
import { type ByteSource, inMemory } from "@/lib/records/pixel-source";
import { brightnessBy, CT_PRESETS, shade, usualRange, wholeRange } from "@/lib/records/pixel-window";
import { makeDicom } from "../../support/dicom";
import { foreignBytes } from "../../support/third-party-dicom";

const codecs = openCodecs();
const PLAIN = { isInverted: false, voiTable: null, padding: null };

function grey(values: number[], more: Partial<GreyFrame> = {}): GreyFrame {
  const frame = { kind: "grey", width: values.length, height: 1, slope: 1, intercept: 0 } as const;
  return { ...frame, values: Int16Array.from(values), ...more };
}

function greys(frame: GreyFrame, shading = PLAIN, light = wholeRange(frame, shading)): number[] {
  const canvas = shade(frame, shading, light, new Uint8ClampedArray(frame.values.length * 4));
  return [...canvas].filter((_, at) => at % 4 === 0);
}

describe("a window", () => {
  it("is the straight line of PS3.3 C.11.2.1.2: black below, white above, the middle in the middle", () => {
    const bright = brightnessBy({ center: 2_048, width: 4_096, shape: "linear" });
    expect([bright(0), bright(4_095), bright(4_096)]).toEqual([0, 255, 255]);
    expect(bright(2_047.5)).toBeCloseTo(127.5, 6);
    const narrow = brightnessBy({ center: 100, width: 1, shape: "linear" });
    expect([narrow(99), narrow(100)]).toEqual([0, 255]);
  });

  it("has an exact and an s-shaped form where the file says so", () => {
    expect(brightnessBy({ center: 0, width: 100, shape: "linear_exact" })(25)).toBeCloseTo(191.25, 6);
    const bent = brightnessBy({ center: 0, width: 100, shape: "sigmoid" });
    expect([bent(0), Math.round(bent(1_000))]).toEqual([127.5, 255]);
  });

  it("shows soft tissue of a CT in Hounsfield units, not in what is stored", () => {
    const hounsfield = grey([864, 1_064, 1_264], { intercept: -1_024 });
    expect(greys(hounsfield, PLAIN, CT_PRESETS.soft)).toEqual([0, 127, 255]);
  });

  it("turns light and dark where low values are light", () => {
    expect(greys(grey([0, 100, 200]), { ...PLAIN, isInverted: true })).toEqual([255, 127, 0]);
  });

  it("leaves out what stands for no measurement, and single bright points when asked for the usual", () => {
    const frame = grey([-2_000, ...Array.from({ length: 999 }, (_, at) => at), 30_000]);
    const shading = { ...PLAIN, padding: -2_000 };
    expect(wholeRange(frame, shading)).toMatchObject({ width: 30_001 });
    expect(usualRange(frame, shading).width).toBeLessThan(1_000);
  });

  it("gives the same by table and one by one", () => {
    const many = Array.from({ length: 30_000 }, (_, at) => at - 15_000);
    const light = { center: 100, width: 3_000, shape: "linear" } as const;
    expect(greys(grey(many), PLAIN, light).slice(14_000, 16_000)).toEqual(
      greys(grey(many.slice(14_000, 16_000)), PLAIN, light),
    );
  });
});

describe("values", () => {
  it("are cut to the bits that mean something, the highest being the sign", () => {
    expect([...storedValues(Uint16Array.of(0xf7ff, 0x0800, 0x0fff), 12, true)]).toEqual([2_047, -2_048, -1]);
    expect([...storedValues(Uint16Array.of(0xf7ff), 12, false)]).toEqual([0x7ff]);
    expect([...storedValues(Uint8Array.of(0xff), 8, true)]).toEqual([-1]);
    expect([...storedValues(Uint32Array.of(0xffffffff), 32, true)]).toEqual([-1]);
  });

  it("become colours as PS3.3 C.7.6.3.1.2 says", () => {
    const ybr = { values: Uint8Array.of(76, 85, 255, 235, 128, 128), channels: 3, bits: 8 } as const;
    expect([...colourOf({ ...ybr, isRgb: false })]).toEqual([254, 0, 0, 255, 235, 235, 235, 255]);
    const wide = { values: Uint16Array.of(0xffff, 0x8000, 0), channels: 3, bits: 16, isRgb: true } as const;
    expect([...colourOf(wide)]).toEqual([255, 128, 0, 255]);
  });

  it("find their colour in a palette, the ends standing for what lies beyond", () => {
    const table = (entries: number[]) => ({ first: 10, entries: Uint16Array.from(entries), bits: 16 });
    const palette = [table([0xff00, 0]), table([0, 0xff00]), table([0, 0x8000])] as const;
    expect([...throughPalette(Uint8Array.of(0, 11, 99), palette)]).toEqual([
      ...[255, 0, 0, 255],
      ...[0, 255, 128, 255],
      ...[0, 255, 128, 255],
    ]);
    expect(lookUp(table([7, 8]), 11)).toBe(8);
  });
});

describe("a distance", () => {
  const none: Calibration = { spacing: null, regions: [] };
  const cm = { unit: "cm", by: 0.05 } as const;
  const area = { left: 0, top: 0, right: 99, bottom: 99, across: cm, down: cm };
  const from = { x: 10, y: 10 };

  it("is in millimetres of the patient, rows and columns each by their own spacing", () => {
    const spacing = { rowMm: 2, columnMm: 0.5, at: "patient" } as const;
    expect(lengthOf({ ...none, spacing }, from, { x: 16, y: 12 })).toEqual({
      ...{ kind: "length", mm: 5, basis: "patient" },
    });
  });

  it("says that it was taken at the detector, or that there is no measure", () => {
    const spacing = { rowMm: 1, columnMm: 1, at: "detector" } as const;
    expect(lengthOf({ ...none, spacing }, from, { x: 13, y: 14 })).toMatchObject({ basis: "detector" });
    expect(lengthOf(none, from, { x: 13, y: 14 })).toEqual({ kind: "points", points: 5 });
  });

  it("follows the region of an ultrasound picture, and is none across its edge", () => {
    const scan = { spacing: { rowMm: 1, columnMm: 1, at: "patient" as const }, regions: [area] };
    expect(lengthOf(scan, from, { x: 40, y: 50 })).toEqual({ kind: "length", mm: 25, basis: "region" });
    expect(lengthOf(scan, from, { x: 140, y: 10 })).toMatchObject({ kind: "points" });
  });

  it("tells time and speed apart in a Doppler trace", () => {
    const doppler = { ...area, across: { unit: "s", by: 0.01 }, down: { unit: "cm_per_s", by: 2 } } as const;
    expect(lengthOf({ spacing: null, regions: [doppler] }, from, { x: 30, y: 60 })).toMatchObject({
      kind: "parts",
      across: { unit: "s", value: expect.closeTo(0.2, 9) },
      down: { unit: "cm_per_s", value: 100 },
    });
  });

  it("is read out of real headers", async () => {
    const { image } = await openDrawing(inMemory(foreignBytes("CT_small.dcm")), codecs);
    expect(image?.calibration.spacing).toEqual({ rowMm: 0.661_468, columnMm: 0.661_468, at: "patient" });
  });
});

describe("an ECG", () => {
  it("is read in millivolts, lead by lead", async () => {
    const { image, waveforms } = await openDrawing(inMemory(foreignBytes("waveform_ecg.dcm")), codecs);
    const [rhythm] = waveforms;
    expect(image).toBeNull();
    expect(rhythm).toMatchObject({ rate: 1_000 });
    expect(rhythm?.leads.map(({ name }) => name)).toEqual(
      ["I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6"].map((one) =>
        expect.stringMatching(new RegExp(`^${one}$`, "i")),
      ),
    );
    // What pydicom makes of the same samples.
    expect([...(rhythm?.leads[0]?.millivolts.slice(0, 3) ?? [])]).toEqual([
      expect.closeTo(0.1, 6),
      expect.closeTo(0.081_25, 6),
      expect.closeTo(0.0625, 6),
    ]);
  });
});

/** Notes what is asked for. */
function watched(bytes: Uint8Array): ByteSource & { asked: [number, number][] } {
  const asked: [number, number][] = [];
  const read = (start: number, end: number) => {
    asked.push([start, end]);
    return Promise.resolve(bytes.subarray(start, end));
  };
  return { sizeBytes: bytes.length, read, asked };
}

describe("frames", () => {
  it("are fetched without those before them", async () => {
    const bytes = await makeDicom({ frames: 40, width: 320, height: 240 });
    const source = watched(bytes);
    const { frame } = await openDrawing(source, codecs);
    await frame(30);
    const total = source.asked.reduce((sum, [start, end]) => sum + end - start, 0);
    expect(total).toBeLessThan(64 * 1_024 + 320 * 240 * 3 + 1_000);
  });

  it("come with the header in one answer when somebody knows how large they are", async () => {
    const bytes = await makeDicom({ frames: 40, width: 320, height: 240 });
    const known = watched(bytes);
    await (await openDrawing({ ...known, firstBytes: 320 * 240 * 3 + 32_768 }, codecs)).frame(0);
    expect(known.asked[0]).toEqual([0, 320 * 240 * 3 + 32_768]);
    expect(known.asked.every(([, end]) => end <= 320 * 240 * 3 + 32_768)).toBe(true);
  });

  it("are found by the offset table and by walking alike", async () => {
    const bytes = await makeDicom({ frames: 6, compressed: true });
    const withTable = await openDrawing(inMemory(bytes), codecs);
    const without = await openDrawing(inMemory(withoutTable(bytes)), codecs);
    for (const at of [5, 0, 3]) expect(await without.frame(at)).toEqual(await withTable.frame(at));
  });

  it("beyond the film, or beyond all measure, are refused", async () => {
    const { frame } = await openDrawing(inMemory(await makeDicom({ frames: 2 })), codecs);
    await expect(frame(2)).rejects.toMatchObject({ fault: "unreadable" });
    const huge = await makeDicom({ modality: "CT" });
    const rows = huge.indexOf(Buffer.from([0x28, 0, 0x10, 0, 0x55, 0x53, 2, 0]));
    huge.fill(0xff, rows + 8, rows + 10);
    huge.fill(0xff, rows + 18, rows + 20);
    await expect(openDrawing(inMemory(huge), codecs)).rejects.toMatchObject({ fault: "too_large" });
  });
});

/** The same file with an empty offset table. */
function withoutTable(bytes: Buffer): Buffer {
  const item = bytes.indexOf(Buffer.from([0xfe, 0xff, 0x00, 0xe0]));
  const length = bytes.readUInt32LE(item + 4);
  const head = Buffer.from(bytes.subarray(0, item + 8));
  head.writeUInt32LE(0, item + 4);
  return Buffer.concat([head, bytes.subarray(item + 8 + length)]);
}

describe("a packed file", () => {
  it("tells its header, and is opened whole", async () => {
    const bytes = foreignBytes("MR_small.deflated.dcm");
    expect(readDicomHeader(bytes)).toMatchObject({ modality: "MR", pixels: { rows: 64 } });
    expect(readDicomHeader(bytes.subarray(0, 2_000))).toMatchObject({ modality: "MR" });
    expect((await openDrawing(inMemory(bytes), codecs)).image).toMatchObject({ rows: 64, columns: 64 });
  });

  it("unfolds no further than its limit", () => {
    const bomb = deflateSync(new Uint8Array(40 * 1024 ** 2));
    expect(unpackWithin(bomb, 1_000_000)).toMatchObject({ isBeyond: true, bytes: { length: 1_000_000 } });
    expect(unpackWithin(deflateSync(Uint8Array.of(1, 2, 3)), 10)).toEqual({
      ...{ bytes: Uint8Array.of(1, 2, 3), isBeyond: false },
    });
  });

  it("stops soon after its limit: what lies behind is never unfolded", () => {
    const bomb = deflateSync(new Uint8Array(40 * 1024 ** 2));
    // Behind its first quarter the stream is none: whoever unfolds it all stumbles.
    const broken = bomb.slice().fill(0xff, bomb.length / 4);
    expect(() => unpackWithin(broken, 80 * 1024 ** 2)).toThrow("invalid");
    expect(unpackWithin(broken, 1_000_000)).toMatchObject({ isBeyond: true, bytes: { length: 1_000_000 } });
  });
});
