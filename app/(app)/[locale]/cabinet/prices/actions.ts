"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { ImportState } from "@/components/cabinet/price-import";
import type { FormState } from "@/components/ui/form-state";
import { formatMoneyShort } from "@/components/ui/format";
import { actionLocale } from "@/i18n/action-locale";
import { csvForm } from "@/lib/clinics/forms/listing";
import { importPrices } from "@/lib/clinics/import-prices";
import { explainSheetFault } from "@/lib/clinics/explain-sheet-fault";
import { ownListing } from "@/lib/clinics/queries/listing";
import { changeListing } from "@/lib/clinics/save-listing";
import { answerLines } from "@/lib/desk/answer-lines";
import { sheetIn } from "@/lib/desk/take-sheet";
import { priceLine, typedPrices } from "@/lib/desk/forms/listing-lines";
import { deviceFacts, isDevice } from "@/lib/guides/device";
import { minorOf } from "@/lib/kernel/typed-sum";
import { refusalWords } from "@/lib/infra/refusal-words";
import { requireClinicManager } from "@/lib/infra/session";

/** Then no row was looked at. */
const OF_THE_SHEET: readonly string[] = [
  "malformed",
  "empty",
  "too_many_rows",
  "missing_column",
  "unknown_column",
];

const PRICE_FIELDS = [
  "low",
  "expected",
  "high",
  "stayDaysLow",
  "stayDaysHigh",
  "validFrom",
  "validTo",
] as const;
const isPriceField = (name: string): name is (typeof PRICE_FIELDS)[number] =>
  PRICE_FIELDS.some((field) => field === name);

const wordsOf = async () => getTranslations({ locale: await actionLocale(), namespace: "cabinet" });

export async function savePricesAction(_before: FormState, form: FormData): Promise<FormState> {
  const manager = await requireClinicManager();
  const t = await wordsOf();
  const saved = await changeListing(manager, typedPrices(form));
  if (saved.ok) refresh();
  const { basis } = await ownListing(manager);
  const locale = await actionLocale();
  const say = (name: string, text: string) => {
    const line = basis.procedures.find((one) => name.startsWith(priceLine(one).prefix));
    const sum = line && /\.(low|expected|high)$/.test(name) ? minorOf(text, line.currency) : null;
    return line && sum !== null ? formatMoneyShort(BigInt(sum), line.currency, locale) : text;
  };
  const treatments = await getTranslations({ locale, namespace: "treatments" });
  const label = (name: string) => {
    const line = basis.procedures.find((one) => name.startsWith(priceLine(one).prefix));
    const field = name.slice(name.lastIndexOf(".") + 1);
    if (!line || !isPriceField(field)) return null;
    const device = line.device && isDevice(line.device) ? ` · ${deviceFacts(line.device).name}` : "";
    return t("prices.inPrice", {
      price: `${treatments(line.treatment)}${device}`,
      field: t(`prices.${field}`),
    });
  };
  return answerLines(saved, form, { saved: t("prices.saved"), gone: t("overtaken.gone"), say, label });
}

export async function importPricesAction(_before: ImportState | null, form: FormData): Promise<ImportState> {
  const manager = await requireClinicManager();
  const t = await wordsOf();
  const sheet = await sheetIn(form, "sheet");
  if (sheet === null) return { tone: "danger", message: t("prices.noFile"), faults: [] };
  if ("problem" in sheet) return { tone: "danger", message: sheet.problem, faults: [] };
  const read = csvForm.safeParse({ csv: sheet.text });
  if (!read.success) return { tone: "danger", message: t("prices.noFile"), faults: [] };
  const isDry = form.get("kind") !== "real";
  const imported = await importPrices(manager, read.data.csv, isDry);
  if (!imported.ok)
    return { tone: "danger", message: await refusalWords(await actionLocale(), imported), faults: [] };
  const { rows, faults, changes, revisionId } = imported.value;
  if (faults.length > 0) {
    const locale = await actionLocale();
    const sentences = faults.map((fault) => {
      const { row, column } = fault;
      const problem = explainSheetFault(locale, fault);
      return column === "" ? problem : t("prices.badCell", { row, column, problem });
    });
    const isWhole = faults.some(({ code }) => OF_THE_SHEET.includes(code));
    const n = new Set(faults.map(({ row }) => row)).size;
    return {
      tone: "danger",
      message: isWhole ? t("prices.badSheet") : t("prices.bad", { n }),
      faults: sentences,
    };
  }
  if (revisionId !== null) refresh();
  const message =
    revisionId === null
      ? t("prices.rowsGood", { n: rows, changes: changes.length })
      : t("prices.imported", { n: rows });
  return { tone: revisionId === null ? "info" : "good", message, faults: [] };
}
