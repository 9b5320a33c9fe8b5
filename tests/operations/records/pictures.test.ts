import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { GET as getFrame } from "@/app/api/v1/records/[id]/frames/[frame]/route";
import { GET as getPreview } from "@/app/api/v1/records/[id]/preview/route";
import { openDb } from "@/lib/infra/db";
import { sha256 } from "@/lib/infra/hash";
import { drawEcho } from "@/prisma/seed/files/picture";
import { makeDicom, makePdf, makePhoto } from "../../support/dicom";
import { makePatient } from "../../support/people";
import { callAs, caseWithOwner, uploadAndCheck } from "../../support/records";
import { foreignBytes, foreignFiles } from "../../support/third-party-dicom";

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

async function stored(bytes: Uint8Array) {
  const world = await caseWithOwner();
  const { id } = await uploadAndCheck(world.tus, world.caseId, bytes);
  return { ...world, id };
}

async function pixels(png: Buffer) {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels };
}

describe("a frame of a clip", () => {
  it("is drawn exactly when the clip is not compressed, and leaves a trace", async () => {
    const { patient, id } = await stored(await makeDicom({ frames: 8 }));
    const response = await callAs(patient, getFrame, { id, frame: "3.png" });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("image/png");
    expect(response.headers.get("content-security-policy")).toContain("sandbox");
    const { data, width, height } = await pixels(await bytesOf(response));
    expect([width, height]).toEqual([160, 120]);
    expect(data.equals(drawEcho(160, 120, 2 / 8).bytes)).toBe(true);
    expect(await openDb().auditEvent.count({ where: { event: "record.viewed", objectId: id } })).toBe(1);
  });

  it("is drawn from JPEG, close to what was there", async () => {
    const { owner, id } = await stored(await makeDicom({ frames: 8, compressed: true }));
    for (const frame of [1, 8]) {
      const { data } = await pixels(
        await bytesOf(await callAs(owner, getFrame, { id, frame: String(frame) })),
      );
      const wanted = drawEcho(160, 120, (frame - 1) / 8).bytes;
      const error =
        data.reduce((sum, value, at) => sum + Math.abs(value - (wanted[at] ?? 0)), 0) / data.length;
      expect(error).toBeLessThan(12);
    }
  });

  it("is found without an offset table too", async () => {
    const clip = await makeDicom({ frames: 4, compressed: true });
    const table = clip.indexOf(Buffer.from([0xfe, 0xff, 0x00, 0xe0, 16, 0, 0, 0]));
    clip.writeUInt32LE(0, table + 4);
    const bare = Buffer.concat([clip.subarray(0, table + 8), clip.subarray(table + 24)]);
    const { patient, id } = await stored(bare);
    const whole = await stored(await makeDicom({ frames: 4, compressed: true }));
    for (const frame of ["1", "4"]) {
      const one = await bytesOf(await callAs(patient, getFrame, { id, frame }));
      const other = await bytesOf(await callAs(whole.patient, getFrame, { id: whole.id, frame }));
      expect(one.equals(other)).toBe(true);
    }
  });

  it("of a CT goes through its window", async () => {
    const { patient, id } = await stored(await makeDicom({ modality: "CT", width: 64, height: 64 }));
    const { data, channels } = await pixels(await bytesOf(await callAs(patient, getPreview, { id })));
    const at = (x: number, y: number) => data[(y * 64 + x) * channels];
    // Air is black, the contrast-filled aorta white, the body in between.
    expect([at(0, 0), at(35, 30)]).toEqual([0, 255]);
    expect(at(10, 32)).toBeGreaterThan(100);
    expect(at(10, 32)).toBeLessThan(160);
  });

  it.each(["MR_small_jpeg_ls_lossless", "MR_small_jp2klossless", "MR_small_RLE", "MR_small.deflated"])(
    "is drawn of %s by the same decoders, in the process that reads files",
    async (name) => {
      const { patient, id } = await stored(foreignBytes(`${name}.dcm`));
      const { data, channels } = await pixels(await bytesOf(await callAs(patient, getPreview, { id })));
      const greys = data.filter((_, at) => at % channels === 0);
      expect(sha256(greys)).toBe(foreignFiles().find((one) => one.name === name)?.sha256);
    },
  );

  it("that does not exist is not there", async () => {
    const { patient, id } = await stored(await makeDicom({ frames: 2 }));
    expect((await callAs(patient, getFrame, { id, frame: "3" })).status).toBe(409);
    expect((await callAs(patient, getFrame, { id, frame: "0" })).status).toBe(404);
    expect((await callAs(patient, getFrame, { id, frame: "x" })).status).toBe(404);
    expect((await callAs(await makePatient(), getFrame, { id, frame: "1" })).status).toBe(404);
  });
});

describe("a preview", () => {
  it("of a photo is drawn anew, without what the phone wrote into it", async () => {
    const photo = await makePhoto();
    expect(photo.includes("EXIF-MARKER")).toBe(true);
    const { patient, id } = await stored(photo);
    const response = await callAs(patient, getPreview, { id });
    expect(response.headers.get("content-type")).toBe("image/jpeg");
    const bytes = await bytesOf(response);
    expect(bytes.includes("EXIF-MARKER")).toBe(false);
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 640, height: 480 });
  });

  it("of a PDF is one of its pages", async () => {
    const { patient, id } = await stored(makePdf([["One"], []]));
    const first = await bytesOf(await callAs(patient, getPreview, { id }));
    const { channels } = await sharp(first).stats();
    expect(channels[0]?.min).toBeLessThan(60);
    const second = await bytesOf(await callAs(patient, getPreview, { id }, { query: "?page=2" }));
    expect((await sharp(second).stats()).channels[0]?.min).toBe(255);
    expect((await callAs(patient, getPreview, { id }, { query: "?page=3" })).status).toBe(409);
    expect((await callAs(patient, getPreview, { id }, { query: "?page=-1" })).status).toBe(422);
  });

  it("of a file that was refused is not drawn, not even for its patient", async () => {
    const photo = await makePhoto();
    const { patient, id } = await stored(photo.subarray(0, 1_500));
    const response = await callAs(patient, getPreview, { id });
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ code: "not_open" });
  });
});
