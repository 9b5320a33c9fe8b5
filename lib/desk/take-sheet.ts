import "server-only";
import { getTranslations } from "next-intl/server";
import { actionLocale } from "@/i18n/action-locale";
import { readSheet } from "@/lib/records/read-sheet";

/** The sheet somebody chose in a form, as CSV text, or why it cannot be read; null where none was chosen. */
export async function sheetIn(
  form: FormData,
  name: string,
): Promise<{ text: string } | { problem: string } | null> {
  const file = form.get(name);
  if (!(file instanceof File) || file.size === 0) return null;
  const read = readSheet(new Uint8Array(await file.arrayBuffer()));
  if ("text" in read) return read;
  const t = await getTranslations({ locale: await actionLocale(), namespace: "sheets" });
  const problem = t(`trouble.${read.trouble}`);
  return { problem: read.place === "" ? problem : t("at", { problem, place: read.place }) };
}
