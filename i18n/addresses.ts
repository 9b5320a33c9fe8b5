import { LOCALES } from "@/i18n/locales";
import type { Locale } from "@/i18n/locales";

/** First parts of the addresses below the language that need a session; keep in step with next.config.js. */
export const SIGNED_IN = ["my", "desk", "cabinet", "account", "signin", "start", "mailbox", "dev"] as const;

/** Canonical and alternate addresses of a public page; `path` begins with "/" or is empty for the home page. */
export function alternatesOf(locale: Locale, path: string) {
  const languages = Object.fromEntries(LOCALES.map((each) => [each, `/${each}${path}`]));
  return { canonical: `/${locale}${path}`, languages: { ...languages, "x-default": `/en${path}` } };
}

/** The locale and first part of a page address: "/de/my/cases" gives ["de", "my"]. */
export function partsOf(pathname: string): readonly [string, string] {
  const [, locale = "", area = ""] = pathname.split("/");
  return [locale, area];
}
