import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contentHeaders } from "@/lib/records/content";
import { attachment, wantedRange } from "@/lib/records/range";

describe("a range", () => {
  it("always lies inside the file", () => {
    const number = fc.option(fc.nat(3_000).map(String), { nil: "" });
    fc.assert(
      fc.property(number, number, fc.nat(2_000), (first, last, size) => {
        const range = wantedRange(`bytes=${first}-${last}`, size);
        if (typeof range === "string") return;
        expect(range.start).toBeGreaterThanOrEqual(0);
        expect(range.end).toBeGreaterThan(range.start);
        expect(range.end).toBeLessThanOrEqual(size);
      }),
    );
  });

  it.each([
    ["bytes=0-9", { start: 0, end: 10 }],
    ["bytes=90-", { start: 90, end: 100 }],
    ["bytes=-5", { start: 95, end: 100 }],
    ["bytes=-500", { start: 0, end: 100 }],
    ["bytes=50-500", { start: 50, end: 100 }],
    ["bytes=100-", "unsatisfiable"],
    ["bytes=-0", "unsatisfiable"],
    ["bytes=9-3", "whole"],
    ["bytes=-", "whole"],
    ["bytes=0-1,5-6", "whole"],
    ["lines=0-1", "whole"],
    [null, "whole"],
  ])("%s of a hundred bytes is read as the standard says", (header, expected) => {
    expect(wantedRange(header, 100)).toEqual(expected);
  });
});

describe("a file name in a header", () => {
  it("can neither end the header nor the quotes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (name) => {
        const header = attachment(name);
        expect(header).toMatch(/^attachment; filename="[^"\\%]*"; filename\*=UTF-8''[A-Za-z0-9%._~-]*$/);
        expect(decodeURIComponent(header.split("UTF-8''").at(-1) ?? "")).toBe(name);
      }),
    );
  });
});

describe("the headers of a file", () => {
  const facts = {
    filename: "a.pdf",
    sha256: "ab",
    sizeBytes: 100,
    range: { start: 10, end: 20 },
    isPart: true,
    isReleasedCopy: false,
    id: "0197",
  };

  it.each(["application/pdf", "image/png", "text/html", "image/svg+xml", null])(
    "never show a file of kind %s in place",
    (mediaType) => {
      expect(contentHeaders({ ...facts, mediaType })["content-disposition"]).toMatch(/^attachment; /);
    },
  );

  it("tell the part and its length", () => {
    expect(contentHeaders({ ...facts, mediaType: null })).toMatchObject({
      "content-range": "bytes 10-19/100",
      "content-length": "10",
      etag: '"ab"',
    });
  });

  it("name a copy without the name by nothing that could find its original", () => {
    const headers = contentHeaders({ ...facts, sha256: null, mediaType: null });
    expect(headers.etag).toBe('"0197-nameless"');
  });
});
