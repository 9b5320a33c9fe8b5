import { describe, expect, it } from "vitest";
import { blanksOf, layOver } from "@/lib/records/blanking";
import { makeDicom } from "../../support/dicom";

/** One more element of text (LO) before the patient's name, as another machine would write it. */
async function clipSaying(group: number, element: number, text: string): Promise<Buffer> {
  const clip = await makeDicom({ frames: 1 });
  const at = clip.indexOf(Buffer.from([0x10, 0x00, 0x10, 0x00, 0x50, 0x4e]));
  const head = Buffer.from([0, 0, 0, 0, 0x4c, 0x4f, text.length, 0]);
  head.writeUInt16LE(group, 0);
  head.writeUInt16LE(element, 2);
  return Buffer.concat([clip.subarray(0, at), head, Buffer.from(text), clip.subarray(at)]);
}

describe("a copy without the name", () => {
  it.each([
    ["a medical record locator", 0x0010, 0x1090],
    ["who answers for the patient", 0x0010, 0x2297],
    ["where the patient lives", 0x0038, 0x0400],
    ["an admission number", 0x0038, 0x0010],
    ["who verified a report", 0x0040, 0xa075],
    ["an insurance", 0x0010, 0x1050],
    ["what a machine's maker keeps for itself", 0x0009, 0x1001],
  ])("says nothing of %s, and is as long as before", async (_what, group, element) => {
    const clip = await clipSaying(group, element, "PETROVA ANNA");
    const copy = Buffer.from(clip);
    layOver(copy, 0, blanksOf(clip) ?? []);
    expect(clip.includes("PETROVA ANNA")).toBe(true);
    expect(copy.includes("PETROVA ANNA")).toBe(false);
    expect(copy.length).toBe(clip.length);
  });
});
