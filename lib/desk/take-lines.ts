import "server-only";
import { getTranslations } from "next-intl/server";
import { actionLocale } from "@/i18n/action-locale";
import { isCurrency } from "@/lib/kernel/money";
import type { TypedLine } from "./first-lines";
import { type LineTarget, readLineSheet } from "./line-sheet";
import { sheetIn } from "./take-sheet";

/** What a sheet of lines brought: every row, and what is wrong in which cell. */
export interface TakenLines {
  lines: TypedLine[];
  /** A sentence for the whole. */
  message: string;
  faults: { row: number; column: string; text: string; problem: string }[];
}

/** Reads the sheet of lines somebody chose in the builder of an estimate or a template. Nothing is saved. */
export async function takeLines(form: FormData, where: Omit<LineTarget, "currency">): Promise<TakenLines> {
  const t = await getTranslations({ locale: await actionLocale(), namespace: "lineTemplates" });
  const nothing = (message: string) => ({ lines: [], message, faults: [] });
  const sheet = await sheetIn(form, "sheet");
  if (sheet === null) return nothing(t("import.noFile"));
  if ("problem" in sheet) return nothing(sheet.problem);
  const currency = form.get("currency");
  if (typeof currency !== "string" || !isCurrency(currency)) return nothing(t("import.noCurrency"));
  const { lines, faults } = readLineSheet(sheet.text, { ...where, currency });
  const message =
    lines.length === 0
      ? t("import.nothing")
      : faults.length === 0
        ? t("import.taken", { n: lines.length })
        : t("import.takenWith", { n: lines.length, faults: faults.length });
  return {
    ...{ lines, message },
    faults: faults.map(({ code, ...fault }) => ({ ...fault, problem: t(`import.faults.${code}`) })),
  };
}
