import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { newId } from "@/lib/kernel/ids";
import type { StoredFile } from "@/lib/infra/record-store";
import { Intake } from "@/lib/infra/record-store-intake";
import { blanksOfCopy, keptBytes } from "@/lib/records/build-copy";
import { dicomOf } from "../../support/dicom-elements";

const MIB = 1_048_576;

async function stored(bytes: Buffer): Promise<StoredFile> {
  const file = { recordId: newId(), key: randomBytes(32), sizeBytes: bytes.length, chunkBytes: MIB };
  const intake = await Intake.open(file, 0, async () => undefined);
  await intake.take(bytes);
  await intake.finish();
  await intake.close();
  return file;
}

it("many copies of files that are all header stay small in memory, and are made again when they are asked for", async () => {
  const note = { tag: 0x00091010, vr: "UN", value: Buffer.alloc(10 * MIB, "x") };
  const pixels = { tag: 0x7fe00010, vr: "OW", value: Buffer.from("PIXELSPIXELS") };
  const place = { caseId: newId(), clinicId: newId() };
  const files: StoredFile[] = [];
  for (let at = 0; at < 6; at += 1) files.push(await stored(dicomOf([note, pixels], "explicit")));
  for (const file of files) expect((await blanksOfCopy(file, place))?.length).toBeGreaterThan(1);
  expect(keptBytes()).toBeLessThan(40 * MIB);
  const [first] = files;
  if (!first) throw new Error("Six files.");
  expect((await blanksOfCopy(first, place))?.length).toBeGreaterThan(1);
  expect(await blanksOfCopy(first, place)).toBe(await blanksOfCopy(first, place));
  expect(keptBytes()).toBeLessThan(40 * MIB);
});
