import "server-only";

import { headers } from "next/headers";
import { partsOf } from "@/i18n/addresses";
import { DEFAULT_LOCALE, isLocale } from "@/i18n/locales";
import type { Locale } from "@/i18n/locales";

/**
 * The language of the page a server action was sent from. `next/root-params` does not reach actions, so:
 * `const t = await getTranslations({ locale: await actionLocale(), namespace: "intake" })`.
 */
export async function actionLocale(): Promise<Locale> {
  const sent = await headers();
  const told = sent.get("x-valvia-locale");
  if (isLocale(told)) return told;
  const from = sent.get("referer");
  const [locale] = partsOf(from !== null && URL.canParse(from) ? new URL(from).pathname : "/");
  return isLocale(locale) ? locale : DEFAULT_LOCALE;
}
