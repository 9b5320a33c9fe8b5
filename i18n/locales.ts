/** The five languages. English is complete; the others fall back to it key by key. */
export const LOCALES = ["en", "de", "zh", "ru", "ar"] as const;

export type Locale = (typeof LOCALES)[number];

export const DEFAULT_LOCALE: Locale = "en";

/** Each language in its own words, for the switcher. */
export const LANGUAGE_NAMES: Readonly<Record<Locale, string>> = {
  en: "English",
  de: "Deutsch",
  zh: "中文",
  ru: "Русский",
  ar: "العربية",
};

export function isLocale(text: unknown): text is Locale {
  return LOCALES.some((locale) => locale === text);
}

export function directionOf(locale: Locale): "ltr" | "rtl" {
  return locale === "ar" ? "rtl" : "ltr";
}

/** The best of our languages for an `Accept-Language` header: by weight, then by order. */
export function preferredLocale(acceptLanguage: string | null): Locale {
  const wishes = (acceptLanguage ?? "").split(",").map((part) => {
    const [tag = "", ...parameters] = part.trim().split(";");
    const weight = parameters.map((text) => text.trim()).find((text) => text.startsWith("q="));
    return { language: tag.toLowerCase().split("-")[0], weight: weight ? Number(weight.slice(2)) : 1 };
  });
  const known = wishes.filter((wish) => isLocale(wish.language) && wish.weight > 0);
  const [best] = known.toSorted((a, b) => b.weight - a.weight);
  return isLocale(best?.language) ? best.language : DEFAULT_LOCALE;
}
