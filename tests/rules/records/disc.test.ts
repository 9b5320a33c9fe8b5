import { describe, expect, it } from "vitest";
import type { ArchiveEntry } from "@/lib/records/archive";
import { isJunk, pathName, roleOf, viewerFolders } from "@/lib/records/disc";
import { discFinding, missingFrom } from "@/lib/records/disc-index";

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

const lying = (...paths: string[]) => paths.map((path) => ({ path, instanceUid: null }));

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

  it("tells which of the files its index names are missing, by their place beside it", () => {
    const named = ["DICOM/IM0", "DICOM/IM1", "DICOM/IM2"].map((path) => ({ path, instanceUid: null }));
    expect(missingFrom(named, "DICOMDIR", lying("dicom/im0", "DICOM/IM1;1", "DICOM/IM2.dcm"))).toEqual([]);
    expect(missingFrom(named, "cd/DICOMDIR", lying("cd/DICOM/IM0", "DICOM/IM1"))).toEqual([
      "DICOM/IM1",
      "DICOM/IM2",
    ]);
  });

  it("knows a file by what it says it is, wherever it lies", () => {
    const named = [1, 2].map((number) => ({ path: `DICOM/IM${number}`, instanceUid: `1.2.${number}` }));
    const here = [{ path: "a phone/renamed.dcm", instanceUid: "1.2.2" }];
    expect(missingFrom(named, "DICOMDIR", here)).toEqual(["DICOM/IM1"]);
  });

  it("is content with the last name of a file where the index tells no more", () => {
    const named = [{ path: "DICOM/IM1", instanceUid: null }];
    expect(missingFrom(named, "DICOMDIR", lying("im1"))).toEqual([]);
    const told = [{ path: "DICOM/IM1", instanceUid: "1.2.1" }];
    expect(missingFrom(told, "DICOMDIR", lying("im1"))).toEqual(["DICOM/IM1"]);
  });

  it("names the first few of what is missing, and says that there are more", () => {
    const named = Array.from({ length: 9 }, (_, number) => ({ path: `IM${number}`, instanceUid: null }));
    const missing = named.map(({ path }) => path);
    const { facts } = discFinding(named, missing);
    expect(facts).toEqual({ named: 9, missing: 9, names: "IM0, IM1, IM2, IM3, IM4, …" });
    expect(discFinding(named, missing.slice(0, 2)).facts.names).toBe("IM0, IM1");
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
