import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { comparedColumn, wholeAbout } from "@/lib/estimates/compared-sums";
import { CURRENCIES, exponentOf, sumMinor } from "@/lib/kernel/money";
import { aboutIn, comparedLines, type EuroRates, rateBetween } from "@/lib/estimates/comparison";
import { euroRates, keptRatesOf, keptRatesSchema } from "@/lib/estimates/kept-rates";
import { homeCurrency } from "@/lib/guides/home-currency";

const at = new Date("2026-11-20T00:00:00Z");
const rates: EuroRates = new Map([
  ["USD", { rate: "1.08", source: "test", at }],
  ["CNY", { rate: "7.8", source: "test", at }],
  ["JPY", { rate: "162.5", source: "test", at }],
  ["KWD", { rate: "0.333", source: "test", at }],
]);

describe("estimates side by side", () => {
  it.each([
    ["EUR", "USD", 10_000n, 10_800n],
    ["USD", "EUR", 10_800n, 10_000n],
    ["CNY", "USD", 78_000n, 10_800n],
    ["EUR", "JPY", 10_000n, 16_250n],
    ["KWD", "EUR", 333_000n, 100_000n],
  ] as const)("turn %s into %s through the euro", (from, to, sum, expected) => {
    expect(aboutIn(sum, from, to, rates)?.amountMinor).toBe(expected);
  });

  it("leave a sum in its own currency as it is", () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 12n), fc.constantFrom(...CURRENCIES), (sum, currency) => {
        expect(aboutIn(sum, currency, currency, rates)).toEqual({ amountMinor: sum, currency });
      }),
    );
  });

  it("say nothing where a rate is missing", () => {
    expect(aboutIn(100n, "EUR", "THB", rates)).toBeNull();
    expect(aboutIn(100n, "THB", "EUR", rates)).toBeNull();
    expect(aboutIn(100n, "ABC", "EUR", rates)).toBeNull();
  });
});

describe("rates kept with an estimate", () => {
  it("show every sum later as it was shown, to the last unit", () => {
    const decimal = fc.tuple(fc.integer({ min: 1, max: 99_999 }), fc.nat(99_999_999));
    const rate = fc.record({
      rate: decimal.map(([whole, part]) => `${whole}.${String(part).padStart(8, "0")}`),
      source: fc.string(),
      at: fc.date({ noInvalidDate: true, min: new Date("2000-01-01"), max: new Date("2099-01-01") }),
    });
    const currency = fc.constantFrom(...CURRENCIES);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(currency, rate)),
        fc.bigInt(0n, 10n ** 12n),
        currency,
        currency,
        (said, sum, from, to) => {
          const then: EuroRates = new Map(said);
          const written = JSON.stringify(keptRatesOf(then));
          const now = euroRates(keptRatesSchema.parse(JSON.parse(written)));
          expect(aboutIn(sum, from, to, now)).toEqual(aboutIn(sum, from, to, then));
          expect(rateBetween(from, to, now)).toEqual(rateBetween(from, to, then));
          expect(JSON.stringify(keptRatesOf(new Map([...then].toReversed())))).toBe(written);
        },
      ),
    );
  });

  it("name who told them and the older of two days", () => {
    const old = new Date("2026-11-05T00:00:00Z");
    const two: EuroRates = new Map([...rates, ["CNY", { rate: "7.8", source: "ECB", at: old }]]);
    expect(rateBetween("CNY", "USD", two)).toEqual({ rate: 1.08 / 7.8, sources: ["ECB", "test"], at: old });
    expect(rateBetween("EUR", "CNY", two)).toEqual({ rate: 7.8, sources: ["ECB"], at: old });
    expect(rateBetween("EUR", "EUR", two)).toBeNull();
    expect(rateBetween("EUR", "THB", two)).toBeNull();
  });

  it("are read in the currency of the reader's country, where the portal knows it", () => {
    expect(homeCurrency("KZ")).toBe("KZT");
    expect(homeCurrency("FR")).toBe("EUR");
    expect(homeCurrency("BR")).toBeNull();
    expect(homeCurrency(null)).toBeNull();
  });
});

describe("two estimates in the reader's currency", () => {
  const sums = fc.array(fc.record({ minor: fc.bigInt(0n, 90_000_000n), optional: fc.boolean() }), {
    maxLength: 12,
  });
  const ownOf = fc.constantFrom("EUR", "USD", "CNY", "JPY", "KWD");
  const toOf = fc.constantFrom(
    "EUR" as const,
    "USD" as const,
    "CNY" as const,
    "JPY" as const,
    "KWD" as const,
  );

  it("show lines that add up to the totals shown, each within a unit of its own sum", () => {
    fc.assert(
      fc.property(sums, ownOf, toOf, (lines, own, to) => {
        const range = (minor: bigint) => ({ lowMinor: minor, expectedMinor: minor, highMinor: minor });
        const cells = lines.map(({ minor, optional }) => ({
          ...{ needed: optional ? null : range(minor), chosen: optional ? range(minor) : null },
        }));
        const column = comparedColumn(cells, own, to, rates);
        if (!column) throw new Error("A rate is missing.");
        const total = (wanted: boolean[]) =>
          sumMinor(lines.flatMap(({ minor, optional }) => (wanted.includes(optional) ? [minor] : [])));
        const added = (part: "needed" | "chosen") => sumMinor(column.cells.map((cell) => cell[part] ?? 0n));
        expect(column.neededMinor).toBe(wholeAbout(total([false]), own, to, rates));
        expect(column.allMinor).toBe(wholeAbout(total([false, true]), own, to, rates));
        expect(added("needed")).toBe(column.neededMinor);
        expect(added("needed") + added("chosen")).toBe(column.allMinor);
        const unit = 10n ** BigInt(exponentOf(to));
        for (const [at, { minor, optional }] of lines.entries()) {
          const shown = column.cells[at]?.[optional ? "chosen" : "needed"] ?? -1n;
          const exact = aboutIn(minor, own, to, rates)?.amountMinor ?? 0n;
          const apart = shown > exact ? shown - exact : exact - shown;
          expect(apart <= (own === to ? 0n : 2n * unit)).toBe(true);
          expect(shown >= 0n).toBe(true);
        }
      }),
    );
  });

  it("have no sum where a rate is missing, and their own where none is needed", () => {
    expect(comparedColumn([], "THB", "EUR", rates)).toBeNull();
    expect(wholeAbout(100n, "THB", "EUR", rates)).toBeNull();
    expect(wholeAbout(12_345n, "EUR", "EUR", rates)).toBe(12_345n);
    expect(wholeAbout(12_350n, "EUR", "USD", rates)).toBe(13_300n);
  });
});

describe("lines side by side", () => {
  const line = fc.record({
    kind: fc.constantFrom("treatment", "interpreter", "other", "spa_day"),
    label: fc.constantFrom(null, "Massage", "Parking"),
    optional: fc.boolean(),
    lowMinor: fc.bigInt(0n, 1_000n),
    expectedMinor: fc.bigInt(0n, 1_000n),
    highMinor: fc.bigInt(0n, 1_000n),
  });

  it("are all there once: each column adds up to its estimate, needed and chosen apart", () => {
    fc.assert(
      fc.property(fc.array(fc.array(line), { maxLength: 4 }), (estimates) => {
        const rows = comparedLines(estimates);
        for (const [index, lines] of estimates.entries()) {
          for (const optional of [false, true]) {
            const shown = rows.map((row) => row.cells[index]?.[optional ? "chosen" : "needed"]);
            const asked = lines.filter((one) => one.optional === optional);
            expect(sumMinor(shown.map((one) => one?.expectedMinor ?? 0n))).toBe(
              sumMinor(asked.map((one) => one.expectedMinor)),
            );
            expect(sumMinor(shown.map((one) => one?.highMinor ?? 0n))).toBe(
              sumMinor(asked.map((one) => one.highMinor)),
            );
          }
        }
        expect(rows.every((row) => row.cells.some((cell) => cell !== null))).toBe(true);
      }),
    );
  });

  it("stand in the order of a care plan, and share a row only where they are the same thing", () => {
    const sums = { optional: false, lowMinor: 1n, expectedMinor: 1n, highMinor: 1n };
    const of = (kind: string, label: string | null = null) => ({ kind, label, ...sums });
    const rows = comparedLines([
      [of("other", "Parking"), of("hotel", "Hotel Post"), of("treatment")],
      [of("treatment"), of("hotel", "Hotel Ost"), of("other", "Massage")],
    ]);
    expect(rows.map(({ kind, label, cells }) => [kind, label, cells.map((cell) => cell !== null)])).toEqual([
      ["treatment", null, [true, true]],
      ["hotel", null, [true, true]],
      ["other", "Parking", [true, false]],
      ["other", "Massage", [false, true]],
    ]);
  });
});
