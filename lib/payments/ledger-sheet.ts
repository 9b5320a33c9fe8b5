import { exponentOf, isCurrency } from "@/lib/kernel/money";

/** The columns of the exported ledger. Sums once as people read them and once in whole minor units. */
export const LEDGER_COLUMNS = [
  "at",
  "transaction",
  "kind",
  "reference",
  "account",
  "contract",
  "currency",
  "amount",
  "amount_minor",
  "booking",
  "memo",
  "corrects",
] as const;

export interface SheetEntry {
  id: string;
  at: Date;
  txId: string;
  kind: string;
  reference: string;
  account: string;
  contract: string | null;
  currency: string;
  amountMinor: bigint;
  bookingNumber: string | null;
  memo: string;
  corrects: string | null;
}

/** One line of the sheet, ended as RFC 4180 asks. */
export function sheetLine(cells: readonly string[]): string {
  return `${cells.map(cell).join(",")}\r\n`;
}

export function sheetCells(entry: SheetEntry): string[] {
  return [
    entry.at.toISOString(),
    entry.txId,
    entry.kind,
    entry.reference,
    entry.account,
    entry.contract ?? "",
    entry.currency,
    decimalText(entry.amountMinor, entry.currency),
    `${entry.amountMinor}`,
    entry.bookingNumber ?? "",
    entry.memo,
    entry.corrects ?? "",
  ];
}

/** "-12.34" with as many decimals as the currency has. */
export function decimalText(amountMinor: bigint, currency: string): string {
  const decimals = isCurrency(currency) ? exponentOf(currency) : 2;
  const size = amountMinor < 0n ? -amountMinor : amountMinor;
  const digits = size.toString().padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  const text = decimals === 0 ? whole : `${whole}.${digits.slice(-decimals)}`;
  return amountMinor < 0n ? `-${text}` : text;
}

const NUMBER = /^-?\d+(\.\d+)?$/;

/** A text a spreadsheet would take for a formula is marked as text; a number stays one. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
