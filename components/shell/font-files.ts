// Written by tools/fonts/write-fonts.py; a file is named by its content, so it may be kept for ever.
export const FONT_FILES = {
  "inter-latin": "/fonts/inter-latin.529fc06e.woff2",
  "inter-europe": "/fonts/inter-europe.d614cdb0.woff2",
  "inter-vietnam": "/fonts/inter-vietnam.3d15bd92.woff2",
  "inter-cyrillic": "/fonts/inter-cyrillic.751c44b7.woff2",
  "newsreader-latin": "/fonts/newsreader-latin.42f8c167.woff2",
  "newsreader-europe": "/fonts/newsreader-europe.aaa4d2b7.woff2",
  "newsreader-vietnam": "/fonts/newsreader-vietnam.4efcf5a4.woff2",
  "plex-arabic-400": "/fonts/plex-arabic-400.c076de03.woff2",
  "plex-arabic-600": "/fonts/plex-arabic-600.add21144.woff2",
} as const;
