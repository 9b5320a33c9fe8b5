import { describe, expect, it } from "vitest";
import { makeDicom } from "../../support/dicom";
import { caseWithOwner, uploadAndCheck } from "../../support/records";

/** NumberOfFrames (0028,0008) as text, whatever it says. */
function withFrames(clip: Buffer, frames: string): Buffer {
  const at = clip.indexOf(Buffer.from([0x28, 0x00, 0x08, 0x00, 0x49, 0x53]));
  const length = Buffer.alloc(2);
  length.writeUInt16LE(frames.length);
  const after = at + 8 + clip.readUInt16LE(at + 6);
  return Buffer.concat([clip.subarray(0, at + 6), length, Buffer.from(frames), clip.subarray(after)]);
}

async function checked(bytes: Buffer) {
  const { tus, caseId } = await caseWithOwner();
  return uploadAndCheck(tus, caseId, bytes);
}

describe("a header that says something no row can hold", () => {
  it("has a verdict all the same: more frames than there are numbers for", async () => {
    const row = await checked(withFrames(await makeDicom({ frames: 2 }), "999999999999"));
    // It tells more pictures than it holds.
    expect(row).toMatchObject({ state: "unreadable", kind: "dicom", findings: [{ code: "broken_dicom" }] });
  });

  it("has a verdict all the same: an examination in the year nought", async () => {
    const row = await checked(await makeDicom({ studyDate: "00000101" }));
    expect(row).toMatchObject({ state: "readable", examOn: null });
  });

  it("has a verdict all the same: a description that is cut within a letter", async () => {
    const row = await checked(await makeDicom({ description: `${"a".repeat(119)}😀 more` }));
    expect(row).toMatchObject({ state: "readable", kind: "dicom" });
  });
});
