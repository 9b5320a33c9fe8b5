import { isCurrency } from "@/lib/kernel/money";
import { signedMinorOf } from "@/lib/kernel/typed-sum";
import { readCsv } from "@/lib/clinics/price-sheet";
import { BILL_LINES_MAX } from "./bill";
import { billLineForm, type BillLineForm } from "./bill-form";

/** Columns of an invoice's lines; sums are in whole units of the currency, with decimals where it has them ("-120.50"). */
export const BILL_COLUMNS = ["wording", "amount", "quantity", "unit", "code", "kind"] as const;
type BillColumn = (typeof BILL_COLUMNS)[number];
const NEEDED: readonly BillColumn[] = ["wording", "amount"];

export interface BillFault {
  /** As a spreadsheet counts: the header is 1. 0 speaks of the whole file. */
  row: number;
  column: string;
  code: "malformed" | "empty" | "missing_column" | "unknown_column" | "too_many_rows" | "invalid";
}

export interface BillSheet {
  lines: BillLineForm[];
  faults: BillFault[];
}

/** Reads the lines of an invoice from CSV. Every bad cell is named; with one of them nothing is taken. */
export function readBillSheet(text: string, currency: string): BillSheet {
  const table = readCsv(text);
  if (table === null) return refusedAs({ row: 0, column: "", code: "malformed" });
  const [header, ...body] = table.filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  if (header === undefined || body.length === 0) return refusedAs({ row: 0, column: "", code: "empty" });
  const names = header.cells.map((name) => name.trim().toLowerCase());
  const faults = headerFaults(names);
  if (body.length > BILL_LINES_MAX) faults.push({ row: 0, column: "", code: "too_many_rows" });
  if (faults.length > 0) return { lines: [], faults };
  const read = body.map(({ row, cells }) => readRow(row, names, cells, currency));
  const bad = read.flatMap((one) => one.faults);
  return { lines: bad.length > 0 ? [] : read.flatMap((one) => one.lines), faults: bad };
}

function refusedAs(fault: BillFault): BillSheet {
  return { lines: [], faults: [fault] };
}

function headerFaults(names: readonly string[]): BillFault[] {
  const missing = NEEDED.filter((name) => !names.includes(name));
  const unknown = names.filter((name) => !BILL_COLUMNS.some((column) => column === name));
  return [
    ...missing.map((column): BillFault => ({ row: 1, column, code: "missing_column" })),
    ...unknown.map((column): BillFault => ({ row: 1, column, code: "unknown_column" })),
  ];
}

function readRow(
  row: number,
  names: readonly string[],
  cells: readonly string[],
  currency: string,
): BillSheet {
  const cell = (column: BillColumn) => cells[names.indexOf(column)]?.trim() ?? "";
  const said = (column: BillColumn) => (cell(column) === "" ? {} : { [column]: cell(column) });
  const parsed = billLineForm.safeParse({
    ...{ ...said("wording"), ...said("unit"), ...said("code"), ...said("quantity") },
    ...(cell("kind") === "" ? {} : { kind: cell("kind").toLowerCase().replaceAll(" ", "_") }),
    amount: billedMinor(cell("amount"), currency),
  });
  if (parsed.success) return { lines: [parsed.data], faults: [] };
  const columns = new Set(parsed.error.issues.map((issue) => String(issue.path[0] ?? "")));
  return { lines: [], faults: [...columns].map((column): BillFault => ({ row, column, code: "invalid" })) };
}

/** What a bill's line says in minor units; NaN for what is no sum, or could be two. */
export function billedMinor(text: string, currency: string): number {
  return (isCurrency(currency) ? signedMinorOf(text, currency) : null) ?? Number.NaN;
}
