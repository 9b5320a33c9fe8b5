"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { ImportState } from "@/components/cabinet/price-import";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { csvForm, type ListingContent } from "@/lib/clinics/forms/listing";
import { importPrices } from "@/lib/clinics/import-prices";
import { ownListing } from "@/lib/clinics/queries/listing";
import { saveListing } from "@/lib/clinics/save-listing";
import { answerForm, refuseFields, seenMark } from "@/lib/desk/answer-form";
import { atPriceRows, readPrices } from "@/lib/desk/forms/listing";
import { nestedForm } from "@/lib/desk/forms/nested";
import { refusalWords } from "@/lib/infra/refusal-words";
import { requireClinicManager } from "@/lib/infra/session";

const wordsOf = async () => getTranslations({ locale: await actionLocale(), namespace: "cabinet" });

export async function savePricesAction(_before: FormState, form: FormData): Promise<FormState> {
  const manager = await requireClinicManager();
  const t = await wordsOf();
  const { procedures: lines } = (await ownListing(manager)).basis;
  const read = readPrices(nestedForm(form), lines);
  if (!read.success) {
    const refused = await refuseFields(read.error, form, t("check"));
    return refused.status === "refused"
      ? { ...refused, errors: atPriceRows(refused.errors ?? {}, lines, "prices") }
      : refused;
  }
  const seen = { of: (content: ListingContent) => content.procedures, mark: seenMark(form) };
  const saved = await saveListing(manager, read.data, seen);
  refresh();
  return answerForm(saved, form, t("prices.saved"));
}

export async function importPricesAction(_before: ImportState | null, form: FormData): Promise<ImportState> {
  const manager = await requireClinicManager();
  const t = await wordsOf();
  const sheet = form.get("sheet");
  const read = csvForm.safeParse({ csv: sheet instanceof File ? await sheet.text() : "" });
  if (!read.success) return { tone: "danger", message: t("prices.noFile"), faults: [] };
  const isDry = form.get("kind") !== "real";
  const imported = await importPrices(manager, read.data.csv, isDry);
  if (!imported.ok)
    return { tone: "danger", message: await refusalWords(await actionLocale(), imported), faults: [] };
  const { rows, faults, changes, revisionId } = imported.value;
  if (faults.length > 0) {
    const sentences = faults.map(({ row, message }) => t("prices.badRow", { row, problem: message }));
    return { tone: "danger", message: t("prices.bad", { n: faults.length }), faults: sentences };
  }
  if (revisionId !== null) refresh();
  const message =
    revisionId === null
      ? t("prices.rowsGood", { n: rows, changes: changes.length })
      : t("prices.imported", { n: rows });
  return { tone: revisionId === null ? "info" : "good", message, faults: [] };
}
