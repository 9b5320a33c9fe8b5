import { readCsv } from "@/lib/clinics/price-sheet";
import { LINE_KINDS, lineKind } from "@/lib/estimates/estimate";
import { kindField, minorField, plainText, quantityField } from "@/lib/estimates/forms";
import { DEVICES, deviceFacts, isDeviceApproved } from "@/lib/guides/device";
import type { Currency } from "@/lib/kernel/money";
import type { TypedLine } from "./first-lines";
import { minorOf } from "@/lib/kernel/typed-sum";

/** Columns of a sheet of lines; sums are in whole units with decimals, for the whole quantity. */
export const LINE_COLUMNS = [
  "contract",
  "kind",
  "label",
  "quantity",
  "unit",
  "low",
  "expected",
  "high",
  "cause",
  "optional",
  "device",
] as const;
type LineColumn = (typeof LINE_COLUMNS)[number];
const NEEDED: readonly LineColumn[] = ["kind", "expected", "cause"];
export const LINES_MAX = 100;

export type LineFaultCode =
  | "malformed"
  | "empty"
  | "too_many_rows"
  | "missing_column"
  | "unknown_column"
  | "extra_cell"
  | "contract"
  | "kind"
  | "text"
  | "quantity"
  | "sum"
  | "order"
  | "optional"
  | "device";

export interface LineFault {
  /** As a spreadsheet counts: the header is 1. 0 speaks of the whole file. */
  row: number;
  column: string;
  /** What stands in the cell. */
  text: string;
  code: LineFaultCode;
}

export interface LineSheet {
  /** Every row, as it is typed into the builder; a cell with a fault comes along as it was written wherever it can. */
  lines: TypedLine[];
  faults: LineFault[];
}

/** Where the lines are going: the country decides on devices, a template holds contract A alone. */
export interface LineTarget {
  currency: Currency;
  country: string;
  contracts: readonly ("A" | "B")[];
}

/** Reads lines of an estimate from CSV. Nothing is lost: rows with a fault come along, and each fault is named. */
export function readLineSheet(text: string, target: LineTarget): LineSheet {
  const table = readCsv(text);
  if (table === null) return refusedAs("malformed");
  const [header, ...body] = table.filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  if (header === undefined || body.length === 0) return refusedAs("empty");
  const names = header.cells.map((name) => name.trim().toLowerCase());
  const faults = headerFaults(names, header.row);
  if (body.length > LINES_MAX) faults.push({ row: 0, column: "", text: "", code: "too_many_rows" });
  if (faults.length > 0) return { lines: [], faults };
  const read = body.map(({ row, cells }) => readRow(row, names, cells, target));
  return { lines: read.map(({ line }) => line), faults: read.flatMap((one) => one.faults) };
}

function refusedAs(code: LineFaultCode): LineSheet {
  return { lines: [], faults: [{ row: 0, column: "", text: "", code }] };
}

function headerFaults(names: readonly string[], row: number): LineFault[] {
  const isTwice = (name: string, at: number) => names.indexOf(name) !== at;
  const unknown = names.filter(
    (name, at) =>
      (name !== "" && !LINE_COLUMNS.some((column) => column === name)) || (name !== "" && isTwice(name, at)),
  );
  const missing = NEEDED.filter((name) => !names.includes(name));
  return [
    ...missing.map((column): LineFault => ({ row, column, text: "", code: "missing_column" })),
    ...unknown.map((column): LineFault => ({ row, column, text: column, code: "unknown_column" })),
  ];
}

function readRow(row: number, names: readonly string[], cells: readonly string[], target: LineTarget) {
  const cell = (column: LineColumn) => cells[names.indexOf(column)]?.trim() ?? "";
  const faults: LineFault[] = [];
  const check = (column: LineColumn, isRight: boolean, code: LineFaultCode) => {
    if (!isRight) faults.push({ row, column, text: cell(column), code });
    return isRight;
  };
  const line = typedLine(cell, target);
  check("contract", contractOf(cell("contract"), target) !== null, "contract");
  check("kind", kindOf(cell("kind")) !== null, "kind");
  check("label", isText(line.label, 200, true), "text");
  check("quantity", quantityField.safeParse(line.quantity).success, "quantity");
  check("unit", isText(line.unit, 40, false), "text");
  const sums = (["low", "expected", "high"] as const).map((column) => {
    const isSaid = cell(column) !== "" || column === "expected";
    const minor = isSaid ? sumOf(cell(column), target.currency) : null;
    return check(column, !isSaid || minor !== null, "sum") ? minor : Number.NaN;
  });
  const [low, expected, high] = sums.map((sum) => sum ?? sums[1] ?? 0) as [number, number, number];
  // Only what can be read can stand in a wrong order: a comparison with nothing is never true.
  check("expected", !(low > expected) && !(expected > high), "order");
  check("cause", isText(line.cause, 500, false), "text");
  check("optional", optionalOf(cell("optional")) !== null, "optional");
  check("device", deviceOf(cell("device"), target.country) !== null, "device");
  for (const [at, text] of cells.entries()) {
    if (text.trim() !== "" && !names[at]) faults.push({ row, column: "", text, code: "extra_cell" });
  }
  return { line, faults };
}

function typedLine(cell: (column: LineColumn) => string, target: LineTarget): TypedLine {
  return {
    contract: contractOf(cell("contract"), target) ?? "A",
    kind: kindOf(cell("kind")) ?? "other",
    label: cell("label"),
    quantity: cell("quantity") || "1",
    unit: cell("unit") || "piece",
    ...{ low: cell("low"), expected: cell("expected"), high: cell("high") },
    cause: cell("cause"),
    optional: optionalOf(cell("optional")) ?? false,
    device: deviceOf(cell("device"), target.country) ?? "",
  };
}

/** Without a word of it a line is the hospital's. */
function contractOf(text: string, { contracts }: LineTarget): "A" | "B" | null {
  const said = text === "" ? "A" : text.toUpperCase();
  return contracts.find((contract) => contract === said) ?? null;
}

function kindOf(text: string): string | null {
  const word = kindField.safeParse(text.replaceAll(/[\s-]+/gu, "_"));
  const kind = word.success ? lineKind(word.data) : "";
  return LINE_KINDS.find((known) => known === kind) ?? null;
}

function isText(text: string, max: number, mayLack: boolean): boolean {
  return (mayLack && text === "") || plainText(max).safeParse(text).success;
}

function sumOf(text: string, currency: Currency): number | null {
  const minor = minorOf(text, currency);
  return minor !== null && minorField.safeParse(minor).success ? minor : null;
}

const YES = ["yes", "true", "1", "x"];
const NO = ["", "no", "false", "0"];

function optionalOf(text: string): boolean | null {
  const word = text.toLowerCase();
  return YES.includes(word) ? true : NO.includes(word) ? false : null;
}

/** By its slug or its name; only a device that may be used there. */
function deviceOf(text: string, country: string): string | null {
  if (text === "") return "";
  const word = text.toLowerCase();
  const found = DEVICES.find((slug) => slug === word || deviceFacts(slug).name.toLowerCase() === word);
  return found && isDeviceApproved(found, country) !== "not_approved" ? found : null;
}
