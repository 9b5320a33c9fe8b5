import { describe, expect, it } from "vitest";
import english from "@/locales/en/documents.json";
import { checkCodeOf, labelOf, seriesOf, shownCode, typedCode } from "@/lib/documents/document";
import { fill, paperOf } from "@/lib/documents/paper";
import { receiptBody } from "@/lib/documents/receipt";

describe("a document", () => {
  it("counts in a series of its kind and year", () => {
    expect(seriesOf("receipt", new Date("2026-12-31T23:59:59Z"))).toBe("R-2026");
    expect(labelOf("R-2026", 42)).toBe("R-2026-000042");
  });

  it("has a code that survives being read aloud", () => {
    const code = checkCodeOf(new Uint8Array(16).map((_, index) => index * 17));
    expect(code).toHaveLength(16);
    expect(typedCode(shownCode(code).toLowerCase())).toBe(code);
    expect(typedCode("OIL0-0000-0000-0000")).toBe("0110000000000000");
    expect(typedCode("short")).toBeNull();
    expect(typedCode("!!!!!!!!!!!!!!!!")).toBeNull();
  });
});

describe("a receipt", () => {
  it("shows parts that add up and leads to its check by a square of dots", () => {
    const body = receiptBody(
      {
        payerName: "Anna",
        bookingNumber: "B-2026-000001",
        receivedAt: new Date("2026-11-20T10:00:00Z"),
        method: "card",
        kind: "deposit",
        currency: "JPY",
        amountMinor: 1_000n,
        contractAMinor: 0n,
      },
      english.receipt,
      "en",
    );
    expect(body.sections[0]?.rows).toEqual([[english.receipt.contractB, "¥1,000"]]);
    expect(body.facts.map((fact) => fact.value)).toContain("20 November 2026");
    const issue = {
      language: "en",
      label: "R-2026-000001",
      checkCode: "0123456789ABCDEF",
      appUrl: "https://v.test",
    };
    const paper = paperOf(body, issue, english.frame);
    expect(paper.check.address).toBe("https://v.test/en/check/0123456789ABCDEF");
    expect(paper.check.rows.every((row) => row.length === paper.check.rows.length)).toBe(true);
    expect(fill("{what} (optional)", { what: "Ride" })).toBe("Ride (optional)");
  });
});
