import { randomBytes } from "node:crypto";
import { open, readdir } from "node:fs/promises";
import path from "node:path";
import { zipSync } from "fflate";
import { describe, expect, it, vi } from "vitest";
import { asPerson, openDb } from "@/lib/infra/db";
import { sha256 } from "@/lib/infra/hash";
import * as jobs from "@/lib/infra/jobs";
import { CHUNK_BYTES } from "@/lib/infra/record-store";
import { DamagedFile } from "@/lib/infra/record-store-driver";
import { checkRecord } from "@/lib/records/check-record";
import { eraseRecord } from "@/lib/records/erase-record";
import { GET as getContent } from "@/app/api/v1/records/[id]/content/route";
import { findingsOf } from "@/lib/records/finding";
import { uploadProgress } from "@/lib/records/open-upload";
import { recordFor } from "@/lib/records/queries";
import { ArchiveReader, BrokenEntry } from "@/lib/records/read-archive";
import { sweepUploads } from "@/lib/records/sweep-uploads";
import { unpackArchive } from "@/lib/records/unpack-archive";
import { showRecord } from "@/lib/records/views/record";
import { makeDicom, makePdf, makePhoto } from "../../support/dicom";
import { testSystem } from "../../support/people";
import {
  callAs,
  caseWithOwner,
  folderOf,
  recordRow,
  storedBytes,
  storedFileOf,
  uploadAndCheck,
} from "../../support/records";
import { noise } from "../../support/uploads";

const fromStart = (recordId: string): jobs.UnpackPayload => ({
  ...{ recordId, next: 0, leftOut: 0, alreadyHere: 0, broken: [] },
});
const unpack = (id: string) => unpackArchive(testSystem, fromStart(id), new Date());
const filesOf = (containerId: string) =>
  asPerson(testSystem, (tx) =>
    tx.record.findMany({ where: { containerId }, orderBy: { containerEntry: "asc" } }),
  );
const facts = (row: { findings: unknown }) =>
  Object.fromEntries(findingsOf(row.findings).map((one) => [one.code, one.facts]));

async function discFiles() {
  return {
    "DICOM/IM1": await makeDicom({ instance: 1 }),
    "DICOM/IM2": await makeDicom({ instance: 2, compressed: true }),
    "report.pdf": makePdf([["Echo"]]),
    "viewer/view.exe": Buffer.concat([Buffer.from("MZ"), noise(300)]),
    "viewer/logo.png": noise(50),
    "viewer/copy/IM3": await makeDicom({ instance: 3 }),
    "index.html": Buffer.from("<html>"),
    "AUTORUN.INF": Buffer.from("[autorun]"),
    ".DS_Store": noise(20),
    VERSION: Buffer.from("Version of the disc"),
  };
}

// The industry's harmless test file, in two halves so that no scanner stumbles over this test.
const TEST_FILE = String.raw`X5O!P%@AP[4\PZX54(P^)7CC)7}$` + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

/** Changes one stored byte of a chunk, as a failing disk does. */
async function damageChunk(id: string, index: number): Promise<void> {
  const body = await open(path.join(folderOf(id), "body"), "r+");
  try {
    await body.write(Buffer.from([0xa5, 0x5a]), 0, 2, index * (CHUNK_BYTES + 28) + 1_000);
  } finally {
    await body.close();
  }
}

/** Uploads a zip that the check finds sound. */
async function soundZip(files: Record<string, Uint8Array>, metadata: Record<string, string> = {}) {
  const place = await caseWithOwner();
  const row = await uploadAndCheck(place.tus, place.caseId, zipSync(files, { level: 6 }), metadata);
  expect(row.state).toBe("unpacking");
  return { ...place, id: row.id };
}

describe("unpacking a zip", () => {
  it("makes each medical file a record of its own, byte for byte, and leaves the viewer out", async () => {
    const files = await discFiles();
    const { id, caseId, patient } = await soundZip(files, { item: "tte_loops" });
    await unpack(id);
    const rows = await filesOf(id);
    expect(rows.map(({ filename }) => filename)).toEqual([
      "DICOM/IM1",
      "DICOM/IM2",
      "report.pdf",
      "viewer/copy/IM3",
    ]);
    for (const row of rows) {
      const given = files[row.filename as keyof typeof files];
      expect(row).toMatchObject({
        state: "scanning",
        caseId,
        uploaderId: patient.personId,
        sha256: sha256(given),
      });
      expect((await storedBytes(row.id)).equals(given)).toBe(true);
    }
    // A paper among the loops is not called the loops.
    expect(rows.map(({ item }) => item)).toEqual(["tte_loops", "tte_loops", null, "tte_loops"]);
    await Promise.all(rows.map((row) => checkRecord(testSystem, row.id, new Date())));
    expect((await filesOf(id)).map(({ state }) => state)).toEqual(
      Array.from({ length: 4 }, () => "readable"),
    );
  });

  it("erases the zip's own key and bytes once every file stands, and keeps the row with its hash", async () => {
    const files = await discFiles();
    const { id, caseId, patient } = await soundZip(files);
    const { sha256: hash } = await recordRow(id);
    await unpack(id);
    const row = await recordRow(id);
    expect(row).toMatchObject({
      state: "unpacked",
      wrappedKey: null,
      sha256: hash,
    });
    expect(facts(row)).toEqual({ unpacked: { files: 4 }, left_out: { count: 6 } });
    await expect(readdir(folderOf(id))).rejects.toThrow("ENOENT");
    expect(await openDb().auditEvent.count({ where: { event: "record.unpacked", objectId: id } })).toBe(1);
    // Whoever asks how far the upload is hears that it came whole.
    const progress = await uploadProgress(patient, { caseId, recordId: id }, new Date());
    expect(progress).toMatchObject({ ok: true, value: { offset: Number(row.sizeBytes) } });
  });

  it("goes on after a crash in the middle, and takes nothing twice", async () => {
    const { id } = await soundZip(await discFiles());
    const really = jobs.enqueue;
    let asked = 0;
    vi.spyOn(jobs, "enqueue").mockImplementation(async (...job) => {
      asked += 1;
      // The third file's bytes lie on the disk, its row does not stand yet.
      if (asked === 3) throw new Error("Killed.");
      await really(...job);
    });
    await expect(unpack(id)).rejects.toThrow("Killed");
    vi.restoreAllMocks();
    const before = await filesOf(id);
    expect(before).toHaveLength(2);
    await unpack(id);
    await unpack(id);
    const after = await filesOf(id);
    expect(after).toHaveLength(4);
    expect(after.slice(0, before.length).map((row) => row.id)).toEqual(before.map((row) => row.id));
    expect((await recordRow(id)).state).toBe("unpacked");
  });

  it("asked twice at once makes each file one record", async () => {
    const { id } = await soundZip(await discFiles());
    await Promise.allSettled([unpack(id), unpack(id)]);
    expect(await filesOf(id)).toHaveLength(4);
    expect((await recordRow(id)).state).toBe("unpacked");
  });

  it("does not take what the case holds already", async () => {
    const files = await discFiles();
    const { id, tus, caseId } = await soundZip(files);
    await uploadAndCheck(tus, caseId, files["DICOM/IM1"]);
    await unpack(id);
    expect(await filesOf(id)).toHaveLength(3);
    expect(facts(await recordRow(id)).already_here).toEqual({ count: 1 });
  });

  it("names a file whose bytes are not those the zip promised, and takes the others", async () => {
    const files = {
      "DICOM/IM1": await makeDicom({ instance: 1 }),
      "DICOM/IM2": await makeDicom({ instance: 2 }),
    };
    const zip = Buffer.from(zipSync(files, { level: 0 }));
    // One bit in the pixels of the second file: only the checksum knows.
    zip.writeUInt8(zip.readUInt8(zip.length - 5_000) ^ 1, zip.length - 5_000);
    const { tus, caseId } = await caseWithOwner();
    const { id } = await uploadAndCheck(tus, caseId, zip);
    await unpack(id);
    expect((await filesOf(id)).map(({ filename }) => filename)).toEqual(["DICOM/IM1"]);
    expect(facts(await recordRow(id)).broken_entries).toEqual({ count: 1, names: "DICOM/IM2" });
  });

  it("refuses a zip inside by its own check, and leaves it in no list of good files", async () => {
    const photos = await Promise.all(Array.from({ length: 90 }, (_, n) => makePhoto(40 + n, 40)));
    const many = Object.fromEntries(photos.map((bytes, n) => [`p${n}.jpg`, bytes]));
    // It stands where the first look does not look.
    const inner = zipSync({ "a.pdf": makePdf([["Hidden"]]) });
    const { id } = await soundZip({ "p.jpg": await makePhoto(), "inner.jpg": inner, ...many });
    await unpack(id);
    const hidden = (await filesOf(id)).find(({ filename }) => filename === "inner.jpg");
    await checkRecord(testSystem, hidden?.id ?? "", new Date());
    const row = await recordRow(hidden?.id ?? "");
    expect(row.state).toBe("unreadable");
    expect(facts(row)).toHaveProperty("nested_archive");
  });

  it("keeps a file with known harm in it where nobody opens it, says so, and takes the others", async () => {
    const paper = makePdf([["Echo"]]);
    const files = {
      "DICOM/IM1": await makeDicom({ instance: 1 }),
      "report.pdf": paper,
      "letter.pdf": Buffer.concat([Buffer.from(`%PDF-1.4\n%${TEST_FILE}\n`), paper]),
      // What is no record does not come in at all.
      "eicar.com": Buffer.from(TEST_FILE),
    };
    const { id, caseId, patient, tus } = await soundZip(files);
    await unpack(id);
    for (const row of await filesOf(id)) await checkRecord(testSystem, row.id, new Date());
    const rows = await filesOf(id);
    expect(facts(await recordRow(id))).toEqual({ unpacked: { files: 3 }, left_out: { count: 1 } });
    expect(rows.map(({ filename, state }) => [filename, state])).toEqual([
      ["DICOM/IM1", "readable"],
      ["report.pdf", "readable"],
      ["letter.pdf", "infected"],
    ]);
    const harmful = rows[2]?.id ?? "";
    const shown = await recordFor(patient, harmful);
    expect(shown && showRecord(shown).findings.map(({ sentence }) => sentence)).toEqual([
      "The scanner found harmful content (Eicar-Test-Signature). The file is blocked and nobody can open it.",
    ]);
    expect((await callAs(patient, getContent, { id: harmful })).status).toBe(409);
    expect((await callAs(patient, getContent, { id: rows[1]?.id ?? "" })).status).toBe(200);
    // The same file sent again by itself is judged again: no blocked one stands for it.
    const again = await uploadAndCheck(tus, caseId, files["letter.pdf"]);
    expect(again.state).toBe("infected");
  });

  it("stops a file that grows beyond what it announced, long before its end", async () => {
    const zip = Buffer.from(zipSync({ "IM1.dcm": randomBytes(9 * 1024 ** 2) }, { level: 1 }));
    const place = await caseWithOwner();
    const id = await place.tus.upload(place.caseId, zip);
    await damageChunk(id, 5);
    const reader = new ArchiveReader(await storedFileOf(id));
    const directory = await reader.directory();
    const entry = directory && directory !== "overfull" ? directory.entries[0] : null;
    if (!entry) throw new Error("A zip of one file.");
    // Whoever unfolds it all meets the damage behind; whoever stops at the announced size never gets there.
    const unfold = (plainBytes: number) => Array.fromAsync(reader.plain({ ...entry, plainBytes }));
    await expect(unfold(entry.plainBytes)).rejects.toThrow(DamagedFile);
    await expect(unfold(1_000)).rejects.toThrow(BrokenEntry);
  });

  it("taken back goes with everything that was in it", async () => {
    const { id, patient } = await soundZip(await discFiles());
    await unpack(id);
    const rows = await filesOf(id);
    expect(await eraseRecord(patient, id, new Date())).toMatchObject({ ok: true });
    for (const row of await filesOf(id)) {
      expect(row).toMatchObject({ wrappedKey: null });
      expect(row.erasedAt).not.toBeNull();
      await expect(readdir(folderOf(row.id))).rejects.toThrow("ENOENT");
    }
    expect(rows).toHaveLength(4);
  });

  it("taken back while it is unpacked leaves neither row nor byte", async () => {
    const { id, patient } = await soundZip(await discFiles());
    await Promise.allSettled([unpack(id), eraseRecord(patient, id, new Date())]);
    const rows = await filesOf(id);
    expect(rows.filter((row) => row.erasedAt === null)).toEqual([]);
    const later = new Date(Date.now() + 2 * 60 * 60_000);
    await sweepUploads(testSystem, later);
    for (const row of [{ id }, ...rows]) await expect(readdir(folderOf(row.id))).rejects.toThrow("ENOENT");
  });
});
