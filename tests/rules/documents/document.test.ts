import { describe, expect, it } from "vitest";
import english from "@/locales/en/documents.json";
import arabic from "@/locales/ar/documents.json";
import { checkCodeOf, labelOf, seriesOf, shownCode, typedCode } from "@/lib/documents/document";
import { fill, paperOf } from "@/lib/documents/paper";
import { estimateBody } from "@/lib/documents/estimate-paper";
import { OPINION, receiptBody } from "@/lib/documents/receipt";
import { DEMO_RATE_SOURCE } from "@/lib/clinics/rate-source";
import type { EuroRates } from "@/lib/estimates/comparison";
import type { EstimatePlanView } from "@/lib/logistics/views/estimate-plan";

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
        seller: null,
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

  it("names no contract for a second opinion, which is asked for before there is one", () => {
    const facts = {
      ...{ seller: null, payerName: "Anna", bookingNumber: "O-2026-000001" },
      receivedAt: new Date("2026-11-20T10:00:00Z"),
      ...{ method: "bank_transfer", kind: OPINION, currency: "EUR", amountMinor: 29_000n },
    };
    const { sections } = receiptBody({ ...facts, contractAMinor: 29_000n }, english.receipt, "en");
    expect(sections[0]?.rows).toEqual([[english.receipt.opinion, "€290.00"]]);
  });
});

describe("an estimate on paper", () => {
  const day = new Date("2026-11-20T10:00:00Z");
  const sum = { amount: 0, currency: "USD" };
  const facts = {
    ...{ patientName: "Anna", clinicName: "A", version: 1, validUntil: day, hash: "0", currency: "USD" },
    ...{ lowMinor: 2_890_400n, expectedMinor: 3_090_400n, highMinor: 3_530_400n },
    ...{ exclusions: [], assumptions: [], lines: [] },
    plan: { items: [], total: sum, finalAccount: { surplusDays: 5 } } as unknown as EstimatePlanView,
    rates: new Map([
      ["USD", { rate: "1.0752", source: DEMO_RATE_SOURCE, at: day }],
      ["JOD", { rate: "0.7621", source: DEMO_RATE_SOURCE, at: day }],
    ]) satisfies EuroRates,
    readIn: ["JOD"] as const,
  };

  it("says of single services what comes back of them, and nothing where none says it", () => {
    const hotel = { contract: "B" as const, name: "Hotel", cause: "Fixed", optional: false };
    const sums = { lowMinor: 1n, expectedMinor: 1n, highMinor: 1n };
    const told = (ownRule: "half" | null) =>
      estimateBody(
        { ...facts, lines: [{ ...hotel, ...sums, ownRule }] },
        english.estimate,
        "en",
      ).sections.find(({ heading }) => heading === english.estimate.refunds)?.list;
    expect(told("half")).toEqual(["Hotel: half of it comes back"]);
    expect(told(null)).toBeUndefined();
  });

  it("guesses other currencies without cents, and says in the reader's language whose rate it was", () => {
    const told = (words: typeof english.estimate, language: string) =>
      JSON.stringify(estimateBody(facts, words, language).sections.slice(1, 2));
    expect(told(english.estimate, "en")).toMatch(/about JOD.20,500, /);
    expect(told(english.estimate, "en")).toContain("demo figures");
    expect(told(arabic.estimate, "ar")).not.toContain("demo");
  });
});
