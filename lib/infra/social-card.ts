import "server-only";

import path from "node:path";
import type { Layer, Look } from "@/components/pictures/layer";
import { createCanvas, GlobalFonts, Path2D, type SKRSContext2D } from "@napi-rs/canvas";

/** What other places show beside a link to a page: 1200 by 630 pixels. */
export const CARD = { width: 1200, height: 630 } as const;

export interface CardDrawing {
  width: number;
  height: number;
  layers: readonly Layer[];
}

export interface CardWords {
  brand: string;
  title: string;
  lead: string;
  foot: string;
  locale: "en" | "de" | "zh" | "ru" | "ar";
}

/** The light tokens of app/tokens.css: a card has no dark side. */
const COLOUR = {
  paper: "#fbfaf6",
  card: "#ffffff",
  ink: "#14232b",
  soft: "#51626b",
  edge: "#75858c",
  line: "#dde3e1",
  primary: "#0e5a60",
  flesh: "#ecf3f1",
} as const;

const PENS: Readonly<Record<Look, { fill?: string; stroke: string; width: number }>> = {
  hollow: { fill: COLOUR.paper, stroke: COLOUR.ink, width: 2.5 },
  flesh: { fill: COLOUR.flesh, stroke: COLOUR.ink, width: 2.5 },
  leaf: { fill: COLOUR.card, stroke: COLOUR.ink, width: 2.5 },
  far: { fill: COLOUR.flesh, stroke: COLOUR.edge, width: 1.5 },
  fine: { stroke: COLOUR.edge, width: 1.5 },
  faint: { stroke: COLOUR.line, width: 2 },
  subject: { stroke: COLOUR.primary, width: 3 },
  open: { fill: COLOUR.primary, stroke: COLOUR.primary, width: 2.5 },
};

const FONT_FILES = {
  "Card Serif": "@fontsource-variable/newsreader/files/newsreader-latin-wght-normal.woff2",
  "Card Serif Ext": "@fontsource-variable/newsreader/files/newsreader-latin-ext-wght-normal.woff2",
  "Card Sans": "@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf",
  "Card Chinese": "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf",
  "Card Arabic": "@expo-google-fonts/ibm-plex-sans-arabic/400Regular/IBMPlexSansArabic_400Regular.ttf",
} as const;

const SERIF = '"Card Serif", "Card Serif Ext", "Card Sans"';
const SANS = '"Card Sans"';
const FACES: Readonly<Record<CardWords["locale"], { title: string; text: string }>> = {
  en: { title: SERIF, text: SANS },
  de: { title: SERIF, text: SANS },
  ru: { title: SANS, text: SANS },
  zh: { title: `"Card Chinese", ${SANS}`, text: `"Card Chinese", ${SANS}` },
  ar: { title: `"Card Arabic", ${SERIF}`, text: `"Card Arabic", ${SANS}` },
};

const MARGIN = 72;
const COLUMN = { words: 580, drawing: 440 } as const;
const TITLE = { size: 58, line: 68, most: 4 } as const;
const LEAD = { size: 27, line: 40, most: 3 } as const;

let fontsKnown = false;

function knowFonts(): void {
  if (fontsKnown) return;
  for (const [name, file] of Object.entries(FONT_FILES)) {
    const known = GlobalFonts.registerFromPath(path.join(process.cwd(), "node_modules", file), name);
    if (known === null) throw new Error(`The font of social cards cannot be read: ${file}`);
  }
  fontsKnown = true;
}

/** A PNG: words on the side where reading begins, the drawing on the other. */
export function socialCard(words: CardWords, drawing: CardDrawing, mark: CardDrawing): Buffer {
  knowFonts();
  const canvas = createCanvas(CARD.width, CARD.height);
  const pen = canvas.getContext("2d");
  const rightToLeft = words.locale === "ar";
  pen.fillStyle = COLOUR.paper;
  pen.fillRect(0, 0, CARD.width, CARD.height);
  const left = rightToLeft ? MARGIN : CARD.width - MARGIN - COLUMN.drawing;
  draw(pen, drawing, { x: left, y: 115, width: COLUMN.drawing, height: 400 });
  pen.direction = rightToLeft ? "rtl" : "ltr";
  pen.textAlign = "start";
  const edge = rightToLeft ? CARD.width - MARGIN : MARGIN;
  const inwards = rightToLeft ? -1 : 1;
  draw(pen, mark, { x: rightToLeft ? edge - 44 : edge, y: 64, width: 44, height: 44 });
  write(pen, words, edge, inwards);
  return canvas.toBuffer("image/png");
}

interface Block {
  text: string;
  /** Lines there is room for. */
  most: number;
  locale: CardWords["locale"];
}

function write(pen: SKRSContext2D, words: CardWords, edge: number, inwards: number): void {
  const face = FACES[words.locale];
  pen.fillStyle = COLOUR.ink;
  pen.font = `34px ${SERIF}`;
  pen.fillText(words.brand, edge + inwards * 60, 98);
  pen.font = `500 ${TITLE.size}px ${face.title}`;
  const title = lines(pen, { text: words.title, most: TITLE.most, locale: words.locale });
  const top = 218;
  title.forEach((line, index) => pen.fillText(line, edge, top + index * TITLE.line));
  pen.fillStyle = COLOUR.soft;
  pen.font = `${LEAD.size}px ${face.text}`;
  const from = top + title.length * TITLE.line - 8;
  const room = Math.min(LEAD.most, Math.floor((520 - from) / LEAD.line) + 1);
  lines(pen, { text: words.lead, most: room, locale: words.locale }).forEach((line, index) =>
    pen.fillText(line, edge, from + index * LEAD.line),
  );
  pen.font = `22px ${face.text}`;
  pen.fillText(words.foot, edge, 578);
}

/** Broken after spaces, in Chinese between words; what is too long ends in three dots. */
function lines(pen: SKRSContext2D, { text, most, locale }: Block): string[] {
  const words =
    locale === "zh"
      ? [...new Intl.Segmenter(locale, { granularity: "word" }).segment(text)].map(({ segment }) => segment)
      : text.split(/(?<=\s)/u);
  const all = words.reduce<string[]>((done, word) => {
    const last = done.at(-1) ?? "";
    if (pen.measureText((last + word).trimEnd()).width <= COLUMN.words || /^[\p{P}\s]$/u.test(word)) {
      return [...done.slice(0, -1), last + word];
    }
    return [...done, word];
  }, []);
  if (all.length <= most) return all;
  return [...all.slice(0, most - 1), `${all[most - 1]?.trimEnd().replace(/[.,;:،]$/u, "")} …`];
}

interface Frame {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** As large as the frame allows, in its middle. */
function draw(pen: SKRSContext2D, { width, height, layers }: CardDrawing, frame: Frame): void {
  const scale = Math.min(frame.width / width, frame.height / height);
  pen.save();
  pen.translate(frame.x + (frame.width - width * scale) / 2, frame.y + (frame.height - height * scale) / 2);
  pen.scale(scale, scale);
  pen.lineJoin = "round";
  pen.lineCap = "round";
  for (const { d, look } of layers) {
    const shape = new Path2D(d);
    const { fill, stroke, width: pixels } = PENS[look];
    if (fill !== undefined) {
      pen.fillStyle = fill;
      pen.fill(shape);
    }
    pen.strokeStyle = stroke;
    pen.lineWidth = pixels / scale;
    pen.stroke(shape);
  }
  pen.restore();
}
