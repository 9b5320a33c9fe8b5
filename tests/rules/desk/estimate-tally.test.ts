import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chargeStep } from "@/lib/bookings/chargeable";
import { summedLines, tallyOf, typedTally } from "@/lib/desk/estimate-tally";
import { savedTally } from "@/lib/desk/saved-tally";
import { CURRENCIES, sumMinor } from "@/lib/kernel/money";
import { typedSum } from "@/lib/kernel/typed-sum";
import { estimatePlan } from "@/lib/logistics/estimate-plan";

const steps = fc.bigInt({ min: 0n, max: 10n ** 9n });
const line = fc.record({
  ...{ contract: fc.constantFrom("A" as const, "B" as const), optional: fc.boolean() },
  ...{ low: steps, more: steps, most: steps },
});
const estimate = fc.record({
  lines: fc.array(line, { maxLength: 12 }),
  currency: fc.constantFrom(...CURRENCIES),
  terms: fc.record({
    contractAMode: fc.constantFrom("direct" as const, "held_by_operator" as const),
    prepaymentBp: fc.nat(10_000),
  }),
});
type Drawn = typeof line extends fc.Arbitrary<infer Line> ? Line : never;
const countedOf = ({ contract, optional, low, more, most }: Drawn) => ({
  ...{ contract, optional, lowMinor: low, expectedMinor: low + more, highMinor: low + more + most },
});

describe("what the lines of an estimate come to", () => {
  it("is paid in instalments and to the hospital that add up to the expected total, whatever the terms", () => {
    fc.assert(
      fc.property(estimate, ({ lines, terms }) => {
        const { totals, plan } = tallyOf(lines.map(countedOf), terms);
        const paid = sumMinor(plan.instalments.map(({ amountMinor }) => amountMinor));
        expect(paid + plan.toHospitalMinor).toBe(totals.required.expectedMinor);
      }),
    );
  });

  it("follows the plan the patient reads, under the terms of sending where those were kept", () => {
    const kept = fc.option(fc.record({ depositBp: fc.nat(10_000), prepaymentBp: fc.nat(10_000) }));
    fc.assert(
      fc.property(estimate, kept, ({ lines, currency, terms }, sent) => {
        const rows = lines.map((one, index) => ({ id: `${index}`, ...countedOf(one) }));
        const sentTerms = sent && { version: "1", balanceDaysBefore: 14, contractAMode: "direct", ...sent };
        const read = estimatePlan({ currency, lines: rows, clinic: terms, sentTerms }, []);
        if (!read.ok) throw new Error(read.reason);
        const { plan } = savedTally({ currency, lines: rows, clinic: terms, sentTerms });
        expect(plan.instalments).toEqual(read.value.instalments);
        expect(plan.toHospitalMinor).toBe(read.value.toHospitalMinor);
      }),
    );
  });

  it("has a ceiling no needed line passes: the upper numbers of each contract", () => {
    const sums = { lowMinor: 100n, expectedMinor: 200n, highMinor: 350n };
    const lines = [
      { contract: "A" as const, optional: false, ...sums },
      { contract: "A" as const, optional: true, ...sums },
      { contract: "B" as const, optional: false, ...sums, highMinor: 200n },
    ];
    const { ceilings, totals } = tallyOf(lines, { contractAMode: "direct", prepaymentBp: 0 });
    expect(ceilings).toEqual({ A: 350n, B: 200n });
    expect(totals.withOptional.highMinor).toBe(900n);
  });
});

describe("the same while it is typed", () => {
  const terms = { contractAMode: "direct" as const, prepaymentBp: 0 };
  const typed = (sums: object) => ({
    ...{ contract: "A", low: "", expected: "", high: "", optional: false },
    ...sums,
  });

  it("comes to what the saved lines come to, in currencies of none, two and three decimals", () => {
    fc.assert(
      fc.property(estimate, ({ lines, currency, terms: of }) => {
        const counted = lines.map(countedOf);
        const written = counted.map(({ contract, optional, lowMinor, expectedMinor, highMinor }) => ({
          ...{ contract, optional, low: typedSum(lowMinor, currency) },
          ...{ expected: typedSum(expectedMinor, currency), high: typedSum(highMinor, currency) },
        }));
        const { uncounted, falling, ...tally } = typedTally(written, currency, of);
        expect(tally).toEqual(tallyOf(counted, { ...of, stepMinor: chargeStep(currency) }));
        expect([uncounted, falling]).toEqual([[], []]);
      }),
    );
  });

  it("takes a line without low and high as fixed, and Arabic digits as digits", () => {
    const { totals } = typedTally([typed({ expected: "٢٤٬٥٠٠٫٥٠" })], "EUR", terms);
    expect(totals.required).toEqual({
      lowMinor: 2_450_050n,
      expectedMinor: 2_450_050n,
      highMinor: 2_450_050n,
    });
  });

  it("counts no line it cannot read, and names it, as it names sums that fall", () => {
    const lines = [
      typed({ expected: "100" }),
      typed({ expected: "" }),
      typed({ low: "300", expected: "200", high: "250" }),
      typed({ low: "cheap", expected: "200" }),
    ];
    const { totals, uncounted, falling } = typedTally(lines, "EUR", terms);
    expect(uncounted).toEqual([2, 4]);
    expect(falling).toEqual([3]);
    expect(totals.required.expectedMinor).toBe(30_000n);
  });

  it("reads the lines of a form in the order they stand, whatever places were left by removed ones", () => {
    const fields = [
      ["currency", "EUR"],
      ["lines.10.expected", " 7 "],
      ["lines.10.contract", "A"],
      ["lines.2.expected", "5"],
      ["lines.2.optional", "on"],
      ["lines.2.cause", "Fixed"],
    ] as const;
    expect(summedLines(fields)).toEqual([
      { contract: "B", low: "", expected: "5", high: "", optional: true },
      { contract: "A", low: "", expected: "7", high: "", optional: false },
    ]);
  });
});
