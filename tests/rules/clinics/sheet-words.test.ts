import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPriceSheet, SHEET_COLUMNS } from "@/lib/clinics/price-sheet";
import { explainSheetFault } from "@/lib/clinics/explain-sheet-fault";

const HEADER = SHEET_COLUMNS.join(",");
const GOOD =
  "teer,mitraclip,femoral-vein,EUR,30000,33700.50,39600,Package,Work-up|Device,Flights,2,4,2026-01-01,2026-12-31,101,2025,Own register";

/** What is said of a sheet, each sentence with its cell. */
function said(rows: readonly string[], locale: "en" | "ar" = "en", header = HEADER) {
  const { faults } = readPriceSheet([header, ...rows].join("\n"), "DE");
  return faults.map((fault) => `${fault.row}.${fault.column} ${explainSheetFault(locale, fault)}`);
}

const PROGRAMMERS = /expected|received|NaN|Invalid|Too (small|big)|undefined|null|\{/;

describe("what is said of a cell of a price sheet", () => {
  it("is a sentence a centre understands, for each kind of fault", () => {
    expect(said([GOOD.replace(",Package,", ",,")])).toEqual(["2.basis Please fill this in."]);
    expect(said([GOOD.replace("30000", "")])).toEqual(["2.low Please fill this in."]);
    expect(said([GOOD.replace("30000", "forty")])).toEqual(["2.low A sum such as 24500 or 24500.50."]);
    expect(said([GOOD.replace(",2,4,", ",two,4,")])).toEqual([
      "2.stay_low “two” is not a whole number such as 5.",
    ]);
    expect(said([GOOD.replace("39600", "1")])).toEqual([
      "2.expected Low, expected and high must stand in this order.",
    ]);
    expect(said([GOOD.replace("2026-12-31", "31.12.2026")])).toEqual([
      "2.valid_to A day is written 2026-05-04.",
    ]);
    expect(said([GOOD, GOOD])).toEqual([
      "3.treatment This treatment and device stand in an earlier row already.",
    ]);
    expect(said([GOOD.replace("mitraclip", "evolut")])).toEqual([
      "2.device This device is not made for this treatment.",
    ]);
    expect(said([GOOD.replace("mitraclip", "dragonfly")])).toEqual([
      "2.device “dragonfly” is not approved where your centre stands.",
    ]);
    expect(said([GOOD.replace("EUR", "ZZZ")])[0]).toMatch(/^2\.currency “ZZZ” is not one of: .*EUR/);
    expect(said([GOOD.replace("teer", "")])[0]).toMatch(
      /^2\.treatment Please fill this in, with one of: .*teer/,
    );
  });

  it("names a column that is missing or strange", () => {
    const columns = said([GOOD], "en", HEADER.replace("currency", "money"));
    expect(columns[0]).toBe("1.currency This column is missing.");
    expect(columns[1]).toContain("1.money There is no such column. The columns are: treatment, device");
  });

  it("is said in Arabic in words of its own", () => {
    const rows = [
      GOOD.replace(",Package,", ",,"),
      GOOD.replace("30000", "forty"),
      GOOD.replace(",2,4,", ",two,4,"),
      GOOD.replace("39600", "1"),
      GOOD.replace("2026-12-31", "31.12.2026"),
      GOOD.replace("mitraclip", "evolut"),
      GOOD.replace("mitraclip", "dragonfly"),
      GOOD.replace("EUR", "ZZZ"),
    ];
    const sentences = said(rows, "ar");
    expect(sentences).toHaveLength(rows.length);
    for (const sentence of sentences) {
      expect(sentence).toMatch(/[\u0600-\u06ff]/);
      expect(sentence.slice(sentence.indexOf(" "))).not.toMatch(PROGRAMMERS);
      expect(sentence).not.toMatch(/must|written|fill/);
    }
  });

  it("never is a sentence for programmers, whatever stands in the cells", () => {
    const cell = fc.oneof(
      fc.constantFrom(
        "",
        "0",
        "-1",
        "5.5",
        "1e9",
        "teer",
        "mitraclip",
        "EUR",
        "KWD",
        "2026-05-04",
        "99999999",
      ),
      fc.stringMatching(/^[a-d ;.]{0,8}$/),
    );
    const row = fc.tuple(...SHEET_COLUMNS.map(() => cell));
    fc.assert(
      fc.property(row, fc.constantFrom("en" as const, "ar" as const), (cells, locale) => {
        const { faults } = readPriceSheet([HEADER, cells.join(",")].join("\n"), "DE");
        for (const fault of faults) expect(explainSheetFault(locale, fault)).not.toMatch(PROGRAMMERS);
      }),
      { numRuns: 30 },
    );
  });
});
