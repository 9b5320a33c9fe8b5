import { createHash } from "node:crypto";
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { GET as getArchive } from "@/app/api/v1/cases/[id]/studies/[study]/archive/route";
import { GET as getContent } from "@/app/api/v1/records/[id]/content/route";
import { GET as listRecords } from "@/app/api/v1/cases/[id]/records/route";
import type { SignedIn } from "@/lib/kernel/actor";
import { accessLogForActor } from "@/lib/cases/queries";
import { asPerson } from "@/lib/infra/db";
import { judgeRecord } from "@/lib/records/judge-record";
import { readDicomHeader } from "@/lib/records/dicom";
import type { StudyManifest } from "@/lib/records/study-manifest";
import type { RecordView } from "@/lib/records/views/record";
import { withdrawConsent } from "@/lib/reviews/withdraw-consent";
import { openCaseToClinic } from "../../support/cases";
import { makeClinic } from "../../support/clinics";
import { makeDicom } from "../../support/dicom";
import { makeCoordinator, makePatient, makeReviewer, testSystem } from "../../support/people";
import { callAs, caseWithOwner, uploadAndCheck } from "../../support/records";

const FILES = 3;
const NAME = { patientName: "PETROVA^ANNA", birthDate: "19440302" };

/** A study of three accepted clips, shared with a centre. */
async function shared(deidentified = false) {
  const world = await caseWithOwner();
  const sent: Buffer[] = [];
  for (let instance = FILES; instance >= 1; instance -= 1) {
    const bytes = await makeDicom({ ...NAME, instance });
    sent.unshift(bytes);
    const row = await uploadAndCheck(world.tus, world.caseId, bytes, { filename: `Petrova ${instance}.dcm` });
    await judgeRecord(world.owner, row.id, { state: "accepted" }, new Date());
  }
  const clinic = await makeClinic();
  await openCaseToClinic(world.caseId, clinic.id);
  await asPerson(testSystem, async (tx) => {
    const { caseId } = world;
    await tx.consent.updateMany({ where: { caseId, clinicId: clinic.id }, data: { deidentified } });
    const checked = { namesCheckedById: world.owner.personId, namesCheckedAt: new Date() };
    await tx.record.updateMany({ where: { caseId }, data: checked });
  });
  return { ...world, sent, clinic, reviewer: await makeReviewer(clinic.id) };
}

async function studyOf(person: SignedIn, caseId: string): Promise<string> {
  const list = (await (await callAs(person, listRecords, { id: caseId })).json()) as { items: RecordView[] };
  return list.items[0]?.header?.studyUid ?? "none";
}

const askedBy = (person: SignedIn | null, id: string, study: string) =>
  callAs(person, getArchive, { id, study });

async function unzipped(response: Response) {
  expect(response.status).toBe(200);
  const files = unzipSync(new Uint8Array(await response.arrayBuffer()));
  const manifest = JSON.parse(Buffer.from(files["manifest.json"] ?? []).toString()) as StudyManifest;
  return { files, manifest, text: Buffer.from(files["README.TXT"] ?? []).toString() };
}

describe("the archive of an examination", () => {
  it("holds every file in order under names each machine takes, and a manifest that is right", async () => {
    const { reviewer, caseId, sent } = await shared();
    const { files, manifest, text } = await unzipped(
      await askedBy(reviewer, caseId, await studyOf(reviewer, caseId)),
    );
    const names = Object.keys(files).filter((name) => name.startsWith("DICOM/"));
    expect(names).toEqual(["DICOM/SER00001/IM000001", "DICOM/SER00001/IM000002", "DICOM/SER00001/IM000003"]);
    for (const [index, name] of names.entries()) {
      const bytes = Buffer.from(files[name] ?? []);
      // Whoever is no patient gets the preamble emptied, and else the file as it came.
      expect(bytes.subarray(128).equals(sent[index]?.subarray(128) ?? Buffer.alloc(0))).toBe(true);
      const hash = createHash("sha256").update(bytes).digest("hex");
      expect(manifest.files[index]).toMatchObject({ file: name, sha256: hash, sizeBytes: bytes.length });
      expect(text).toContain(`${hash}  ${name}`);
    }
    expect(manifest.copy).toMatchObject({ preambleCleared: true, deidentified: false });
  });

  it("says nothing of the person where the centre was asked without the name", async () => {
    const { reviewer, caseId } = await shared(true);
    const response = await askedBy(reviewer, caseId, await studyOf(reviewer, caseId));
    expect(response.headers.get("content-disposition")).not.toMatch(/etrova/i);
    const zip = Buffer.from(await response.clone().arrayBuffer());
    for (const secret of ["PETROVA", "Petrova", "19440302"]) expect(zip.includes(secret)).toBe(false);
    const { files, manifest } = await unzipped(response);
    expect(manifest.copy.deidentified).toBe(true);
    const header = readDicomHeader(files["DICOM/SER00001/IM000001"] ?? new Uint8Array());
    expect(header?.studyUid).toBe(manifest.study.uid);
    expect(header?.examOn).toBe(manifest.study.examOn);
  });

  it("names what is kept back instead of leaving it out in silence", async () => {
    const { reviewer, caseId } = await shared(true);
    const study = await studyOf(reviewer, caseId);
    await asPerson(testSystem, async (tx) => {
      const one = await tx.record.findFirstOrThrow({ where: { caseId } });
      await tx.record.update({
        where: { id: one.id },
        data: { namesCheckedAt: null, namesCheckedById: null },
      });
    });
    const { manifest, text } = await unzipped(await askedBy(reviewer, caseId, study));
    expect(manifest.files).toHaveLength(FILES - 1);
    expect(manifest.withheld).toMatchObject([{ why: "not_looked_at" }]);
    expect(text).toContain("a coordinator looks first");
  });

  it("breaks off when the consent is taken back while it is on its way", async () => {
    const { reviewer, caseId, patient, clinic, sent } = await shared();
    const response = await askedBy(reviewer, caseId, await studyOf(reviewer, caseId));
    const body = response.body?.getReader();
    const first = await body?.read();
    expect(first?.done).toBe(false);
    const consent = await asPerson(testSystem, (tx) =>
      tx.consent.findFirstOrThrow({ where: { caseId, clinicId: clinic.id } }),
    );
    await withdrawConsent(patient, caseId, consent.id, new Date());
    let received = 0;
    const drained = async () => {
      for (;;) {
        const next = await body?.read();
        if (!next || next.done) return;
        received += next.value.length;
      }
    };
    await expect(drained()).rejects.toThrow();
    // At most the file that was on its way already.
    expect(received).toBeLessThan((sent[0]?.length ?? 0) * 2);
    expect((await askedBy(reviewer, caseId, "1.2.3")).status).toBe(404);
  });

  it("is not there for a stranger, whoever they are", async () => {
    const { caseId, reviewer, patient, owner } = await shared();
    const study = await studyOf(reviewer, caseId);
    const strangers = [
      await makePatient(),
      await makeCoordinator(),
      await makeReviewer((await makeClinic()).id),
    ];
    for (const stranger of strangers) expect((await askedBy(stranger, caseId, study)).status).toBe(404);
    expect((await askedBy(null, caseId, study)).status).toBe(401);
    for (const known of [patient, owner]) expect((await askedBy(known, caseId, study)).status).toBe(200);
  });

  it("is one line to the patient, with a trace of each file behind it", async () => {
    const { caseId, reviewer, patient } = await shared();
    await unzipped(await askedBy(reviewer, caseId, await studyOf(reviewer, caseId)));
    const log = await accessLogForActor(patient, caseId, { limit: 100 });
    const theirs = log?.items.filter(({ actorId }) => actorId === reviewer.personId) ?? [];
    expect(theirs.filter(({ event }) => /study|record/.test(event))).toMatchObject([
      { event: "study.downloaded", facts: { modality: "US", files: FILES } },
    ]);
    const kept = await asPerson(testSystem, (tx) =>
      tx.auditEvent.count({ where: { caseId, actorId: reviewer.personId, event: "record.packed" } }),
    );
    expect(kept).toBe(FILES);
  });
});

describe("looking through an examination", () => {
  it("is one line to the patient, not one for each of its files", async () => {
    const { caseId, reviewer, patient } = await shared();
    const list = await callAs(reviewer, listRecords, { id: caseId });
    const { items } = (await list.json()) as { items: RecordView[] };
    for (const { id } of items) expect((await callAs(reviewer, getContent, { id })).status).toBe(200);
    const log = await accessLogForActor(patient, caseId, { limit: 100 });
    const theirs = log?.items.filter(({ actorId }) => actorId === reviewer.personId) ?? [];
    expect(theirs.map(({ event }) => event).filter((event) => event === "record.viewed")).toHaveLength(1);
    const kept = await asPerson(testSystem, (tx) =>
      tx.auditEvent.count({ where: { caseId, actorId: reviewer.personId, event: "record.viewed" } }),
    );
    expect(kept).toBe(FILES);
  });
});
