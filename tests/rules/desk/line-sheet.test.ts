import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { builderForm, templateBuilderForm } from "@/lib/desk/forms/builder";
import { linesOfTemplate, typedTemplate } from "@/lib/desk/first-lines";
import { LINE_COLUMNS, type LineTarget, readLineSheet } from "@/lib/desk/line-sheet";
import { LINE_KINDS } from "@/lib/estimates/estimate";
import { keptTemplate, templateLines } from "@/lib/estimates/line-template";

const germany: LineTarget = { currency: "EUR", country: "DE", contracts: ["A", "B"] };
const read = (text: string, target = germany) => readLineSheet(text, target);
const cellsOf = (row: readonly string[]) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",");
const sheetOf = (rows: readonly (readonly string[])[]) =>
  [LINE_COLUMNS.join(","), ...rows.map(cellsOf)].join("\n");

describe("a sheet of lines", () => {
  it("is read with kinds, devices and yes or no as people write them", () => {
    const { lines, faults } = read(
      "kind;expected;cause;device;optional;contract;low;high\nDevice surcharge;9500,5;Size;MitraClip;;;9000;12000\nTransfer to clinic;95;Fixed;;yes;b;;",
    );
    expect(faults).toEqual([]);
    expect(lines).toMatchObject([
      { contract: "A", kind: "device", device: "mitraclip", low: "9000", expected: "9500,5", unit: "piece" },
      { contract: "B", kind: "transfer_arrival", optional: true, low: "", quantity: "1" },
    ]);
  });

  it("brings every row along and names each wrong cell with what stands in it", () => {
    const text = sheetOf([
      ["A", "treatment", "", "1", "case", "9", "10", "11", "Stay", "", ""],
      ["C", "magic", "", "many", "", "30", "20", "dear", "", "perhaps", "dragonfly"],
    ]);
    const { lines, faults } = read(text);
    expect(lines[1]).toMatchObject({
      quantity: "many",
      low: "30",
      expected: "20",
      high: "dear",
      kind: "other",
    });
    expect(faults.map(({ row, column, text: cell, code }) => [row, column, cell, code])).toEqual([
      [3, "contract", "C", "contract"],
      [3, "kind", "magic", "kind"],
      [3, "quantity", "many", "quantity"],
      [3, "high", "dear", "sum"],
      [3, "expected", "20", "order"],
      [3, "cause", "", "text"],
      [3, "optional", "perhaps", "optional"],
      [3, "device", "dragonfly", "device"],
    ]);
  });

  it.each([
    ["", "empty"],
    ["kind,expected,cause", "empty"],
    ['kind,expected,cause\n"x', "malformed"],
    ["kind,expected\nother,5", "missing_column"],
    ["kind,expected,cause,colour\nother,5,c,red", "unknown_column"],
    ["kind,expected,cause,kind\nother,5,c,other", "unknown_column"],
    ["kind,expected,cause\nother,5,c,more", "extra_cell"],
    [`kind,expected,cause\n${"other,5,c\n".repeat(101)}`, "too_many_rows"],
  ])("says what is wrong with %j", (text, code) => {
    expect(read(text).faults[0]?.code).toBe(code);
  });

  it("may hold no line of ours in a template", () => {
    const target: LineTarget = { ...germany, contracts: ["A"] };
    expect(read("contract,kind,expected,cause\nB,other,5,c", target).faults[0]?.code).toBe("contract");
  });

  const typed = (good: readonly string[]) => fc.oneof(fc.constantFrom(...good), fc.string({ maxLength: 12 }));
  const row = fc.tuple(
    ...[typed(["A", "B", "b", ""]), typed([...LINE_KINDS, "Work up"]), typed(["", "A label"])],
    ...[typed(["", "1", "2.5", "0", "1e3"]), typed(["", "hour"])],
    ...[typed(["", "10", "1,000.50"]), typed(["20", "1000.5", "5"]), typed(["", "30", "2000"])],
    ...[typed(["Fixed", ""]), typed(["", "yes", "no"]), typed(["", "mitraclip", "J-Valve"])],
  );

  it("without a fault is taken by the builder as it stands, and with one it is not", () => {
    const codesTold = new Set(["contract", "kind", "optional", "device", "extra_cell"]);
    fc.assert(
      fc.property(row, (cells) => {
        const plain = cells.map((cell) => cell.replaceAll(/[\r\n]/gu, " "));
        const { lines, faults } = read(sheetOf([plain]));
        const [line] = lines;
        if (!line) return;
        const { optional, ...rest } = line;
        const fields = Object.entries({ ...rest, ...(optional ? { optional: "on" } : {}) });
        const said = Object.fromEntries(fields.filter(([, value]) => value.trim() !== ""));
        const taken = builderForm.safeParse({ currency: "EUR", validUntil: "2027-01-01", lines: [said] });
        // Choices come along as the nearest the form offers; everything else is refused by the form as well.
        expect(taken.success).toBe(faults.every(({ code }) => codesTold.has(code)));
      }),
      { numRuns: 500 },
    );
  });
});

describe("the template of a treatment", () => {
  const sheet = read(
    sheetOf([
      ["A", "treatment", "", "1", "case", "", "28000", "", "Price list", "", "mitraclip"],
      ["A", "stay", "Ward", "3", "night", "900.50", "1200", "2400", "Length of stay", "yes", ""],
    ]),
    { ...germany, contracts: ["A"] },
  );
  const said = sheet.lines.map(({ optional, ...line }) =>
    Object.fromEntries(
      Object.entries({ ...line, ...(optional ? { optional: "on" } : {}) }).filter(
        ([, value]) => value !== "",
      ),
    ),
  );
  const form = templateBuilderForm.parse({ treatment: "teer", currency: "EUR", lines: said });
  const kept = {
    currency: "EUR",
    lines: keptTemplate(JSON.parse(JSON.stringify(templateLines(form.lines)))),
  };
  const causes = { fixed: "Fixed", stay: "Stay", interpreter: "Hours", medicine: "Weight", varies: "Varies" };

  it("comes back as it was typed, with its causes", () => {
    expect(typedTemplate(kept)).toEqual(sheet.lines);
  });

  it("stands before our own lines, which no template changes", () => {
    const own = { feeEuroCents: 240_000n, rate: "1", catalogue: [] };
    const lines = linesOfTemplate(kept, own, causes);
    expect(lines.slice(0, 2)).toEqual(sheet.lines);
    expect(lines.slice(2).every(({ contract }) => contract === "B")).toBe(true);
    expect(lines[2]).toMatchObject({ kind: "operator_fee", expected: "2400" });
  });

  it("is refused with a line of ours in it, or for no treatment", () => {
    const ours = said.map((line) => ({ ...line, contract: "B" }));
    expect(templateBuilderForm.safeParse({ treatment: "teer", currency: "EUR", lines: ours }).success).toBe(
      false,
    );
    expect(templateBuilderForm.safeParse({ treatment: "magic", currency: "EUR", lines: said }).success).toBe(
      false,
    );
  });
});
