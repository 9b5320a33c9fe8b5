import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCsv, readPriceSheet, SHEET_COLUMNS } from "@/lib/clinics/price-sheet";

const HEADER = SHEET_COLUMNS.join(",");
const GOOD =
  "teer,mitraclip,femoral-vein,EUR,30000,33700.50,39600,Package,Work-up|Device,Flights,2,4,2026-01-01,2026-12-31,101,2025,Own register";

const sheet = (...rows: string[]) => readPriceSheet([HEADER, ...rows].join("\n"), "DE");
const codes = (...rows: string[]) =>
  sheet(...rows).faults.map(({ row, column, code }) => [row, column, code]);

function csvOf(table: readonly (readonly string[])[], separator: string): string {
  return table
    .map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(separator))
    .join("\r\n");
}

describe("a price sheet", () => {
  it("reads sums in whole units with the decimals of the currency", () => {
    const { lines, faults } = sheet(
      GOOD,
      "surgical-repair,,sternotomy,KRW,100,200,300,List,,,5,9,2026-01-01,2026-12-31,,,",
    );
    expect(faults).toEqual([]);
    expect(lines[0]).toMatchObject({
      low: 3_000_000,
      expected: 3_370_050,
      high: 3_960_000,
      included: ["Work-up", "Device"],
    });
    expect(lines[1]).toMatchObject({ device: null, currency: "KRW", low: 100, expected: 200, volume: null });
  });

  it("names every bad row with its line, column and cause, and no good one", () => {
    const bad = [
      GOOD,
      GOOD.replace("mitraclip", "dragonfly"),
      GOOD.replace("30000", "forty"),
      GOOD.replace("39600", "1"),
      GOOD.replace("EUR", "ZZZ"),
      GOOD.replace("2026-12-31", "2025-02-30"),
      GOOD.replace("mitraclip", "evolut"),
      GOOD,
      GOOD.replace("teer", "magic"),
      GOOD.replace("33700.50", "33700.505"),
    ];
    const rows = codes(...bad);
    expect(rows).toContainEqual([3, "device", "device_not_approved"]);
    expect(rows).toContainEqual([4, "low", "invalid"]);
    expect(rows).toContainEqual([5, "expected", "invalid"]);
    expect(rows).toContainEqual([6, "currency", "invalid"]);
    expect(rows).toContainEqual([7, "valid_to", "invalid"]);
    expect(rows).toContainEqual([8, "device", "invalid"]);
    expect(rows).toContainEqual([9, "treatment", "twice"]);
    expect(rows).toContainEqual([10, "treatment", "invalid"]);
    expect(rows).toContainEqual([11, "expected", "invalid"]);
    expect(rows.filter(([row]) => row === 2)).toEqual([]);
  });

  it("refuses a sheet without a needed column, with a strange one, and an empty one", () => {
    const columns = readPriceSheet(`${HEADER.replace("currency", "money")}\n${GOOD}`, "DE").faults;
    expect(columns.map(({ column, code }) => [column, code])).toEqual([
      ["currency", "missing_column"],
      ["money", "unknown_column"],
    ]);
    expect(readPriceSheet("", "DE").faults[0]?.code).toBe("empty");
    expect(readPriceSheet(HEADER, "DE").faults[0]?.code).toBe("empty");
    expect(readPriceSheet(`${HEADER}\n"teer`, "DE").faults[0]?.code).toBe("malformed");
  });

  it("takes semicolons, a byte order mark and line ends of any system", () => {
    const text = `\uFEFF${HEADER.replaceAll(",", ";")}\r\n${GOOD.replaceAll(",", ";")}\r\n\r\n`;
    expect(readPriceSheet(text, "DE")).toMatchObject({ rows: 1, faults: [] });
  });

  it("gives back whatever cells were written, in either separator", () => {
    const cell = fc.string({ maxLength: 12 }).map((text) => text.replaceAll("\r", ""));
    const tables = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(tables, fc.constantFrom(",", ";"), (cells, separator) => {
        // The header tells the separator: its own cells hold neither.
        const table = [["a", "b", "c"], ...cells];
        expect(readCsv(csvOf(table, separator))?.map((line) => line.cells)).toEqual(table);
      }),
    );
  });

  it("never throws, whatever a file holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        expect(readPriceSheet(text, "DE").faults.length).toBeGreaterThan(0);
      }),
    );
  });
});
