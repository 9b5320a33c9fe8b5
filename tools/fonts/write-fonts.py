"""Writes public/fonts, app/fonts.css and components/shell/font-files.ts from the font packages.

Run after a font package changes: apt-get install python3-fonttools python3-brotli, then
/usr/bin/python3 tools/fonts/write-fonts.py. The packages hold every weight and script of a face; a page of ours
shows two weights of one or two scripts, so each file here holds just those.
"""

import hashlib
import io
import pathlib

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGES = ROOT / "node_modules"
FONTS = ROOT / "public" / "fonts"

LATIN = (
    "20-7e,a0-ff,131,152-153,2c6,2da,2dc,200b-200f,2010-2015,2018-201e,2020-2022,2026,202f,2030,2032,2033,2039,203a,"
    "2044,2066-2069,20ac,2122,2190-2193,2212,2215,2248,2260,2264,2265,feff,fffd"
)
EUROPE = (
    "100-130,132-151,154-17f,18f,192,1a0-1a1,1af-1b0,1cd-1dc,218-21b,237,259,2bb-2bc,2c7,2d8-2d9,2db,2dd,"
    "1e80-1e85,1e9e,20a0-20ab,20ad-20c0"
)
VIETNAM = "300-301,303-304,309,323,329,1ea0-1ef9"
CYRILLIC = "400-45f,490-491,4b0-4b1,2116"
ARABIC = "60c,61b,61c,61f,621-63a,640-656,660-66d,670,671,6d4"

MARKS = ["ccmp", "kern", "locl", "mark", "mkmk"]
FIGURES = [*MARKS, "tnum"]
JOINED = [*MARKS, "calt", "curs", "fina", "init", "isol", "liga", "medi", "rlig"]

INTER = "@fontsource-variable/inter/files/inter-{}-wght-normal.woff2"
NEWSREADER = "@fontsource-variable/newsreader/files/newsreader-{}-wght-normal.woff2"
PLEX = "@fontsource/ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-arabic-{}-normal.woff2"

# Name, family, source, letters, features kept, weights kept of a variable face, weights the face stands for.
FILES = [
    ("inter-latin", "Inter", INTER.format("latin"), LATIN, FIGURES, (400, 600), "400 600"),
    ("inter-europe", "Inter", INTER.format("latin-ext"), EUROPE, FIGURES, (400, 600), "400 600"),
    ("inter-vietnam", "Inter", INTER.format("vietnamese"), VIETNAM, FIGURES, (400, 600), "400 600"),
    ("inter-cyrillic", "Inter", INTER.format("cyrillic"), CYRILLIC, FIGURES, (400, 600), "400 600"),
    # Headings only, and always at 500: one weight, which stands for the bolder ones too.
    ("newsreader-latin", "Newsreader", NEWSREADER.format("latin"), LATIN, [*MARKS, "liga"], 500, "400 700"),
    ("newsreader-europe", "Newsreader", NEWSREADER.format("latin-ext"), EUROPE, MARKS, 500, "400 700"),
    ("newsreader-vietnam", "Newsreader", NEWSREADER.format("vietnamese"), VIETNAM, MARKS, 500, "400 700"),
    ("plex-arabic-400", "Valvia Arabic", PLEX.format(400), ARABIC, JOINED, None, "400"),
    ("plex-arabic-600", "Valvia Arabic", PLEX.format(600), ARABIC, JOINED, None, "600"),
]

# The licence of the Arabic face reserves its name for the whole font, so ours has another.
LICENCES = ["@fontsource-variable/inter", "@fontsource-variable/newsreader", "@fontsource/ibm-plex-sans-arabic"]

# What stands in until a file has come: family, local name, weights, letters, width of our text in our face as a
# percentage of its width in this one (measured in Chromium over our own words), and whose heights it takes.
STAND_INS = [
    ("Inter Arial", "Arial", "400 500", LATIN, 106.74, "inter-latin"),
    ("Inter Arial", "Arial Bold", "600 700", LATIN, 101.14, "inter-latin"),
    ("Inter Roboto", "Roboto", "400 500", LATIN, 107.35, "inter-latin"),
    ("Inter Roboto", "Roboto Bold", "600 700", LATIN, 107.62, "inter-latin"),
    ("Newsreader Times", "Times New Roman", "400 700", LATIN, 106.8, "newsreader-latin"),
    ("Newsreader Noto", "Noto Serif", "400 700", LATIN, 90.27, "newsreader-latin"),
    ("Plex Noto", "Noto Sans Arabic", "400 500", ARABIC, 93.82, "plex-arabic-400"),
    ("Plex Noto", "Noto Sans Arabic Bold", "600 700", ARABIC, 90.03, "plex-arabic-600"),
    ("Plex Naskh", "Noto Naskh Arabic", "400 500", ARABIC, 104.93, "plex-arabic-400"),
    ("Plex Naskh", "Noto Naskh Arabic Bold", "600 700", ARABIC, 105.98, "plex-arabic-600"),
    ("Plex DejaVu", "DejaVu Sans", "400 500", ARABIC, 87.68, "plex-arabic-400"),
    ("Plex DejaVu", "DejaVu Sans Bold", "600 700", ARABIC, 77.48, "plex-arabic-600"),
]


def points(ranges):
    for part in ranges.split(","):
        first, _, last = part.partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


def css_range(ranges):
    return ", ".join("U+" + part.upper() for part in ranges.split(","))


def reduced(family, source, letters, features, weights):
    font = TTFont(PACKAGES / source)
    if weights is not None:
        font = instancer.instantiateVariableFont(font, {"wght": weights})
        font.flavor = None
        kept = io.BytesIO()
        font.save(kept)
        kept.seek(0)
        font = TTFont(kept)
    options = subset.Options()
    options.hinting = False
    options.layout_features = features
    options.name_IDs = [0, 1, 2, 13, 14]
    for record in font["name"].names:
        if record.nameID == 1:
            record.string = family
    cut = subset.Subsetter(options)
    cut.populate(unicodes=points(letters))
    cut.subset(font)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    head, hhea = font["head"], font["hhea"]
    heights = [value / head.unitsPerEm * 100 for value in (hhea.ascent, -hhea.descent, hhea.lineGap)]
    return out.getvalue(), heights


def main():
    FONTS.mkdir(parents=True, exist_ok=True)
    for old in FONTS.glob("*.woff2"):
        old.unlink()
    sheet = ["/* Written by tools/fonts/write-fonts.py. A range keeps a file unread until a page shows one of its letters. */"]
    files, heights = {}, {}
    for name, family, source, letters, features, weights, stands_for in FILES:
        data, heights[name] = reduced(family, source, letters, features, weights)
        files[name] = f"{name}.{hashlib.sha256(data).hexdigest()[:8]}.woff2"
        (FONTS / files[name]).write_bytes(data)
        sheet.append(
            f'@font-face {{\n  font-family: "{family}";\n  src: url("/fonts/{files[name]}") format("woff2");\n'
            f"  font-weight: {stands_for};\n  font-display: swap;\n  unicode-range: {css_range(letters)};\n}}"
        )
    for family, local, stands_for, letters, width, like in STAND_INS:
        ascent, descent, gap = (value * 100 / width for value in heights[like])
        sheet.append(
            f'@font-face {{\n  font-family: "{family}";\n  src: local("{local}");\n  font-weight: {stands_for};\n'
            f"  size-adjust: {width}%;\n  ascent-override: {ascent:.2f}%;\n  descent-override: {descent:.2f}%;\n"
            f"  line-gap-override: {gap:.2f}%;\n  unicode-range: {css_range(letters)};\n}}"
        )
    (ROOT / "app" / "fonts.css").write_text("\n".join(sheet) + "\n")
    texts = [f"{package}\n\n{(PACKAGES / package / 'LICENSE').read_text().strip()}\n" for package in LICENCES]
    (FONTS / "LICENSES.txt").write_text("\n\n".join(texts))
    named = "".join(f'  "{name}": "/fonts/{file}",\n' for name, file in files.items())
    (ROOT / "components" / "shell" / "font-files.ts").write_text(
        "// Written by tools/fonts/write-fonts.py; a file is named by its content, so it may be kept for ever.\n"
        f"export const FONT_FILES = {{\n{named}}} as const;\n"
    )


main()
