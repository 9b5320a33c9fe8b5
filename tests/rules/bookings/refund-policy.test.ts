import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "@/lib/kernel/day";
import { sumMinor } from "@/lib/kernel/money";
import {
  bandsOf,
  type CancellationBand,
  cancellationBandsForm,
  cancellationSentence,
} from "@/lib/clinics/cancellation";
import { POLICY_VERSION } from "@/lib/bookings/payment-plan";
import { CANCEL_CAUSES, quoteRefund, type RefundFacts, type RefundLine } from "@/lib/bookings/refund-policy";

const lines: RefundLine[] = [
  { lineId: "a", kind: "treatment", contract: "A", amountMinor: 3_000_000n, delivered: false },
  { lineId: "b", kind: "workup", contract: "A", amountMinor: 100_000n, delivered: false },
  { lineId: "c", kind: "operator_fee", contract: "B", amountMinor: 200_000n, delivered: false },
  { lineId: "d", kind: "interpreter", contract: "B", amountMinor: 60_000n, delivered: false },
  { lineId: "e", kind: "translation", contract: "B", amountMinor: 24_000n, delivered: true },
];

const bands = [
  { fromDays: 14, keptBp: 1_000 },
  { fromDays: 7, keptBp: 2_500 },
  { fromDays: 0, keptBp: 5_000 },
];

const usual: RefundFacts = {
  policyVersion: POLICY_VERSION,
  cause: "patient_cancels",
  on: "2027-01-01",
  treatmentOn: "2027-02-15",
  bands,
  lines,
  deliveredSlices: ["papers"],
  paid: { A: 3_100_000n, B: 284_000n },
  contractAMode: "held_by_operator",
};

describe("the refund matrix, worked by hand", () => {
  it("returns all but delivered work and the papers' slice 45 days before", () => {
    const quote = quoteRefund(usual);
    // Kept: 24,000 translation and a quarter of the fee, 50,000.
    expect(quote.contracts.A).toMatchObject({ keptMinor: 0n, refundMinor: 3_100_000n });
    expect(quote.contracts.B).toMatchObject({ keptMinor: 74_000n, refundMinor: 210_000n });
    expect(quote.total.refundMinor).toBe(3_310_000n);
  });

  it.each([
    ["2027-02-01", 14, 310_000n, 74_000n],
    ["2027-02-02", 13, 775_000n, 104_000n],
    ["2027-02-08", 7, 775_000n, 104_000n],
    ["2027-02-09", 6, 1_550_000n, 134_000n],
    ["2027-02-15", 0, 1_550_000n, 134_000n],
  ])("follows the bands of a patient's own cancellation: %s", (on, daysBefore, keptA, keptB) => {
    const quote = quoteRefund({ ...usual, on });
    expect(quote).toMatchObject({
      daysBefore,
      contracts: { A: { keptMinor: keptA }, B: { keptMinor: keptB } },
    });
  });

  it("returns everything undelivered when the visa is refused, also a week before", () => {
    const quote = quoteRefund({ ...usual, cause: "visa_refused", on: "2027-02-10" });
    expect(quote.total.keptMinor).toBe(74_000n);
    expect(quote.total.owedMinor).toBe(0n);
  });

  it("keeps a proven cost of the supplier and no more than the line", () => {
    const proven = lines.map((line) =>
      line.kind === "interpreter" ? { ...line, provenMinor: 90_000n } : line,
    );
    const quote = quoteRefund({ ...usual, lines: proven, cause: "visa_refused" });
    expect(quote.parts.find((part) => part.kind === "interpreter")).toMatchObject({
      keptMinor: 60_000n,
      refundableMinor: 0n,
    });
  });

  it("keeps with fewer than seven days to go what the supplier's own rule keeps, and all until it was said", () => {
    const kept = (on: string, provenMinor?: bigint) =>
      quoteRefund({
        ...usual,
        on,
        lines: lines.map((line) =>
          line.kind === "interpreter" && provenMinor !== undefined ? { ...line, provenMinor } : line,
        ),
      }).parts.find((part) => part.kind === "interpreter");
    const rule = "supplier_rule";
    expect(kept("2027-02-09")).toMatchObject({ keptMinor: 60_000n, refundableMinor: 0n, rule });
    expect(kept("2027-02-09", 15_000n)).toMatchObject({ keptMinor: 15_000n, refundableMinor: 45_000n, rule });
    expect(kept("2027-02-15", 0n)).toMatchObject({ keptMinor: 0n, refundableMinor: 60_000n, rule });
    expect(kept("2027-02-20", 70_000n)).toMatchObject({ keptMinor: 60_000n, rule });
    expect(kept("2027-02-08", 15_000n)).toMatchObject({ keptMinor: 30_000n, rule: "half" });
  });

  it("keeps nothing of the fee when the centre declines or the patient dies", () => {
    for (const cause of ["centre_declines", "death", "medical_deterioration", "force_majeure"] as const) {
      const quote = quoteRefund({ ...usual, cause, deliveredSlices: ["papers", "arrival"] });
      expect(quote.parts.find((part) => part.kind === "operator_fee")?.keptMinor).toBe(0n);
    }
  });

  it("returns everything not yet done when we or a supplier fail, and bears it ourselves", () => {
    const quote = quoteRefund({ ...usual, cause: "operator_failure" });
    // Kept: 24,000 translation and the papers' quarter of the fee, 50,000; nothing more is asked.
    expect(quote.contracts.A.keptMinor).toBe(0n);
    expect(quote.contracts.B).toMatchObject({ keptMinor: 74_000n, owedMinor: 0n });
    expect(quote.bornBy).toBe("operator");
  });

  it("asks nothing of the family, however little was paid", () => {
    const quote = quoteRefund({
      ...usual,
      cause: "death",
      paid: { A: 0n, B: 0n },
      lines: lines.map((line) => ({ ...line, delivered: true })),
    });
    expect(quote.total.owedMinor).toBe(0n);
    expect(quote.total.refundMinor).toBe(0n);
  });

  it("pays for the tests done when somebody turns out not treatable on site", () => {
    const tested = lines.map((line) => (line.kind === "workup" ? { ...line, delivered: true } : line));
    const quote = quoteRefund({
      ...usual,
      lines: tested,
      cause: "not_treatable",
      deliveredSlices: ["papers", "arrival"],
    });
    // Work-up 100,000; translation 24,000 and 60 % of the fee, 120,000.
    expect(quote.contracts.A.keptMinor).toBe(100_000n);
    expect(quote.contracts.B.keptMinor).toBe(144_000n);
  });

  it("pays for no more of unfinished tests than the centre has proven, and for nothing of the treatment", () => {
    const proven = lines.map((line) => ({ ...line, provenMinor: 35_000n }));
    const quote = quoteRefund({ ...usual, lines: proven, cause: "not_treatable" });
    const of = (kind: string) => quote.parts.find((part) => part.kind === kind);
    expect(of("workup")).toMatchObject({ keptMinor: 35_000n, refundableMinor: 65_000n, rule: "tests_done" });
    expect(of("treatment")).toMatchObject({ keptMinor: 0n, refundableMinor: 3_000_000n });
    // "Undelivered 100 %" for the services, whatever a supplier proves.
    expect(of("interpreter")).toMatchObject({ keptMinor: 0n, refundableMinor: 60_000n });
  });

  it("has nothing to return or ask for contract A that was paid to the hospital itself", () => {
    const quote = quoteRefund({
      ...usual,
      contractAMode: "direct",
      on: "2027-02-14",
      paid: { A: 0n, B: 284_000n },
    });
    expect(quote.contracts.A).toMatchObject({ refundMinor: 0n, owedMinor: 0n });
  });
});

/** Any rule a centre may set. */
const anyBands: fc.Arbitrary<CancellationBand[]> = fc
  .uniqueArray(fc.integer({ min: 1, max: 29 }), { maxLength: 5 })
  .chain((days) =>
    fc.tuple(
      fc.constant([...days.toSorted((a, b) => b - a), 0]),
      fc.array(fc.integer({ min: 0, max: 10_000 }), {
        minLength: days.length + 1,
        maxLength: days.length + 1,
      }),
    ),
  )
  .map(([days, shares]) => {
    const rising = shares.toSorted((a, b) => a - b);
    return days.map((fromDays, index) => ({ fromDays, keptBp: rising[index] ?? 0 }));
  });

/** The share the words name for a day, as a person reads them; null where only proven cost is kept. */
function readFor(sentence: string, daysBefore: number): string | null {
  const free = /until (\d+) days before/.exec(sentence)?.[1];
  if (daysBefore >= Number(free)) return null;
  for (const [, from, to, kept] of sentence.matchAll(/(\d+)(?: to (\d+))? days: ([\d.]+) %/g)) {
    if (daysBefore <= Number(from) && daysBefore >= Number(to ?? from)) return kept ?? null;
  }
  return /Later, or if you do not come: ([\d.]+) %/.exec(sentence)?.[1] ?? "nothing said";
}

describe("a centre's cancellation rule", () => {
  it("keeps for every day what its words in the contract say", () => {
    fc.assert(
      fc.property(anyBands, fc.integer({ min: -5, max: 60 }), (rule, daysBefore) => {
        expect(bandsOf(rule)).toEqual(rule);
        const quote = quoteRefund({
          ...usual,
          bands: rule,
          lines: [
            { lineId: "a", kind: "treatment", contract: "A", amountMinor: 1_000_000n, delivered: false },
          ],
          on: addDays(usual.treatmentOn, -daysBefore),
        });
        const said = readFor(cancellationSentence(rule), daysBefore);
        expect(Number(quote.contracts.A.keptMinor) / 10_000).toBe(said === null ? 0 : Number(said));
      }),
      { numRuns: 2_000 },
    );
  });

  it("reads as one sentence for one line", () => {
    expect(cancellationSentence(bands)).toBe(
      "Free of charge until 30 days before, less proven costs. 29 to 14 days: 10 %. 13 to 7 days: 25 %. Later, or if you do not come: 50 %.",
    );
    expect(cancellationSentence([{ fromDays: 0, keptBp: 1_250 }])).toContain(
      "Later, or if you do not come: 12.5 %.",
    );
  });

  it.each([
    ["no line", []],
    ["a day nobody is told about", [{ fromDays: 7, keptBp: 100 }]],
    [
      "days that rise",
      [
        { fromDays: 0, keptBp: 100 },
        { fromDays: 7, keptBp: 100 },
      ],
    ],
    [
      "less kept the later it is",
      [
        { fromDays: 7, keptBp: 500 },
        { fromDays: 0, keptBp: 100 },
      ],
    ],
    ["more than the price", [{ fromDays: 0, keptBp: 10_001 }]],
    [
      "a line where the refund rules give everything back",
      [
        { fromDays: 30, keptBp: 1 },
        { fromDays: 0, keptBp: 100 },
      ],
    ],
  ])("is refused with %s", (_why, rule) => {
    expect(cancellationBandsForm.safeParse(rule).success).toBe(false);
  });

  it("treats whoever does not come as it treats a late cancellation", () => {
    const late = quoteRefund({ ...usual, on: usual.treatmentOn });
    const absent = quoteRefund({ ...usual, cause: "no_show", on: "2027-03-20" });
    expect(absent.contracts.A).toEqual(late.contracts.A);
  });
});

describe("every refund quote", () => {
  const anySum = fc.bigInt({ min: 0n, max: 10n ** 9n });
  const anyTaken = fc.record({ lostMinor: anySum, contestedMinor: anySum });
  const facts: fc.Arbitrary<RefundFacts> = fc.record({
    policyVersion: fc.constant(POLICY_VERSION),
    cause: fc.constantFrom(...CANCEL_CAUSES),
    on: fc.constantFrom("2026-12-01", "2027-01-20", "2027-02-05", "2027-02-12", "2027-03-01"),
    treatmentOn: fc.constant("2027-02-15"),
    bands: anyBands,
    lines: fc.array(
      fc.record(
        {
          lineId: fc.uuid(),
          kind: fc.constantFrom("treatment", "operator_fee", "interpreter", "stay"),
          contract: fc.constantFrom("A" as const, "B" as const),
          amountMinor: fc.bigInt({ min: 0n, max: 10n ** 9n }),
          delivered: fc.boolean(),
          provenMinor: fc.bigInt({ min: 0n, max: 10n ** 9n }),
        },
        { requiredKeys: ["lineId", "kind", "contract", "amountMinor", "delivered"] },
      ),
      { maxLength: 12 },
    ),
    deliveredSlices: fc.subarray(["papers", "arrival", "return", "settlement"] as const),
    paid: fc.record({ A: fc.bigInt({ min: 0n, max: 10n ** 9n }), B: fc.bigInt({ min: 0n, max: 10n ** 9n }) }),
    taken: fc.record({ A: anyTaken, B: anyTaken }),
    contractAMode: fc.constantFrom("direct" as const, "held_by_operator" as const),
  });

  it("adds up line by line, and returns no more than was paid", () => {
    fc.assert(
      fc.property(facts, (given) => {
        const quote = quoteRefund(given);
        for (const part of quote.parts) {
          expect(part.keptMinor + part.refundableMinor).toBe(part.amountMinor);
          expect(part.keptMinor >= 0n && part.refundableMinor >= 0n).toBe(true);
        }
        for (const sum of [quote.contracts.A, quote.contracts.B, quote.total]) {
          expect(sum.keptMinor + sum.refundableMinor).toBe(sum.amountMinor);
          expect(sum.refundMinor >= 0n && sum.refundMinor <= sum.paidMinor).toBe(true);
        }
        expect(quote.total.keptMinor).toBe(sumMinor(quote.parts.map((part) => part.keptMinor)));
      }),
    );
  });
});
