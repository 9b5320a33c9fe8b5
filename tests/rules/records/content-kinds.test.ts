import { zipSync } from "fflate";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { archiveFault, readArchiveEnd, readDirectory } from "@/lib/records/archive";
import { isDicom, readDicomHeader } from "@/lib/records/dicom";
import { cleared, finding, openQuestions, stopsUse } from "@/lib/records/finding";
import { judgeMedia } from "@/lib/records/media";
import { matchNames } from "@/lib/records/name-match";
import { makeDicom } from "../../support/dicom";

describe("a DICOM header", () => {
  it("is read from its beginning alone, pixels unseen", async () => {
    const file = await makeDicom({ patientName: "Müller^Jörg", frames: 3, birthDate: "19440229" });
    const header = readDicomHeader(file.subarray(0, 2_000));
    expect(header).toMatchObject({ modality: "US", patientName: "Müller^Jörg", birthOn: "1944-02-29" });
    expect(header?.pixels).toMatchObject({ frames: 3, rows: 120, columns: 160, samples: 3 });
  });

  it("with an impossible day has none", async () => {
    expect(readDicomHeader(await makeDicom({ birthDate: "19450230" }))?.birthOn).toBeNull();
  });

  it("is never made up from other bytes, and never throws", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
        const file = Buffer.concat([Buffer.alloc(128), Buffer.from("DICM"), bytes]);
        expect(isDicom(file)).toBe(true);
        readDicomHeader(file);
      }),
    );
    expect(isDicom(Buffer.from("DICM"))).toBe(false);
  });
});

describe("names", () => {
  it.each([
    ["PETROVA^ANNA", "Anna Petrova", "same"],
    ["Петрова^Анна", "Anna Petrowa", "same"],
    ["Petrova^Anna", "Анна Петрова", "same"],
    ["Mueller^Hans", "Hans Müller", "same"],
    ["Haddad^Samira^^^Dr", "Samira Haddad", "same"],
    ["Wang^XiaoDong=王^小东", "王小东", "same"],
    ["Wang^XiaoDong=王^小东", "Wang Xiaodong", "same"],
    ["Smith^John", "Anna Petrova", "differs"],
    ["حداد^سميرة", "Samira Haddad", "unknown"],
    ["", "Anna Petrova", "unknown"],
    ["ANON", "Anna Petrova", "differs"],
    ["Al^Bo", "Bo Li", "same"],
  ] as const)("%s and %s: %s", (dicom, person, expected) => {
    expect(matchNames(dicom, person)).toBe(expected);
  });

  it("are the same as themselves", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 30 }), (name) => {
        expect(matchNames(name, name)).not.toBe("differs");
      }),
    );
  });
});

describe("the kind of a file", () => {
  it("is never a lie of its library", () => {
    const of = (text: string, sniffed: string | null) =>
      judgeMedia(Buffer.from(text, "latin1"), sniffed, false);
    expect(of("MZ", "image/png").fault).toBe("executable");
    expect(of("\xef\xbb\xbf<html>", "application/pdf").fault).toBe("web_page");
    expect(of("x", "application/vnd.openxmlformats-officedocument.wordprocessingml.document").fault).toBe(
      "office_document",
    );
    expect(of("x", "application/x-msdownload").fault).toBe("executable");
    expect(of("x", "image/gif").fault).toBe("unknown_type");
    expect(of("x", "image/jpeg")).toEqual({ kind: "image", mediaType: "image/jpeg", fault: null });
  });
});

describe("a zip's directory", () => {
  const entriesOf = (zip: Uint8Array) => {
    const end = readArchiveEnd(zip, 0);
    return (
      end && readDirectory(zip.subarray(end.directoryAt, end.directoryAt + end.directoryBytes), end.entries)
    );
  };

  it("tells every file and no folder", () => {
    const zip = zipSync({ a: { "b.dcm": new Uint8Array(500) }, "c.pdf": new Uint8Array(3) });
    expect(entriesOf(zip)).toMatchObject([
      { name: "a/b.dcm", plainBytes: 500, isLocked: false },
      { name: "c.pdf", plainBytes: 3 },
    ]);
  });

  it("that was damaged is none, and reading it never throws", () => {
    const zip = zipSync({ "a.dcm": new Uint8Array(50), "b.dcm": new Uint8Array(60) });
    fc.assert(
      fc.property(fc.nat(zip.length - 1), fc.nat(255), (at, value) => {
        const changed = zip.slice();
        changed[at] = value;
        entriesOf(changed);
      }),
    );
    expect(readArchiveEnd(zip.subarray(0, zip.length - 1), 0)).toBeNull();
  });

  it("is judged before anything is unpacked", () => {
    const entry = {
      ...{ name: "a.dcm", isLocked: false, isLink: false, method: 8, crc: 0 },
      ...{ packedBytes: 100, plainBytes: 1_000, headerAt: 0 },
    };
    const [bytes, end] = [10 ** 9, 3 * 10 ** 9];
    expect(archiveFault([entry], end)).toBeNull();
    expect(archiveFault([{ ...entry, isLocked: true }], end)).toBe("locked_archive");
    expect(archiveFault([{ ...entry, name: "x/Y.ZIP" }], end)).toBe("nested_archive");
    expect(archiveFault([{ ...entry, plainBytes: bytes }], end)).toBe("inflated_archive");
    expect(archiveFault([{ ...entry, method: 9 }], end)).toBe("unusual_archive");
    expect(
      archiveFault(
        Array.from({ length: 20_001 }, () => entry),
        end,
      ),
    ).toBe("overfull_archive");
    // One small bomb among large honest files.
    const large = { ...entry, packedBytes: bytes, plainBytes: bytes, headerAt: 1_000 };
    const bomb = { ...entry, plainBytes: 20_000_000 };
    expect(archiveFault([large, bomb], end)).toBe("inflated_archive");
  });

  it("whose entries share their bytes, or reach into the directory, is broken", () => {
    const entry = {
      name: "a",
      isLocked: false,
      isLink: false,
      method: 0,
      crc: 0,
      packedBytes: 100,
      plainBytes: 100,
    };
    const at = (headerAt: number) => ({ ...entry, headerAt });
    expect(archiveFault([at(0), at(130), at(260)], 390)).toBeNull();
    expect(archiveFault([at(0), at(129)], 390)).toBe("broken_archive");
    expect(archiveFault([at(130), at(0), at(0)], 390)).toBe("broken_archive");
    expect(archiveFault([at(0)], 129)).toBe("broken_archive");
  });

  it("followed by anything but its comment is none", () => {
    const zip = zipSync({ "a.dcm": new Uint8Array(50) });
    expect(readArchiveEnd(zip, 0)).not.toBeNull();
    expect(readArchiveEnd(Buffer.concat([zip, Buffer.from("MZ")]), 0)).toBeNull();
  });
});

describe("findings", () => {
  it("stop, ask or only tell", () => {
    expect(stopsUse(finding("executable"))).toBe(true);
    expect(stopsUse(finding("birth_date_mismatch"))).toBe(false);
    const all = [finding("birth_date_mismatch"), finding("may_show_name")];
    expect(openQuestions(all)).toHaveLength(1);
    const answered = cleared(all, "somebody", new Date(0));
    expect(openQuestions(answered)).toHaveLength(0);
    expect(answered[0]).toMatchObject({ clearedById: "somebody" });
    expect(answered[1]).toEqual(all[1]);
  });
});
