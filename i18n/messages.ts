import "server-only";

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_LOCALE } from "@/i18n/locales";
import type { Locale } from "@/i18n/locales";
import type { Catalogue } from "@/i18n/catalogue";

type Tree = { [key: string]: string | Tree };

const known = new Map<Locale, Catalogue>();

/** All words of one language, English where a translation is missing. Read once, then kept; dev reads anew. */
export function messagesOf(locale: Locale): Catalogue {
  const kept = known.get(locale);
  if (kept !== undefined) return kept;
  const words = merge(
    read(DEFAULT_LOCALE),
    locale === DEFAULT_LOCALE ? {} : read(locale),
  ) as unknown as Catalogue;
  if (process.env.NODE_ENV === "production") known.set(locale, words);
  return words;
}

/** Whether a namespace is translated, or only English stands in for it. */
export function hasOwnWords(locale: Locale, namespace: keyof Catalogue): boolean {
  return existsSync(join(process.cwd(), "locales", locale, `${namespace}.json`));
}

function read(locale: Locale): Tree {
  const folder = join(process.cwd(), "locales", locale);
  // A language without a translation yet has no folder in a fresh clone.
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
  return Object.fromEntries(
    files.map((name) => [
      name.slice(0, -".json".length),
      JSON.parse(readFileSync(join(folder, name), "utf8")),
    ]),
  );
}

function merge(base: Tree, over: Tree): Tree {
  const merged: Tree = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    merged[key] = typeof value === "object" && typeof below === "object" ? merge(below, value) : value;
  }
  return merged;
}
