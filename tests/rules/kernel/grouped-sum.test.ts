import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { typedPartForm } from "@/lib/desk/forms/money";
import { faultWords } from "@/lib/infra/fault-words";
import { CURRENCIES, type Currency, exponentOf } from "@/lib/kernel/money";
import { isTwoSums, minorOf, typedSum } from "@/lib/kernel/typed-sum";

const anySum = fc.record({
  currency: fc.constantFrom(...CURRENCIES),
  minor: fc.integer({ min: 0, max: 1_000_000_000 }),
});

const grouped = (digits: string, sign: string) => digits.replaceAll(/\B(?=(\d{3})+$)/g, sign);

/** A sum with groups of thousands and all decimals its currency has, as it is printed where these signs are used. */
function printed({ currency, minor }: { currency: Currency; minor: number }, group: string, point: string) {
  const exponent = exponentOf(currency);
  const digits = String(minor).padStart(exponent + 1, "0");
  const whole = grouped(digits.slice(0, digits.length - exponent), group);
  return exponent === 0 ? whole : `${whole}${point}${digits.slice(-exponent)}`;
}

const arabic = (text: string) => text.replaceAll(/\d/g, (digit) => "٠١٢٣٤٥٦٧٨٩".charAt(Number(digit)));

/** One sign alone, three digits behind it: what it means, only its writer knows. */
const isUnclear = (text: string) => /^\d{1,3}[.,]\d{3}$/.test(text);

describe("a sum with groups of thousands", () => {
  it.each([
    ["in English", ",", "."],
    ["in German", ".", ","],
    ["in French", "\u202F", ","],
    ["with spaces", " ", "."],
    ["in Switzerland", "’", "."],
    ["with Arabic signs", "٬", "٫"],
  ])("is read as it is printed %s", (_where, group, point) => {
    fc.assert(
      fc.property(anySum, (sum) => {
        const text = printed(sum, group, point);
        fc.pre(!isUnclear(text));
        expect(minorOf(text, sum.currency)).toBe(sum.minor);
        expect(minorOf(`\u200F ${arabic(text)} `, sum.currency)).toBe(sum.minor);
      }),
    );
  });

  it.each([
    ["1.234,56", "EUR", 123_456],
    ["1,234.56", "EUR", 123_456],
    ["1 234,56", "EUR", 123_456],
    ["1.234.567", "EUR", 123_456_700],
    ["12.345.678,9", "EUR", 1_234_567_890],
    ["1.234,567", "KWD", 1_234_567],
    ["1.234.567", "JPY", 1_234_567],
    ["١٬٢٣٤٫٥٦", "EUR", 123_456],
    ["١٬٢٣٤,٥٦", "EUR", 123_456],
  ] as const)("reads %s %s", (text, currency, minor) => expect(minorOf(text, currency)).toBe(minor));

  it.each([
    "1.234",
    "12.345",
    "1.234.56",
    "1.234,567",
    "12.34,56",
    "1,234,56",
    "1,2.3",
    "0.123,45",
    "1 23",
    "1 234 56",
  ])("is not guessed at: %s euros are refused", (text) => expect(minorOf(text, "EUR")).toBeNull());

  it("is never read as one of two sums that its currency would both allow", () => {
    const piece = fc.stringMatching(/^[1-9]\d{0,2}$/);
    fc.assert(
      fc.property(
        piece,
        fc.stringMatching(/^\d{3}$/),
        fc.constantFrom(...CURRENCIES),
        (front, back, currency) => {
          // A dot before three digits is a decimal point wherever it is read at all.
          const dotted = minorOf(`${front}.${back}`, currency);
          expect(dotted).toBe(exponentOf(currency) === 3 ? Number(front + back) : null);
          if (exponentOf(currency) === 3) expect(minorOf(`${front},${back}`, currency)).toBeNull();
        },
      ),
    );
  });

  it("still comes back as we write it ourselves", () => {
    fc.assert(
      fc.property(anySum, ({ currency, minor }) => {
        expect(minorOf(typedSum(BigInt(minor), currency), currency)).toBe(minor);
      }),
    );
  });
});

describe("a part of an instalment, typed", () => {
  const planItemId = "0199c0de-0000-7000-8000-000000000000";
  const read = (amount: string, currency = "EUR") =>
    typedPartForm.safeParse({ planItemId, currency, amount });

  it("takes the sum in whichever way it is written", () => {
    for (const amount of ["1234.56", "1,234.56", "1.234,56", "1 234,56", "١٬٢٣٤٫٥٦"])
      expect(read(amount).data?.partMinor).toBe(123_456n);
  });

  it("says how to write a sum that could be two, in English and Arabic", () => {
    expect(isTwoSums("1.234", "EUR")).toBe(true);
    const [issue] = read("1.234").error?.issues ?? [];
    expect(issue?.path).toEqual(["amount"]);
    expect(issue && faultWords("en", issue)).toContain(
      "without a sign for thousands, such as 24500 or 24500.50",
    );
    expect(issue && faultWords("ar", issue)).toMatch(/[\u0600-\u06ff]/);
    expect(issue && faultWords("ar", issue)).not.toContain("Write the sum");
    const [other] = read("much").error?.issues ?? [];
    expect(other && faultWords("en", other)).toBe("A sum such as 24500 or 24500.50.");
  });
});
