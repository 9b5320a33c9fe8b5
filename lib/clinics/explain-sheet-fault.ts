import "server-only";
import type { Locale } from "@/i18n/locales";
import { messagesOf } from "@/i18n/messages";
import { faultWords } from "@/lib/infra/fault-words";
import { ROWS_MAX, SHEET_COLUMNS, type SheetFault } from "./price-sheet";

const SUMS = ["low", "expected", "high"];

/** What is wrong in one cell of a price sheet, in the reader's language; which row and column it is, is said beside it. */
export function explainSheetFault(locale: Locale, fault: SheetFault): string {
  const { cabinet, faults } = messagesOf(locale);
  const words = cabinet.prices.faults;
  const { code, column, text } = fault;
  if (code !== "invalid")
    return fill(words[code], { text, columns: SHEET_COLUMNS.join(", "), max: String(ROWS_MAX) });
  const { issue } = fault;
  if (issue === null) return words.wrongDevice;
  const choices = choicesOf(issue);
  if (text === "" && choices !== null) return fill(words.chooseOne, { choices });
  if (text === "") return faults.required;
  if (SUMS.includes(column) && issue.code !== "custom") return faults.exact.sum;
  if (choices !== null) return fill(words.noChoice, { text, choices });
  if (issue.code === "invalid_type") return fill(words.noNumber, { text });
  return faultWords(locale, issue);
}

function choicesOf(issue: NonNullable<SheetFault["issue"]>): string | null {
  // Written as codes in every language: kept apart, so that they read in their own direction.
  return issue.code === "invalid_value" ? `\u2066${issue.values.map(String).join(", ")}\u2069` : null;
}

/** In one go, so that a cell which holds such a name itself is not filled in again. */
function fill(sentence: string, facts: Readonly<Record<string, string>>): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (whole, name: string) => facts[name] ?? whole);
}
