import { DEPARTMENTS, type ProcedureLine, saveListingForm } from "@/lib/clinics/forms/listing";
import { minorOf } from "../typed-sum";
import type { Nested } from "./nested";

const PARTS = ["name", "summary", "address", "officeHours", "paymentTerms", "cancellationRule"] as const;

function textOf(typed: Nested, name: string): string {
  const value = typed[name];
  return typeof value === "string" ? value : "";
}

function partsOf(text: string, separator: RegExp): string[] {
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/** The texts of a listing as typed: languages with commas between, holidays one a line, certificates row by row. */
export function readListing(typed: Nested) {
  const departments = typed.departments;
  const ticked =
    typeof departments === "object" && !Array.isArray(departments) ? Object.keys(departments) : [];
  return saveListingForm.safeParse({
    ...Object.fromEntries(PARTS.map((name) => [name, textOf(typed, name)])),
    departments: DEPARTMENTS.filter((one) => ticked.includes(one)),
    languages: partsOf(textOf(typed, "languages").toLowerCase(), /[\s,]+/),
    holidays: partsOf(textOf(typed, "holidays"), /[\s,]+/),
    accreditations: Array.isArray(typed.accreditations) ? typed.accreditations : [],
  });
}

/** What names a price among the others of a centre. */
export function priceKey(line: { treatment: string; device: string | null }): string {
  return line.device === null ? line.treatment : `${line.treatment}-${line.device}`;
}

/** The price list with the typed rows in it; what a row does not show stays as it was. */
export function readPrices(typed: Nested, lines: readonly ProcedureLine[]) {
  const rows = typed.prices;
  const list = typeof rows === "object" && !Array.isArray(rows) ? rows : {};
  const procedures = lines.map((line) => {
    const row = list[priceKey(line)];
    if (typeof row !== "object" || Array.isArray(row)) return line;
    const sum = (name: string) => minorOf(textOf(row, name), line.currency) ?? textOf(row, name);
    const { stayDaysLow, stayDaysHigh } = row;
    return {
      ...line,
      low: sum("low"),
      expected: sum("expected"),
      high: sum("high"),
      stayDaysLow: Number(stayDaysLow ?? Number.NaN),
      stayDaysHigh: Number(stayDaysHigh ?? Number.NaN),
      validFrom: textOf(row, "validFrom"),
      validTo: textOf(row, "validTo"),
    };
  });
  return saveListingForm.safeParse({ procedures });
}
