import "server-only";
import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { typedValues } from "@/lib/infra/action-answer";
import { refused } from "@/lib/kernel/outcome";
import { sumMinor } from "@/lib/kernel/money";
import type { BillForm } from "@/lib/payments/bill-form";
import type { BillFault } from "@/lib/payments/bill-sheet";
import type { BillWriter } from "@/lib/payments/keep-bill-file";
import { matchBills, type Matcher } from "@/lib/payments/match-bills";
import { billsOfBooking } from "@/lib/payments/read-bills";
import { amountText } from "@/lib/payments/wording";
import { recordBill } from "@/lib/payments/record-bill";
import { answerForm, refuseAt, refuseFields, refuseForm } from "./answer-form";
import { readTypedBill, typedMatch } from "./forms/bill";
import { nestedForm } from "./forms/nested";
import { labelBillLines, labelMatchedLines } from "./label-lines";
import { sheetIn } from "./take-sheet";

const wordsOf = async () => getTranslations({ locale: await actionLocale(), namespace: "bills" });
type Words = Awaited<ReturnType<typeof wordsOf>>;

/** Hands a typed invoice of centre or desk to its verb, or only says what would come of it. */
export async function takeBill(writer: BillWriter, bookingId: string, form: FormData): Promise<FormState> {
  const t = await wordsOf();
  const found = await billsOfBooking(writer, bookingId);
  if (!found) return refuseForm(refused("not_found"), form);
  const isTrial = form.get("act") === "try";
  if (!form.get("fileId") && isTrial) form.set("fileId", bookingId);
  if (!form.get("fileId")) return refuseAt("fileId", form, t("enter.noFile"));
  const sheet = await sheetIn(form, "sheetFile");
  if (sheet && "problem" in sheet) return refuseAt("sheetFile", form, sheet.problem);
  if (sheet) {
    const pasted = typedValues(form)["sheet"] ?? "";
    if (pasted.trim() !== "" && !isSame(pasted, sheet.text))
      return refuseAt("sheetFile", form, t("enter.bothSheets"));
    // From here on it is as if it had been pasted: what was read stands in the form, whatever is said about it.
    form.set("sheet", sheet.text);
  }
  const typed = readTypedBill(nestedForm(form), found.booking.currency);
  if (typed.kind === "both") return refuseAt("sheet", form, t("enter.both"));
  if (typed.kind === "bad_sheet") return refuseAt("sheet", form, faultWords(t, typed.faults));
  if (!typed.parsed.success)
    return refuseFields(typed.parsed.error, form, t("enter.check"), await labelBillLines());
  if (isTrial) return trial(t, typed.parsed.data, form);
  const recorded = await recordBill(writer, bookingId, typed.parsed.data, new Date());
  if (!recorded.ok) return refuseForm(recorded, form);
  refresh();
  return answerForm(recorded, form, t(writer.role === "coordinator" ? "enter.savedLetter" : "enter.saved"));
}

/** Browsers send line breaks of a text field their own way. */
function isSame(one: string, other: string): boolean {
  const plain = (text: string) => text.replaceAll("\r\n", "\n").trim();
  return plain(one) === plain(other);
}

function faultWords(t: Words, faults: readonly BillFault[]): string {
  const said = faults.map(({ row, column, code }) =>
    t("enter.fault", { row, column: column === "" ? "–" : column, problem: t(`enter.faults.${code}`) }),
  );
  return t("enter.badSheet", { faults: said.join(" ") });
}

async function trial(t: Words, { lines, total, currency }: BillForm, form: FormData): Promise<FormState> {
  const locale = await actionLocale();
  const sumOf = sumMinor(lines.map((line) => line.amount));
  const money = (amount: bigint) => amountText(amount, currency, locale);
  const facts = { lines: lines.length, sum: money(sumOf), total: money(total) };
  const message = t(sumOf === total ? "enter.tried" : "enter.triedOff", facts);
  return { status: "refused", message, errors: {}, values: typedValues(form) };
}

/** Hands a typed match of centre or finance to its verb. */
export async function takeMatch(matcher: Matcher, bookingId: string, form: FormData): Promise<FormState> {
  const t = await wordsOf();
  const read = typedMatch(nestedForm(form));
  const say = await labelMatchedLines(form);
  if (!read.success) return refuseFields(read.error, form, t("enter.check"), say);
  const matched = await matchBills(matcher, bookingId, read.data, new Date());
  if (!matched.ok) return refuseForm(matched, form, say);
  refresh();
  return answerForm(matched, form, t("match.saved"));
}
