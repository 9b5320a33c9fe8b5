import { describe, expect, it } from "vitest";
import { readBillSheet, billedMinor } from "@/lib/payments/bill-sheet";

describe("the lines of an invoice as CSV", () => {
  it("are read with what stands in them, discounts below zero", () => {
    const text =
      "wording;amount;quantity;unit;code;kind\nProcedure;29.500,00;1;case;A1;surgery\nDiscount;-120.50;;;;\n";
    expect(readBillSheet(text.replace("29.500,00", "29500.00"), "EUR")).toEqual({
      faults: [],
      lines: [
        {
          code: "A1",
          kind: "treatment",
          wording: "Procedure",
          quantity: 1,
          unit: "case",
          amount: 2_950_000n,
        },
        { code: null, kind: null, wording: "Discount", quantity: 1, unit: "piece", amount: -12_050n },
      ],
    });
  });

  it("are taken whole or not at all, each bad cell named", () => {
    const sheet = readBillSheet("wording,amount,quantity\nWard,12.345,2\n,5,0\nBed,7,1", "EUR");
    expect(sheet.lines).toEqual([]);
    expect(sheet.faults).toEqual([
      { row: 2, column: "amount", code: "invalid" },
      { row: 3, column: "wording", code: "invalid" },
      { row: 3, column: "quantity", code: "invalid" },
    ]);
  });

  it.each([
    ["", "empty"],
    ['wording,amount\n"Ward,1', "malformed"],
    ["wording\nWard", "missing_column"],
    ["wording,amount,colour\nWard,1,red", "unknown_column"],
  ])("say what is wrong with %j", (text, code) => {
    expect(readBillSheet(text, "EUR").faults[0]?.code).toBe(code);
  });

  it.each([
    ["1,234.50", "EUR", 123_450],
    ["1234,5", "EUR", 123_450],
    ["-7", "KWD", -7_000],
    ["12.5", "JPY", Number.NaN],
    ["-0", "EUR", 0],
    ["1e9", "EUR", Number.NaN],
    ["١٬٢٠٠٫٥٠", "EUR", 120_050],
    ["−\u200F١٢٠", "EUR", -12_000],
    ["0,500", "KWD", 500],
    // A thousand times more or less, as one reads the comma.
    ["12,345", "KWD", Number.NaN],
    ["5", "ABC", Number.NaN],
  ])("reads %s %s in its own decimals", (text, currency, minor) => {
    expect(billedMinor(text, currency)).toBe(minor);
  });
});
