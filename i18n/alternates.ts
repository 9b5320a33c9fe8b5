import "server-only";

import { DEFAULT_LOCALE, LOCALES } from "@/i18n/locales";
import type { Locale } from "@/i18n/locales";
import type { Catalogue } from "@/i18n/catalogue";
import { hasOwnWords } from "@/i18n/messages";

/**
 * Canonical and alternate addresses of a public page; `path` begins with "/" or is empty for the home page. Where only
 * English stands in for a language, the page is the English one under another address, and says so to search engines.
 */
export function alternatesOf(locale: Locale, path: string, of: keyof Catalogue) {
  const languages = Object.fromEntries(languagesOf(of).map((each) => [each, `/${each}${path}`]));
  return {
    canonical: `/${wordsLocale(locale, of)}${path}`,
    languages: { ...languages, "x-default": `/${DEFAULT_LOCALE}${path}` },
  };
}

/** The languages in which the words of a page exist. */
export function languagesOf(of: keyof Catalogue): Locale[] {
  return LOCALES.filter((each) => hasOwnWords(each, of));
}

/** The language the words of a page are really in. */
export function wordsLocale(locale: Locale, of: keyof Catalogue): Locale {
  return hasOwnWords(locale, of) ? locale : DEFAULT_LOCALE;
}
