import fc from "fast-check";
import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { readCsv } from "@/lib/clinics/price-sheet";
import { readBillSheet } from "@/lib/payments/bill-sheet";
import { readSheet } from "@/lib/records/read-sheet";
import { SHEET_BYTES_MAX, SHEET_ROWS_MAX, SHEET_TROUBLES } from "@/lib/records/sheet";
import arabic from "@/locales/ar/sheets.json";
import english from "@/locales/en/sheets.json";
import { xlsxOf } from "../../support/xlsx";

const textOf = (bytes: Uint8Array) => {
  const read = readSheet(bytes);
  if (!("text" in read)) throw new Error(`${read.trouble} ${read.place}`);
  return read.text;
};
const troubleOf = (bytes: Uint8Array) => {
  const read = readSheet(bytes);
  return "trouble" in read ? read.trouble : null;
};
const sheetPart = (inner: string) => ({
  "xl/worksheets/sheet1.xml": `<worksheet><sheetData>${inner}</sheetData></worksheet>`,
});

describe("a workbook", () => {
  it("becomes the lines people see in it: texts, sums without the machine's noise, days, and what formulas came to", () => {
    const bytes = xlsxOf({
      rows: [
        ["wording", "amount", "from"],
        ['Ward & <care>, "large"', 100 * 1.1, { day: 46_023 }],
        [],
        ["Öl 油 زيت", { formula: "B2*2", value: 220 }, null],
      ],
    });
    expect(textOf(bytes)).toBe(
      'wording,amount,from\n"Ward & <care>, ""large""",110,2026-01-01\n\nÖl 油 زيت,220,',
    );
  });

  it("comes back cell by cell in its own rows, whatever is written in it", () => {
    const cell = fc.oneof(
      fc.string({ unit: "grapheme" }).map((text) => text.replaceAll(/[\s\p{C}_]+/gu, " ").trim()),
      fc.constantFrom(",", ";;;", '"', "a;b", 'say "no"', "_x0041", "&amp;", "<v>"),
    );
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 6 }), { maxLength: 12 }), (rows) => {
        const lines = readCsv(textOf(xlsxOf({ rows })));
        const shown = new Map((lines ?? []).map(({ row, cells }) => [row, cells]));
        for (const [at, cells] of rows.entries()) {
          for (const [column, text] of cells.entries()) {
            expect(shown.get(at + 1)?.[column] ?? "").toBe(text);
          }
        }
      }),
    );
  });

  it("is refused where one long text is shown by many cells, before they are written out", () => {
    const shared = (text: string, cells: number) => {
      const row = (at: number) => `<row r="${at}">${'<c t="s"><v>0</v></c>'.repeat(100)}</row>`;
      const rows = Array.from({ length: cells / 100 }, (_, at) => row(at + 1)).join("");
      const strings = { "xl/sharedStrings.xml": `<sst><si><t>${text}</t></si></sst>` };
      return xlsxOf({ rows: [], parts: { ...strings, ...sheetPart(rows) } });
    };
    expect(troubleOf(shared("x".repeat(1_000_000), 2_000))).toBe("too_large");
    expect(troubleOf(shared("x".repeat(30_000), 2_000))).toBe("too_large");
    expect(troubleOf(shared("x".repeat(900), 2_000))).toBeNull();
  });

  it("shows texts with several looks, spoken signs left out, in-line texts and truth", () => {
    const bytes = xlsxOf({
      rows: [],
      parts: {
        "xl/sharedStrings.xml":
          "<sst><si><r><t>Herz</t></r><r><t>klappe</t></r></si><si><t>東京</t><rPh><t>トウキョウ</t></rPh></si></sst>",
        ...sheetPart(
          '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c t="inlineStr"><is><t>in</t></is></c><c t="b"><v>1</v></c><c t="str"><f>A1</f><v>said_x000D_</v></c><c t="e"><v>#REF!</v></c></row>',
        ),
      },
    });
    expect(textOf(bytes)).toBe("Herzklappe,東京,in,TRUE,said ,#REF!");
  });

  it.each([
    ["a formula nobody reckoned", xlsxOf({ rows: [[{ formula: "1+1", value: null }]] }), "no_value"],
    ["a result left empty", cellOf('<c r="A1"><f>1+1</f><v/></c>'), "no_value"],
    ["an entity of its own", bomb("&lol;", '<!DOCTYPE x [<!ENTITY lol "lol">]>'), "damaged"],
    ["a document type", bomb("1", "<!DOCTYPE x>"), "damaged"],
    ["a text that is not there", bomb("9"), "damaged"],
    [
      "a sheet that is not there",
      xlsxOf({ rows: [], parts: { "xl/worksheets/sheet1.xml": null } }),
      "damaged",
    ],
    [
      "a row far down",
      xlsxOf({ rows: [], parts: sheetPart('<row r="1048576"><c r="A1048576"><v>1</v></c></row>') }),
      "too_large",
    ],
    [
      "a column far out",
      xlsxOf({ rows: [], parts: sheetPart('<row r="1"><c r="ZZZ1"><v>1</v></c></row>') }),
      "too_large",
    ],
    [
      "one cell twice",
      xlsxOf({ rows: [], parts: sheetPart('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>') }),
      "damaged",
    ],
    [
      "a row that is none",
      xlsxOf({ rows: [], parts: sheetPart('<row r="x"><c r="A1"><v>1</v></c></row>') }),
      "damaged",
    ],
    [
      "XML that never ends",
      xlsxOf({ rows: [], parts: { "xl/workbook.xml": "<workbook><sheets>" } }),
      "damaged",
    ],
    ["another kind of zip", zipSync({ "word/document.xml": strToU8("<w/>") }), "damaged"],
    ["a zip bomb", zipSync({ "xl/workbook.xml": new Uint8Array(13_000_000) }), "too_large"],
    ["an old Excel file", Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1), "old_excel"],
    ["signs of another code page", Uint8Array.of(0x48, 0xe4, 0x72, 0x7a), "encoding"],
    ["zero bytes", Uint8Array.of(0x41, 0x00, 0x42), "encoding"],
    ["a large file", new Uint8Array(SHEET_BYTES_MAX + 1).fill(0x41), "too_large"],
  ])("with %s is refused", (_what, bytes, trouble) => {
    expect(troubleOf(bytes)).toBe(trouble);
  });

  it("that says it is small and is not, is caught before it grows", () => {
    const bytes = Buffer.from(zipSync({ "xl/workbook.xml": new Uint8Array(5_000_000) }));
    // The unpacked size, in the directory: it now says 100 bytes.
    bytes.writeUInt32LE(100, bytes.lastIndexOf(Buffer.from("PK\u0001\u0002")) + 24);
    expect(troubleOf(bytes)).toBe("damaged");
  });

  it("is never read otherwise than it was written: damage anywhere is refused or changes nothing", () => {
    const rows = [
      ["wording", "amount"],
      ...Array.from({ length: 20 }, (_, at) => [`Line ${at}`, at * 1_000.5]),
    ];
    const sound = xlsxOf({ rows });
    const text = textOf(sound);
    const hurt = fc.array(fc.tuple(fc.nat(sound.length - 1), fc.integer({ min: 1, max: 255 })), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(hurt, (marks) => {
        const bytes = Uint8Array.from(sound);
        for (const [at, by] of marks) bytes[at] = (bytes[at] ?? 0) ^ by;
        const read = readSheet(bytes);
        if ("trouble" in read) expect(SHEET_TROUBLES).toContain(read.trouble);
        else expect(read.text).toBe(text);
      }),
      { numRuns: 3_000 },
    );
    for (let length = 0; length < sound.length; length += 7) {
      expect(troubleOf(sound.subarray(0, length))).toBe(length < 4 ? null : "damaged");
    }
  });

  it("says what is wrong with any bytes at all, and never fails", () => {
    const signed = fc.uint8Array({ maxLength: 400 }).map((tail) => Uint8Array.of(0x50, 0x4b, 3, 4, ...tail));
    const xml = fc.array(
      fc.constantFrom("<", ">", "c", "/", "row", ' r="1"', "&", "#", "x", ";", "]]>", "<v>", "</v>", "1"),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          signed,
          fc.uint8Array(),
          xml.map((pieces) => bomb(pieces.join(""))),
        ),
        (bytes) => {
          const read = readSheet(bytes);
          expect("text" in read || SHEET_TROUBLES.includes(read.trouble)).toBe(true);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("may have as many rows as are promised", () => {
    const rows = Array.from({ length: SHEET_ROWS_MAX }, (_, at) => ["x", at]);
    expect(textOf(xlsxOf({ rows })).split("\n")).toHaveLength(SHEET_ROWS_MAX);
    expect(troubleOf(xlsxOf({ rows: [...rows, ["x", 1]] }))).toBe("too_large");
  });
});

describe("the lines of an invoice in a workbook", () => {
  it("are read as those of a CSV, each fault with the row its writer sees", () => {
    const rows = [
      ["wording", "amount", "quantity", "kind"],
      [],
      ["Procedure", { formula: "SUM(B9)", value: 29_500.25 }, 1, "surgery"],
      ["Discount", -120.5, null, null],
    ];
    const good = readBillSheet(textOf(xlsxOf({ rows })), "EUR");
    expect(good.lines.map(({ wording, amount, kind }) => [wording, amount, kind])).toEqual([
      ["Procedure", 2_950_025n, "treatment"],
      ["Discount", -12_050n, null],
    ]);
    const bad = readBillSheet(
      textOf(xlsxOf({ rows: [...rows, ["Ward", { xml: '<c r="B5" t="e"><v>#REF!</v></c>' }]] })),
      "EUR",
    );
    expect(bad.faults).toEqual([{ row: 5, column: "amount", code: "invalid" }]);
  });
});

describe("a sheet of text", () => {
  it.each([
    ["Western Europe", "H\xe4rz;1.200,00", "windows-1252"],
    ["Central Europe", "\xb3\xf3d\xbc", "windows-1250"],
    ["Arabic", "\xe3\xd1\xcd\xc8\xc7", "windows-1256"],
    ["Cyrillic", "\xcf\xf0\xe8\xe2\xe5\xf2", "windows-1251"],
  ])(
    "is refused in the old code page of %s: read as another one its names would be wrong",
    (_, signs, page) => {
      const bytes = Uint8Array.from(Buffer.from(signs, "latin1"));
      // Every old page reads it without a complaint, each in other letters.
      expect(new TextDecoder(page, { fatal: true }).decode(bytes)).not.toBe("");
      expect(readSheet(bytes)).toEqual({ trouble: "encoding", place: "" });
      for (const words of [english, arabic]) expect(words.trouble.encoding).toMatch(/CSV UTF-8.*LibreOffice/);
    },
  );

  it("is read in both byte orders of UTF-16, and not where half a sign is missing", () => {
    const text = "Zimmer;1.200,00 €;غرفة";
    const little = Buffer.from(`\ufeff${text}`, "utf16le");
    const big = Buffer.from(little).swap16();
    for (const bytes of [little, big]) {
      expect(readSheet(Uint8Array.from(bytes))).toEqual({ text });
      expect(readSheet(Uint8Array.from(bytes.subarray(0, -1)))).toMatchObject({ trouble: "encoding" });
      // Without the two bytes that say so nothing tells it from damage.
      expect(readSheet(Uint8Array.from(bytes.subarray(2)))).toMatchObject({ trouble: "encoding" });
    }
  });

  it("is taken as it is, in either of the encodings sheet programs save it in", () => {
    const text = "wording,amount\nÖl,5\n";
    expect(textOf(new TextEncoder().encode(text))).toBe(text);
    expect(textOf(Uint8Array.from([0xff, 0xfe, ...Buffer.from(text, "utf16le")]))).toBe(text);
  });
});

function cellOf(xml: string): Uint8Array {
  return xlsxOf({ rows: [[{ xml }]] });
}

/** A sheet of one cell that points to a text, behind whatever a test puts before it. */
function bomb(value: string, before = ""): Uint8Array {
  const sheet = `${before}<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>${value}</v></c></row></sheetData></worksheet>`;
  return xlsxOf({ rows: [], parts: { "xl/worksheets/sheet1.xml": sheet } });
}
