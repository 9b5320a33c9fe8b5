import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { newId } from "@/lib/kernel/ids";
import type { StoredFile } from "@/lib/infra/record-store";
import { Intake } from "@/lib/infra/record-store-intake";
import { blankingOf, layOver } from "@/lib/records/blanking";
import { blanksOfCopy, digestFor, keptBytes } from "@/lib/records/build-copy";
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
  for (const file of files) expect((await blanksOfCopy(file, place))?.length).toBeGreaterThan(0);
  expect(keptBytes()).toBeLessThan(40 * MIB);
  const [first] = files;
  if (!first) throw new Error("Six files.");
  expect((await blanksOfCopy(first, place))?.length).toBeGreaterThan(0);
  expect(await blanksOfCopy(first, place)).toBe(await blanksOfCopy(first, place));
  expect(keptBytes()).toBeLessThan(40 * MIB);
});

it("a header of a hundred thousand small elements costs no more memory than its bytes, and is blanked as each by itself", async () => {
  const elements = Array.from({ length: 100_000 }, (_, at) => ({
    ...{ tag: 0x00091000 + (at % 0xe00), vr: "LO" },
    value: "ab",
  }));
  const kept = { tag: 0x00180020, vr: "CS", value: "GATED".padEnd(600) };
  const pixels = { tag: 0x7fe00010, vr: "OW", value: Buffer.from("PIXELSPIXELS") };
  const bytes = dicomOf([...elements, kept, { ...kept, tag: 0x00191010, value: "cd" }, pixels], "explicit");
  const place = { caseId: newId(), clinicId: newId() };
  const before = keptBytes();
  const blanks = await blanksOfCopy(await stored(bytes), place);
  expect(blanks?.length).toBeLessThan(5);
  expect(keptBytes() - before).toBeLessThan(bytes.length + 5 * 256);
  const each = blankingOf(bytes, digestFor(place.caseId, place.clinicId))?.blanks ?? [];
  expect(each.length).toBeGreaterThan(100_000);
  const [together, apart] = [Buffer.from(bytes), Buffer.from(bytes)];
  layOver(together, 0, blanks ?? []);
  layOver(apart, 0, each);
  expect(together.equals(apart)).toBe(true);
  expect(apart.includes("GATED")).toBe(true);
  expect(apart.includes("ab")).toBe(false);
});

it("counts what each blank costs besides its bytes", async () => {
  const far = Array.from({ length: 2_000 }, (_, at) => [
    { tag: 0x00091000 + at, vr: "LO", value: "ab" },
    { tag: 0x00180010 + 2 * at, vr: "CS", value: "X".padEnd(200) },
  ]).flat();
  const pixels = { tag: 0x7fe00010, vr: "OW", value: Buffer.from("PIXELSPIXELS") };
  const before = keptBytes();
  const place = { caseId: newId(), clinicId: newId() };
  const blanks = await blanksOfCopy(await stored(dicomOf([...far, pixels], "explicit")), place);
  expect(blanks?.length).toBeGreaterThan(1_000);
  expect(keptBytes() - before).toBeGreaterThan((blanks?.length ?? 0) * 256);
});
