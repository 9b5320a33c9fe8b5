import type { z } from "zod";
import { exponentOf, isCurrency } from "@/lib/kernel/money";
import { procedureForm, type ProcedureLine } from "./forms/listing";
import { procedureFault } from "./listing";

/** Columns of a price sheet; sums are in whole units of the currency, with decimals where it has them ("33700.00"). */
export const SHEET_COLUMNS = [
  "treatment",
  "device",
  "access",
  "currency",
  "low",
  "expected",
  "high",
  "basis",
  "included",
  "excluded",
  "stay_low",
  "stay_high",
  "valid_from",
  "valid_to",
  "volume",
  "volume_year",
  "volume_source",
] as const;

type SheetColumn = (typeof SHEET_COLUMNS)[number];

const OPTIONAL: readonly SheetColumn[] = [
  "device",
  "access",
  "included",
  "excluded",
  "volume",
  "volume_year",
  "volume_source",
];
export const ROWS_MAX = 500;

export interface SheetFault {
  /** The line of the file as a spreadsheet counts: the header is 1. 0 speaks of the whole file. */
  row: number;
  column: string;
  code:
    | "missing_column"
    | "unknown_column"
    | "too_many_rows"
    | "empty"
    | "invalid"
    | "device_not_approved"
    | "twice"
    | "malformed";
  /** What stands in the cell; the name of the column where the header is wrong. */
  text: string;
  /** Which rule of the form the cell breaks; null where the whole row tells. */
  issue: z.core.$ZodIssue | null;
}

export interface PriceSheet {
  lines: ProcedureLine[];
  faults: SheetFault[];
  rows: number;
}

/** Reads a CSV of prices for a centre of this country. Every bad row is named; nothing is guessed. */
export function readPriceSheet(text: string, country: string): PriceSheet {
  const table = readCsv(text);
  if (table === null) return broken("malformed");
  const [header, ...body] = table.filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  if (header === undefined || body.length === 0) return broken("empty");
  const names = header.cells.map((name) => name.trim().toLowerCase());
  const faults = headerFaults(names);
  if (body.length > ROWS_MAX) faults.push(fault(0, "", "too_many_rows"));
  if (faults.length > 0) return { lines: [], faults, rows: body.length };
  const read = body.map(({ row, cells }) => readRow(row, names, cells, country));
  const lines = read.flatMap((one) => (one.line ? [one.line] : []));
  return {
    lines: lines.map(({ line }) => line),
    faults: [...read.flatMap((one) => one.faults), ...repeated(lines)],
    rows: body.length,
  };
}

interface ReadLine {
  row: number;
  line: ProcedureLine;
}

function broken(code: SheetFault["code"]): PriceSheet {
  return { lines: [], faults: [fault(0, "", code)], rows: 0 };
}

function fault(row: number, column: string, code: SheetFault["code"], text = ""): SheetFault {
  return { row, column, code, text, issue: null };
}

function headerFaults(names: readonly string[]): SheetFault[] {
  const missing = SHEET_COLUMNS.filter((name) => !OPTIONAL.includes(name) && !names.includes(name));
  const unknown = names.filter((name) => !SHEET_COLUMNS.some((column) => column === name));
  return [
    ...missing.map((name) => fault(1, name, "missing_column", name)),
    ...unknown.map((name) => fault(1, name, "unknown_column", name)),
  ];
}

function readRow(row: number, names: readonly string[], cells: readonly string[], country: string) {
  const cell = (column: SheetColumn) => cells[names.indexOf(column)]?.trim() ?? "";
  const parsed = procedureForm.safeParse(rawLine(cell));
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue): SheetFault => {
      const column = columnOf(issue.path);
      const text = isColumn(column) ? cell(column) : "";
      return { row, column, code: "invalid", text, issue };
    });
    return { line: null, faults };
  }
  const wrong = procedureFault(parsed.data, country);
  if (wrong !== null) {
    const code = wrong === "device_not_approved" ? wrong : "invalid";
    return { line: null, faults: [fault(row, "device", code, cell("device"))] };
  }
  return { line: { row, line: parsed.data }, faults: [] };
}

function rawLine(cell: (column: SheetColumn) => string): z.input<typeof procedureForm> {
  const currency = cell("currency").toUpperCase();
  const optional = (column: SheetColumn) => (cell(column) === "" ? null : cell(column));
  const number = (column: SheetColumn) => (cell(column) === "" ? null : wholeNumber(cell(column)));
  const list = (column: SheetColumn) =>
    cell(column)
      .split("|")
      .map((part) => part.trim())
      .filter(Boolean);
  const raw = {
    treatment: cell("treatment"),
    device: optional("device"),
    access: optional("access"),
    currency,
    low: minorUnits(cell("low"), currency),
    expected: minorUnits(cell("expected"), currency),
    high: minorUnits(cell("high"), currency),
    basis: cell("basis"),
    included: list("included"),
    excluded: list("excluded"),
    stayDaysLow: wholeNumber(cell("stay_low")),
    stayDaysHigh: wholeNumber(cell("stay_high")),
    validFrom: cell("valid_from"),
    validTo: cell("valid_to"),
    volume: number("volume"),
    volumeYear: number("volume_year"),
    volumeSource: optional("volume_source"),
  };
  // Whatever the cells hold, the form below decides; the cast only lets unread text reach it.
  return raw as z.input<typeof procedureForm>;
}

const COLUMN_OF: Readonly<Record<string, SheetColumn>> = {
  stayDaysLow: "stay_low",
  stayDaysHigh: "stay_high",
  validFrom: "valid_from",
  validTo: "valid_to",
  volumeYear: "volume_year",
  volumeSource: "volume_source",
};

function isColumn(name: string): name is SheetColumn {
  return SHEET_COLUMNS.some((column) => column === name);
}

function columnOf(path: readonly PropertyKey[]): string {
  const name = String(path[0] ?? "");
  return COLUMN_OF[name] ?? name;
}

function wholeNumber(text: string): number {
  return /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
}

/** "33700" or "33700.50" in minor units; NaN for anything else, also for more decimals than the currency has. */
function minorUnits(text: string, currency: string): number {
  const exponent = isCurrency(currency) ? exponentOf(currency) : 2;
  const match = /^(\d{1,12})(?:\.(\d+))?$/.exec(text);
  const fraction = match?.[2] ?? "";
  if (!match || fraction.length > exponent) return Number.NaN;
  return Number(`${match[1] ?? ""}${fraction.padEnd(exponent, "0")}`);
}

function repeated(lines: readonly ReadLine[]): SheetFault[] {
  const nameOf = ({ line }: ReadLine) => `${line.treatment} ${line.device ?? ""}`;
  return lines
    .filter((line, index) => lines.findIndex((other) => nameOf(other) === nameOf(line)) !== index)
    .map(({ row, line }) => fault(row, "treatment", "twice", line.treatment));
}

interface CsvLine {
  row: number;
  cells: string[];
}

/** RFC 4180 with comma or semicolon, whichever the header has more of. Null when a quotation never ends. */
export function readCsv(text: string): CsvLine[] | null {
  const plain = text
    .replace(/^\uFEFF/, "")
    .replaceAll("\r\n", "\n")
    .replaceAll("\r", "\n");
  const first = plain.slice(0, plain.indexOf("\n") === -1 ? plain.length : plain.indexOf("\n"));
  const separator = first.split(";").length > first.split(",").length ? ";" : ",";
  const lines: CsvLine[] = [];
  let cells: string[] = [];
  let cell = "";
  let quoted = false;
  let row = 1;
  let begun = 1;
  const endLine = () => {
    lines.push({ row: begun, cells: [...cells, cell] });
    cells = [];
    cell = "";
  };
  for (let index = 0; index < plain.length; index += 1) {
    const sign = plain.charAt(index);
    if (sign === "\n") row += 1;
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (plain.charAt(index + 1) === '"') cell += plain.charAt((index += 1));
      else quoted = false;
    } else if (sign === '"' && cell === "") quoted = true;
    else if (sign === separator) {
      cells.push(cell);
      cell = "";
    } else if (sign === "\n") {
      endLine();
      begun = row;
    } else cell += sign;
  }
  if (quoted) return null;
  if (cell !== "" || cells.length > 0) endLine();
  return lines;
}
