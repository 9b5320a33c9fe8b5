// Written by tools/fonts/write-fonts.py; a file is named by its content, so it may be kept for ever.
export const FONT_FILES = {
  "inter-latin": "/fonts/inter-latin.57c2b830.woff2",
  "inter-europe": "/fonts/inter-europe.e6068c5f.woff2",
  "inter-vietnam": "/fonts/inter-vietnam.7b748c33.woff2",
  "inter-cyrillic": "/fonts/inter-cyrillic.e8945fd8.woff2",
  "newsreader-latin": "/fonts/newsreader-latin.431e8a37.woff2",
  "newsreader-europe": "/fonts/newsreader-europe.2ddf75c3.woff2",
  "newsreader-vietnam": "/fonts/newsreader-vietnam.99fb6a75.woff2",
  "plex-arabic-400": "/fonts/plex-arabic-400.32325a6e.woff2",
  "plex-arabic-600": "/fonts/plex-arabic-600.94c1cd24.woff2",
} as const;
