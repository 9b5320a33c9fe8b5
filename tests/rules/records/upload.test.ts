import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  byteCount,
  parseChecksum,
  parseMetadata,
  readAnnouncement,
  readPatchHeaders,
  safeFilename,
} from "@/lib/records/upload";

const base64 = (text: string) => Buffer.from(text).toString("base64");

describe("Upload-Metadata", () => {
  it("gives back every pair that was written", () => {
    const keys = fc.string({
      minLength: 1,
      maxLength: 20,
      unit: fc.constantFrom("a", "z", "A", "9", "_", "-"),
    });
    const words = fc.string({ unit: "grapheme", maxLength: 40 });
    fc.assert(
      fc.property(fc.dictionary(keys, words), (pairs) => {
        const header = Object.entries(pairs)
          .map(([key, value]) => `${key} ${base64(value)}`.trim())
          .join(",");
        const parsed = parseMetadata(header);
        expect(Object.fromEntries(parsed ?? [])).toEqual({ ...pairs });
      }),
    );
  });

  it("is refused rather than guessed at", () => {
    for (const header of ["a b c", "a !!", "a YQ==,a YQ==", " , ", "ключ YQ==", "a /w=="]) {
      expect(parseMetadata(header)).toBeNull();
    }
    expect(parseMetadata("a,b YQ==")).toEqual(
      new Map([
        ["a", ""],
        ["b", "a"],
      ]),
    );
    expect(parseMetadata(null)).toEqual(new Map());
  });

  it("never throws, whatever is sent", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (header) => void parseMetadata(header)));
    fc.assert(fc.property(fc.string({ unit: "binary" }), (header) => void parseChecksum(header)));
  });
});

describe("a file name", () => {
  it("is only its last part, with nothing invisible in it", () => {
    expect(safeFilename("../../etc/passwd")).toBe("passwd");
    expect(safeFilename("C:\\fakepath\\Echo 1.dcm")).toBe("Echo 1.dcm");
    expect(safeFilename("report\u202efdp.exe")).toBe("reportfdp.exe");
    expect(safeFilename("a\u0000b\r\nc")).toBe("abc");
    expect(safeFilename("эхо 心.pdf")).toBe("эхо 心.pdf");
    expect(safeFilename("/")).toBe("");
  });

  it("is never long and never holds a separator", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 600 }), (given) => {
        const name = safeFilename(given);
        expect(name.length).toBeLessThanOrEqual(200);
        expect(name).not.toMatch(/[/\\\p{Cc}]/u);
      }),
    );
  });
});

describe("numbers and checksums", () => {
  it("are taken only as the protocol writes them", () => {
    expect(["0", "5368709120", "-1", "1.5", "1e3", "", " 1", "9".repeat(16)].map(byteCount)).toEqual([
      0,
      5_368_709_120,
      null,
      null,
      null,
      null,
      null,
      null,
    ]);
    expect(parseChecksum("sha1 YQ==")).toMatchObject({ value: { algorithm: "sha1", digest: "YQ==" } });
    expect(parseChecksum("crc32 YQ==").ok).toBe(false);
    expect(parseChecksum("sha1").ok).toBe(false);
    expect(parseChecksum(null)).toMatchObject({ ok: true, value: null });
  });

  it("of a part name what is wrong", () => {
    const headers = (more: Record<string, string>) =>
      new Headers({ "content-type": "application/offset+octet-stream", "upload-offset": "0", ...more });
    expect(readPatchHeaders(headers({ "content-length": "5" }))).toMatchObject({ value: { bodyBytes: 5 } });
    expect(readPatchHeaders(headers({ "content-type": "text/plain" }))).toMatchObject({
      reason: "wrong_media_type",
    });
    expect(readPatchHeaders(headers({ "upload-offset": "x" }))).toMatchObject({ reason: "malformed_upload" });
  });

  it("of an announcement keep the type only when it is one", () => {
    const announce = (filetype: string) =>
      readAnnouncement(
        new Headers({
          "upload-length": "10",
          "upload-metadata": `filename ${base64("a.pdf")},filetype ${base64(filetype)}`,
        }),
        () => true,
      );
    expect(announce("Application/PDF")).toMatchObject({ value: { declaredType: "application/pdf" } });
    expect(announce("<script>")).toMatchObject({ value: { declaredType: null } });
  });
});
