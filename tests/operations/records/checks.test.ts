import net from "node:net";
import { zipSync } from "fflate";
import sharp from "sharp";
import { describe, expect, it, vi } from "vitest";
import { addDays, dateOf, dayOf } from "@/lib/kernel/day";
import { asPerson, openDb } from "@/lib/infra/db";
import * as environment from "@/lib/infra/env";
import { checkRecord } from "@/lib/records/check-record";
import { findingsOf } from "@/lib/records/finding";
import { makeDicom, makePdf, makePhoto, makeStudyZip } from "../../support/dicom";
import { testSystem } from "../../support/people";
import { caseWithOwner, recordRow, uploadAndCheck } from "../../support/records";
import { noise } from "../../support/uploads";

const today = () => dayOf(new Date());
const dicomDay = (day: string) => day.replaceAll("-", "");
const recent = () => dicomDay(addDays(today(), -20));
const codes = (row: { findings: unknown }) => findingsOf(row.findings).map((one) => one.code);

const itemOf = (caseId: string, item: string) =>
  asPerson(testSystem, (tx) => tx.checklistItem.findUnique({ where: { caseId_item: { caseId, item } } }));

async function checked(bytes: Uint8Array, metadata: Record<string, string> = {}) {
  const { tus, caseId } = await caseWithOwner();
  return uploadAndCheck(tus, caseId, bytes, metadata);
}

describe("checking a DICOM file", () => {
  it("reads its header and gives the line of the checklist nobody named", async () => {
    const { tus, caseId } = await caseWithOwner();
    const clip = await makeDicom({ compressed: true, studyDate: recent(), patientName: "PETROVA^ANNA" });
    const row = await uploadAndCheck(tus, caseId, clip, { filename: "IM0001" });
    expect(row).toMatchObject({ state: "readable", kind: "dicom", frameCount: 12, item: "tte_loops" });
    expect(row.mediaType).toBe("application/dicom");
    expect(row.header).toMatchObject({ modality: "US", frameTimeMs: 40, rows: 120 });
    expect(row.examOn && dicomDay(dayOf(row.examOn))).toBe(recent());
    expect(codes(row)).toEqual(["may_show_name"]);
    expect(await itemOf(caseId, "tte_loops")).toMatchObject({ status: "given", recordId: row.id });
    const audit = { event: "record.checked", objectId: row.id };
    expect(await openDb().auditEvent.count({ where: audit })).toBe(1);
  });

  it("keeps no name in the row, only whether it differs", async () => {
    const row = await checked(await makeDicom({ patientName: "Schmidt^Walter", studyDate: recent() }));
    expect(codes(row)).toContain("name_mismatch");
    expect(JSON.stringify([row.header, row.findings])).not.toContain("Schmidt");
  });

  it("knows the patient in another script", async () => {
    const row = await checked(await makeDicom({ patientName: "Петрова^Анна", studyDate: recent() }));
    expect(codes(row)).not.toContain("name_differs");
    expect(codes(row)).not.toContain("name_mismatch");
  });

  it("asks a person when the birth date is another", async () => {
    const { tus, caseId } = await caseWithOwner();
    const birthOn = dateOf("1951-02-03");
    await asPerson(testSystem, (tx) => tx.case.update({ where: { id: caseId }, data: { birthOn } }));
    const other = await uploadAndCheck(tus, caseId, await makeDicom({ studyDate: recent() }));
    expect(other.state).toBe("readable");
    expect(codes(other)).toContain("birth_date_mismatch");
    const same = await makeDicom({ birthDate: "19510203", studyDate: recent() });
    expect(codes(await uploadAndCheck(tus, caseId, same))).not.toContain("birth_date_mismatch");
  });

  it("says when it is too old, too thick, still or without a date", async () => {
    const old = dicomDay(addDays(today(), -400));
    const metadata = { item: "tte_loops" };
    const { tus, caseId } = await caseWithOwner();
    const still = await uploadAndCheck(
      tus,
      caseId,
      await makeDicom({ frames: 1, studyDate: null }),
      metadata,
    );
    expect(codes(still)).toEqual(expect.arrayContaining(["single_frame", "no_exam_date"]));
    expect(await itemOf(caseId, "tte_loops")).toBeNull();
    const aged = await uploadAndCheck(tus, caseId, await makeDicom({ studyDate: old }), metadata);
    expect(codes(aged)).toContain("too_old");
    expect(await itemOf(caseId, "tte_loops")).toMatchObject({ status: "too_old" });
    const ct = await makeDicom({ modality: "CT", sliceMm: 3, studyDate: recent() });
    const row = await uploadAndCheck(tus, caseId, ct);
    expect(row.item).toBe("ct_gated");
    expect(codes(row)).toContain("thick_slices");
  });

  it("refuses one that was cut", async () => {
    const whole = await makeDicom({ studyDate: recent() });
    const row = await checked(whole.subarray(0, whole.length - 1_000));
    expect(row.state).toBe("unreadable");
    expect(codes(row)).toEqual(["broken_dicom"]);
  });

  it("refuses one with a program in its preamble", async () => {
    const clip = await makeDicom();
    clip.write("MZ", 0, "latin1");
    expect(codes(await checked(clip))).toEqual(["executable"]);
  });
});

describe("checking a document or a picture", () => {
  it("counts the pages of a PDF and gives its line", async () => {
    const { tus, caseId } = await caseWithOwner();
    const pdf = makePdf([["Echo report"], ["Page two"], ["Page three"]]);
    const row = await uploadAndCheck(tus, caseId, pdf, { item: "tte_report", filename: "echo.exe" });
    expect(row).toMatchObject({ state: "readable", kind: "pdf", pageCount: 3, mediaType: "application/pdf" });
    expect(await itemOf(caseId, "tte_report")).toMatchObject({ status: "given", recordId: row.id });
  });

  it("tells the patient that a photo of the report is not the loops, and leaves the gap open", async () => {
    const { tus, caseId } = await caseWithOwner();
    const row = await uploadAndCheck(tus, caseId, await makePhoto(), { item: "tte_loops" });
    expect(row).toMatchObject({ state: "readable", kind: "image", mediaType: "image/jpeg" });
    expect(codes(row)).toEqual(["photo_of_report"]);
    expect(await itemOf(caseId, "tte_loops")).toBeNull();
  });

  it.each([
    ["scripts", "/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"],
    ["a launch", "/OpenAction << /S /Launch /F (cmd.exe) >>"],
    [
      "a hidden file",
      "/Names << /EmbeddedFiles << /Names [(a) << /Type /Filespec /EF << /F 3 0 R >> >>] >> >>",
    ],
  ])("refuses a PDF with %s", async (_name, action) => {
    const pdf = makePdf([["Report"]])
      .toString("latin1")
      .replace("/Type /Catalog", `/Type /Catalog ${action}`);
    expect(codes(await checked(Buffer.from(pdf, "latin1")))).toEqual(["active_pdf"]);
  });

  it("refuses a damaged PDF and a damaged picture", async () => {
    expect(codes(await checked(Buffer.from("%PDF-1.7 and nothing more")))).toEqual(["broken_pdf"]);
    const photo = await makePhoto();
    expect(codes(await checked(photo.subarray(0, 2_000)))).toEqual(["broken_image"]);
  });

  it("refuses a picture that would unfold to too many pixels", async () => {
    const bomb = await sharp({ create: { width: 9_000, height: 6_000, channels: 3, background: "white" } })
      .png()
      .toBuffer();
    expect(bomb.length).toBeLessThan(500_000);
    expect(codes(await checked(bomb))).toEqual(["huge_image"]);
  });
});

describe("checking anything else", () => {
  it.each([
    ["a program", Buffer.concat([Buffer.from("MZ\x90\0"), noise(500)]), "executable"],
    ["a script", Buffer.from("#!/bin/sh\nrm -rf /\n"), "executable"],
    ["a web page", Buffer.from("  <!doctype html><script>alert(1)</script>"), "web_page"],
    ["a drawing", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), "web_page"],
    ["noise", noise(5_000), "unknown_type"],
    ["plain text", Buffer.from("My mitral valve leaks."), "unknown_type"],
    ["an office document", Buffer.from("{\\rtf1 report}"), "office_document"],
  ])("refuses %s, whatever it is called", async (_name, bytes, code) => {
    const row = await checked(bytes, { filename: "echo.dcm", filetype: "application/dicom" });
    expect(row.state).toBe("unreadable");
    expect(codes(row)).toEqual([code]);
  });

  it("refuses an empty file", async () => {
    const { tus, caseId } = await caseWithOwner();
    const created = await tus.create(caseId, { size: 0 });
    const id = created.headers.get("location")?.split("/").pop() ?? "";
    await checkRecord(testSystem, id, new Date());
    expect(codes(await recordRow(id))).toEqual(["empty_file"]);
  });

  it("refuses a file whose hash is not the one that was announced", async () => {
    const row = await checked(makePdf([["Report"]]), { sha256: "0".repeat(64) });
    expect(row.state).toBe("unreadable");
    expect(codes(row)).toEqual(["hash_mismatch"]);
  });

  it("counts only the first of four checks at once", async () => {
    const { tus, caseId } = await caseWithOwner();
    // Long enough to look at that all four have begun before one ends.
    const pages = Array.from({ length: 60 }, (_, page) => [`Page ${page + 1}`]);
    const id = await tus.upload(caseId, makePdf(pages));
    await Promise.all(Array.from({ length: 4 }, () => checkRecord(testSystem, id, new Date())));
    expect((await recordRow(id)).state).toBe("readable");
    const audit = { event: "record.checked", objectId: id };
    expect(await openDb().auditEvent.count({ where: audit })).toBe(1);
  });
});

describe("checking a zip", () => {
  it("hands a sound one on to be unpacked", async () => {
    const { tus, caseId } = await caseWithOwner();
    const zip = await makeStudyZip(3, { compressed: true, studyDate: recent(), patientName: "Petrova^Anna" });
    const row = await uploadAndCheck(tus, caseId, zip);
    expect(row).toMatchObject({ state: "unpacking", kind: "dicom_archive", item: null });
    const reports = zipSync({ "a.pdf": makePdf([["A"]]), "b.jpg": await makePhoto() });
    expect(await checked(reports)).toMatchObject({ state: "unpacking", kind: "report_archive" });
  });

  it.each([
    ["another zip inside", { "a/b.zip": zipSync({ x: noise(10) }) }, "nested_archive"],
    ["a renamed zip inside", { "a/b.dcm": zipSync({ x: noise(10) }) }, "nested_archive"],
    ["nothing but programs and pages", { "a.exe": noise(10), "b.html": noise(10) }, "strange_archive"],
    ["a program inside", { "viewer.exe": noise(100), "a.pdf": makePdf([["A"]]) }, "strange_archive"],
    ["noise inside", { "a.dcm": noise(100) }, "strange_archive"],
    ["a path that climbs out, which is only a name", { "../../etc/passwd": noise(10) }, "strange_archive"],
  ])("refuses one with %s", async (_name, files, code) => {
    const row = await checked(zipSync(files));
    expect(row.state).toBe("unreadable");
    expect(codes(row)).toEqual([code]);
  });

  it("refuses a bomb before unpacking it", async () => {
    const zip = zipSync({ "a.dcm": new Uint8Array(40_000_000) }, { level: 9 });
    expect(codes(await checked(zip))).toEqual(["inflated_archive"]);
  });

  it("refuses one with too many files", async () => {
    const files = Object.fromEntries(Array.from({ length: 20_001 }, (_, n) => [`${n}`, new Uint8Array(0)]));
    expect(codes(await checked(zipSync(files, { level: 0 })))).toEqual(["overfull_archive"]);
  });

  it("refuses a damaged one", async () => {
    const zip = zipSync({ "a.pdf": makePdf([["A"]]) });
    expect(codes(await checked(zip.subarray(0, zip.length - 30)))).toEqual(["broken_archive"]);
  });
});

describe("the scanner", () => {
  // In two halves, so that no scanner stumbles over this test.
  const testFile = Buffer.from(
    String.raw`X5O!P%@AP[4\PZX54(P^)7CC)7}$` + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*",
  );

  /** Speaks clamd's INSTREAM; finds whatever contains "SICK". */
  async function withClamd<T>(answer: (bytes: Buffer) => string, work: () => Promise<T>): Promise<T> {
    const server = net.createServer((socket) => {
      const pieces: Buffer[] = [];
      socket.on("data", (piece: Buffer) => {
        pieces.push(piece);
        const all = Buffer.concat(pieces);
        if (all.subarray(-4).equals(Buffer.alloc(4))) socket.end(`${answer(all)}\0`);
      });
      socket.on("error", () => socket.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as net.AddressInfo;
    const settings = { ...environment.env(), CLAMAV_URL: `tcp://127.0.0.1:${port}` };
    const spy = vi.spyOn(environment, "env").mockReturnValue(settings);
    try {
      return await work();
    } finally {
      spy.mockRestore();
      server.close();
    }
  }

  it("blocks the test file even without clamd", async () => {
    const row = await checked(testFile);
    expect(row.state).toBe("infected");
    expect(findingsOf(row.findings)[0]?.facts).toEqual({ signature: "Eicar-Test-Signature" });
  });

  it("blocks what clamd finds", async () => {
    const pdf = makePdf([["SICK"]]);
    const answer = (bytes: Buffer) => (bytes.includes("SICK") ? "stream: Test.Virus FOUND" : "stream: OK");
    await withClamd(answer, async () => {
      expect((await checked(pdf)).state).toBe("infected");
      expect((await checked(makePdf([["Well"]]))).state).toBe("readable");
    });
  });

  it("leaves the file in quarantine when clamd fails, and the next try ends it", async () => {
    const { tus, caseId } = await caseWithOwner();
    const id = await tus.upload(caseId, makePdf([["Report"]]));
    await withClamd(
      () => "stream: temporary ERROR",
      () => expect(checkRecord(testSystem, id, new Date())).rejects.toThrow("unexpected"),
    );
    expect((await recordRow(id)).state).toBe("scanning");
    await checkRecord(testSystem, id, new Date());
    expect((await recordRow(id)).state).toBe("readable");
  });
});
