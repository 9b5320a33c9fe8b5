import { FONT_FILES } from "@/components/shell/font-files";
import type { Locale } from "@/i18n/locales";

const LATIN = [FONT_FILES["inter-latin"], FONT_FILES["newsreader-latin"]];
const CYRILLIC = [FONT_FILES["inter-latin"], FONT_FILES["inter-cyrillic"]];
const ARABIC = [FONT_FILES["plex-arabic-400"], FONT_FILES["plex-arabic-600"]];

/** The files the first screen of a language is set in, at most two; all others are asked for by the letters shown. */
export const FIRST_FONTS: Readonly<Record<Locale, readonly string[]>> = {
  en: LATIN,
  de: LATIN,
  zh: [FONT_FILES["inter-latin"]],
  ru: CYRILLIC,
  ar: ARABIC,
};

/** Chinese comes in a hundred slices; their style sheet is linked on Chinese pages only. */
export const CHINESE_FONTS = "/fonts/noto-sans-sc.css";
