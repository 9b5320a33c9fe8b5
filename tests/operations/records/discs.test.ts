import { describe, expect, it } from "vitest";
import { zipSync } from "fflate";
import { asPerson } from "@/lib/infra/db";
import { askRestore } from "@/lib/records/ask-restore";
import { readDicomHeader } from "@/lib/records/dicom";
import { eraseRecord } from "@/lib/records/erase-record";
import { findingsOf } from "@/lib/records/finding";
import { noteDamage } from "@/lib/records/note-damage";
import { recordFor } from "@/lib/records/queries";
import { showRecord } from "@/lib/records/views/record";
import { makeDicom } from "../../support/dicom";
import { makeDiscIndex } from "../../support/disc";
import { makePatient, testSystem } from "../../support/people";
import { caseWithOwner, recordRow, uploadAndCheck } from "../../support/records";

/** Three clips, and the index of the disc they lie on. */
async function disc() {
  const clips = await Promise.all(
    [1, 2, 3].map(async (instance) => {
      const bytes = await makeDicom({ instance, frames: 2 });
      const instanceUid = readDicomHeader(bytes, true)?.instanceUid ?? "";
      return { path: `DICOM/IM${instance}`, instanceUid, bytes };
    }),
  );
  return { clips, index: makeDiscIndex(clips) };
}

describe("the index of a disc that came as a file of its own", () => {
  it("names what is missing, and less of it as the files come", async () => {
    const { caseId, patient, owner, tus } = await caseWithOwner();
    const { clips, index } = await disc();
    const row = await uploadAndCheck(tus, caseId, index, { filename: "DICOMDIR" });
    expect(row).toMatchObject({ state: "readable", kind: "disc_index" });
    const said = async (viewer = patient) => {
      const found = await recordFor(viewer, row.id);
      return found ? showRecord(found).findings.map(({ code, facts }) => ({ code, facts })) : null;
    };
    expect(await said()).toEqual([
      {
        code: "disc_incomplete",
        facts: { named: 3, missing: 3, names: "DICOM/IM1, DICOM/IM2, DICOM/IM3" },
      },
    ]);
    const [first, second, third] = clips;
    if (!first || !second || !third) throw new Error("A disc of three clips.");
    await uploadAndCheck(tus, caseId, first.bytes, { filename: "cd/DICOM/IM1" });
    await uploadAndCheck(tus, caseId, second.bytes, { filename: "echo of today.dcm" });
    const lacksOne = { code: "disc_incomplete", facts: { named: 3, missing: 1, names: "DICOM/IM3" } };
    expect(await said()).toEqual([lacksOne]);
    const last = await uploadAndCheck(tus, caseId, third.bytes, { filename: "3.dcm" });
    const whole = { code: "disc_complete", facts: { named: 3 } };
    expect(await said()).toEqual([whole]);
    await eraseRecord(patient, last.id, new Date());
    expect(await said()).toEqual([lacksOne]);
    // A coordinator hears the same, a stranger nothing.
    const seen = await recordFor(owner, row.id);
    expect(seen && showRecord(seen).findings[0]?.sentence).toContain("missing here: 1 (DICOM/IM3)");
    expect(await said(await makePatient("Ben Stone"))).toBeNull();
  });

  it("keeps what its check found when its bytes are asked about anew", async () => {
    const { caseId, owner, tus } = await caseWithOwner();
    const { index } = await disc();
    const { id } = await uploadAndCheck(tus, caseId, index, { filename: "DICOMDIR" });
    const metAt = new Date().toISOString();
    await noteDamage(testSystem, { recordId: id, damage: "changed", metAt }, new Date());
    expect((await askRestore(owner, id, new Date())).ok).toBe(true);
    const codes = findingsOf((await recordRow(id)).findings).map(({ code }) => code);
    expect(codes).toEqual(["disc_index", "damaged"]);
  });

  it("forgets the names when it is erased", async () => {
    const { caseId, patient, tus } = await caseWithOwner();
    const { index } = await disc();
    const { id } = await uploadAndCheck(tus, caseId, index, { filename: "DICOMDIR" });
    await eraseRecord(patient, id, new Date());
    const kept = await asPerson(testSystem, (tx) =>
      tx.record.findUniqueOrThrow({ where: { id }, select: { discFiles: true } }),
    );
    expect(kept.discFiles).toEqual([]);
  });
});

describe("the index of a disc in a zip", () => {
  it("names what the zip lacks", async () => {
    const { caseId, tus } = await caseWithOwner();
    const { clips, index } = await disc();
    const files = { DICOMDIR: index, "DICOM/IM2": clips[1]?.bytes ?? Buffer.alloc(0) };
    const row = await uploadAndCheck(tus, caseId, zipSync(files), { filename: "disc.zip" });
    expect(row.findings).toEqual([
      { code: "disc_incomplete", facts: { named: 3, missing: 2, names: "DICOM/IM1, DICOM/IM3" } },
    ]);
  });
});
