import { describe, expect, it } from "vitest";
import { readDicomHeader } from "@/lib/records/dicom";
import { matchNames } from "@/lib/records/name-match";
import { dicomOf } from "../../support/dicom-elements";

/** Петрова^анна as ISO 8859-5 writes it, and the same with the marks that turn to these letters. */
const CYRILLIC = Buffer.from([0xbf, 0xb5, 0xc2, 0xc0, 0xbe, 0xb2, 0xb0, 0x5e, 0xb0, 0xbd, 0xbd, 0xb0]);
const ESCAPED = Buffer.concat([
  Buffer.from("\x1b-L"),
  CYRILLIC.subarray(0, 8),
  Buffer.from("\x1b-L"),
  CYRILLIC.subarray(8),
]);
/** 张^丽 as GB 2312 writes it. */
const CHINESE = Buffer.from("\x1b$)A\xd5\xc5^\x1b$)A\xc0\xf6", "latin1");

function nameIn(charset: string, name: Buffer): string | null {
  const uid = "1.2.840.10008.5.1.4.1.1.7";
  const even = name.length % 2 === 0 ? name : Buffer.concat([name, Buffer.from(" ")]);
  const elements = [
    { tag: 0x00080005, vr: "CS", value: charset },
    { tag: 0x00080016, vr: "UI", value: uid },
    { tag: 0x00100010, vr: "PN", value: even },
  ];
  return readDicomHeader(dicomOf(elements, "explicit"), true)?.patientName ?? null;
}

describe("a name in a file", () => {
  it.each([
    ["ISO_IR 144", CYRILLIC],
    ["ISO 2022 IR 144", CYRILLIC],
    ["\\ISO 2022 IR 144", ESCAPED],
  ])("is the patient's in the letters of %s", (charset, bytes) => {
    const name = nameIn(charset, bytes) ?? "";
    expect(name.toLowerCase()).toBe("петрова^анна");
    expect(matchNames(name, "Anna Petrova")).toBe("same");
  });

  it("is read in Chinese, with and without the marks that turn to it", () => {
    expect(nameIn("\\ISO 2022 IR 58", CHINESE)).toBe("张^丽");
    expect(nameIn("GB18030", Buffer.from("\xd5\xc5^\xc0\xf6", "latin1"))).toBe("张^丽");
  });

  it("is read in Thai", () => {
    expect(nameIn("ISO_IR 166", Buffer.from([0xca, 0xc1, 0xc8, 0xd1, 0xa1]))).toBe("สมศัก");
  });
});
