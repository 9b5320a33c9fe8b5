/** Why a file is no sheet we can read. The whole file is refused; nothing of it is guessed. */
export const SHEET_TROUBLES = ["damaged", "too_large", "old_excel", "encoding", "no_value"] as const;
export type SheetTrouble = (typeof SHEET_TROUBLES)[number];

/** Thrown inside the reading and told as a value at its door. */
export class UnreadableSheet extends Error {
  constructor(
    readonly trouble: SheetTrouble,
    /** The cell it is about, "C7"; empty for the whole file. */
    readonly place = "",
  ) {
    super(`This sheet cannot be read: ${trouble} ${place}`);
  }
}

export const SHEET_BYTES_MAX = 900_000;
/** Rows and columns of one sheet. The longest list we take has 500 rows. */
export const SHEET_ROWS_MAX = 5_000;
export const SHEET_COLUMNS_MAX = 100;
/** Of one cell, as Excel has it, and of all cells together. */
export const CELL_SIGNS_MAX = 32_767;
export const SHEET_SIGNS_MAX = 2_000_000;

/** The cells of a sheet by row and column, both counted from 0; what nobody filled is not there. */
export type SheetCells = ReadonlyMap<number, ReadonlyMap<number, string>>;

/** The sheet as CSV: every row stands in the line it has in the sheet, so that a fault names the row its writer sees. */
export function csvOf(cells: SheetCells): string {
  const last = Math.max(-1, ...cells.keys());
  const width = Math.max(0, ...[...cells.values()].map((row) => Math.max(-1, ...row.keys()) + 1));
  const rows = Array.from({ length: last + 1 }, (_, row) => {
    const filled = cells.get(row);
    return filled ? Array.from({ length: width }, (_cell, column) => oneLine(filled.get(column) ?? "")) : [];
  });
  const first = rows[0]?.join("") ?? "";
  // The reader of CSV takes what the first line has more of for the separator.
  const separator = first.split(";").length > first.split(",").length + width - 1 ? ";" : ",";
  return rows.map((row) => row.map(quoted).join(separator)).join("\n");
}

/** A line break inside a cell would push every later row down. */
function oneLine(text: string): string {
  return text.replaceAll(/\s*[\r\n]+\s*/gu, " ");
}

function quoted(text: string): string {
  return /[",;]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Excel reckons with 15 digits; what stands behind them is noise of the machine: 33700.499999999996 is 33700.5. */
const DIGITS = 15;

/** A number of a sheet in plain decimals; text that is none stays, and the form refuses it. */
export function plainNumber(text: string): string {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) return text;
  const short = String(Number(value.toPrecision(DIGITS)));
  return short.includes("e") ? text : short;
}

const DAY_MS = 86_400_000;
/** Excel's day 60, 29 February 1900, never was; days behind it count from here. */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);
const DAY_LAST = 2_958_465;

/** A day number of a sheet as "2026-05-04"; what is no whole day of a calendar stays a number. */
export function dayText(text: string, isFrom1904: boolean): string {
  const serial = Number(text);
  if (!Number.isInteger(serial) || serial <= (isFrom1904 ? 0 : 60) || serial > DAY_LAST)
    return plainNumber(text);
  const at = (isFrom1904 ? EPOCH_1904 : EPOCH_1900) + serial * DAY_MS;
  return new Date(at).toISOString().slice(0, 10);
}

/** Formats of dates every sheet program knows by number. */
const isDateId = (id: number) => (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);

/** Whether a cell with this number format shows a date. */
export function showsDate(formatId: number, code: string | undefined): boolean {
  if (code === undefined) return isDateId(formatId);
  const bare = code.replaceAll(/"[^"]*"|\[[^\]]*\]|\\.|_.|\*./gu, "");
  return /[dy]/iu.test(bare) && !/general/iu.test(bare);
}
