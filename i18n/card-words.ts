import "server-only";

import { getTranslations } from "next-intl/server";
import { wordsLocale } from "@/i18n/alternates";
import type { Catalogue } from "@/i18n/catalogue";
import { isLocale } from "@/i18n/locales";
import type { Locale } from "@/i18n/locales";
import { siteSettings } from "@/lib/infra/env";

/** The language of a card: the reader's, or English where only English words exist; null for an unknown one. */
export function cardLocale(locale: string, of: keyof Catalogue): Locale | null {
  return isLocale(locale) ? wordsLocale(locale, of) : null;
}

/** What stands on every card. A demo says so: nobody may take its clinics for real ones. */
export async function cardWords(locale: Locale, title: string, lead: string) {
  const t = await getTranslations({ locale, namespace: "common" });
  return { brand: t("brand"), title, lead, foot: siteSettings().demo ? t("demo") : t("tagline"), locale };
}
