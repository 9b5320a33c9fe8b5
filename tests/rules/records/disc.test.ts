import { describe, expect, it } from "vitest";
import type { ArchiveEntry } from "@/lib/records/archive";
import { isJunk, pathName, roleOf, viewerFolders } from "@/lib/records/disc";
import { missingFrom } from "@/lib/records/disc-index";

const entry = (name: string, change: Partial<ArchiveEntry> = {}): ArchiveEntry => ({
  ...{ name, isLocked: false, isLink: false, method: 8, crc: 0 },
  ...{ packedBytes: 10, plainBytes: 10, headerAt: 0, ...change },
});

const names = [
  "DICOMDIR",
  "autorun.inf",
  "START.EXE",
  "DICOM/ST0/IM0",
  "viewer/bin/view.exe",
  "viewer/bin/splash.jpg",
  "viewer/help/manual.pdf",
  "report.pdf",
];

describe("a patient's disc", () => {
  it("keeps pictures and papers apart from its own viewer", () => {
    const folders = viewerFolders(names);
    const roles = names.map((name) => roleOf(entry(name), folders));
    expect(roles).toEqual([
      "index",
      "leftover",
      "leftover",
      "record",
      "leftover",
      "beside_programs",
      "record",
      "record",
    ]);
  });

  it("has no use for links, empty files and what computers leave behind", () => {
    expect(roleOf(entry("a.dcm", { isLink: true }), [])).toBe("leftover");
    expect(roleOf(entry("a.dcm", { plainBytes: 0 }), [])).toBe("leftover");
    for (const name of ["x/.DS_Store", "Thumbs.db", "a/._IM1", "__MACOSX/a/IM1", "desktop.ini"])
      expect(isJunk(name), name).toBe(true);
    for (const name of ["IM1", "DICOM/thumbs.dcm", "report.pdf"]) expect(isJunk(name), name).toBe(false);
  });

  it("tells how many of the files its index names are missing", () => {
    const named = ["DICOM/IM0", "DICOM/IM1", "DICOM/IM2"];
    expect(missingFrom(named, "DICOMDIR", ["dicom/im0", "DICOM/IM1;1", "DICOM/IM2.dcm"])).toBe(0);
    expect(missingFrom(named, "cd/DICOMDIR", ["cd/DICOM/IM0", "DICOM/IM1"])).toBe(2);
  });
});

describe("the name of a file out of an archive", () => {
  it.each([
    ["DICOM/ST0/IM0", "DICOM/ST0/IM0"],
    ["../../etc/passwd", "etc/passwd"],
    ["C:\\Users\\anna\\echo.dcm", "Users/anna/echo.dcm"],
    ["/a//./b\u202Efdp.exe\u0000", "a/bfdp.exe"],
    ["...", "file"],
  ])("%j is shown as %j", (given, shown) => {
    expect(pathName(given)).toBe(shown);
  });

  it("keeps its end when it is too long", () => {
    const shown = pathName(`${"folder/".repeat(60)}IM1`);
    expect(shown).toHaveLength(200);
    expect(shown.endsWith("/IM1")).toBe(true);
  });
});
