import { encode } from "uqr";
import { OPERATOR } from "@/lib/guides/operator";
import { checkAddress, shownCode } from "./document";

/** A paper as the template sets it. Everything is text; nothing of it is read as markup. */
export interface Paper {
  lang: string;
  brand: string;
  operator: string;
  title: string;
  number: string;
  lead: string;
  /** Who gives the paper and to whom, side by side, each in lines; absent where a paper needs none. */
  parties?: PaperParty[];
  facts: PaperFact[];
  /** The heading of a table of contents; empty or absent where a paper needs none. */
  contents?: string;
  sections: PaperSection[];
  foot: string;
  check: { rows: string[]; text: string; code: string; address: string };
}

export interface PaperFact {
  label: string;
  value: string;
}

export interface PaperParty {
  label: string;
  lines: string[];
}

export interface PaperSection {
  heading: string;
  paragraphs: string[];
  list: string[];
  /** A table: names of its columns, rows, and a last row in bold; all empty when there is none. */
  columns: string[];
  rows: string[][];
  total: string[];
  /** The columns that hold sentences and not sums, counted from 0: set from the start, with room. */
  wordy?: number[];
  /** The columns that hold a day and not a sum: set from the start, no wider than they are. */
  days?: number[];
  /** Begins a page of its own. */
  ownPage?: boolean;
}

export function section(heading: string, parts: Partial<Omit<PaperSection, "heading">>): PaperSection {
  return { heading, paragraphs: [], list: [], columns: [], rows: [], total: [], ...parts };
}

/** What a kind of paper says; number, code and foot are the same for all. */
export type PaperBody = Pick<Paper, "title" | "lead" | "parties" | "facts" | "sections">;

export interface Issue {
  language: string;
  label: string;
  checkCode: string;
  appUrl: string;
}

export interface FrameWords {
  check: string;
  foot: string;
}

/** In the demo every paper says that nothing on it is real. */
export function frameWords(words: FrameWords & { demo: string }, isDemo: boolean): FrameWords {
  return isDemo ? { ...words, foot: `${words.demo}\n${words.foot}` } : words;
}

export function paperOf(body: PaperBody, issue: Issue, words: FrameWords): Paper {
  const address = checkAddress(issue.appUrl, issue.language, issue.checkCode);
  return {
    ...body,
    lang: issue.language,
    brand: OPERATOR.name,
    operator: OPERATOR.phone,
    number: issue.label,
    foot: words.foot,
    check: { rows: codeRows(address), text: words.check, code: shownCode(issue.checkCode), address },
  };
}

/** The address as a QR code: one text of 0 and 1 a row. */
function codeRows(text: string): string[] {
  return encode(text, { ecc: "M", border: 0 }).data.map((row) =>
    row.map((cell) => (cell ? "1" : "0")).join(""),
  );
}

/** Puts facts into the braces of a sentence. */
export function fill(sentence: string, facts: Record<string, string>): string {
  return Object.entries(facts).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), sentence);
}

/** "20 November 2026" in the reader's language, with Latin digits as on passports and bills. */
export function dayText(at: Date, language: string, timeZone = "UTC"): string {
  const tag = language === "en" ? "en-GB" : `${language}-u-nu-latn`;
  return new Intl.DateTimeFormat(tag, { dateStyle: "long", timeZone }).format(at);
}

/** The same, short enough for a column: "20 Nov 2026". */
export function shortDayText(at: Date, language: string): string {
  const tag = language === "en" ? "en-GB" : `${language}-u-nu-latn`;
  return new Intl.DateTimeFormat(tag, { dateStyle: "medium", timeZone: "UTC" }).format(at);
}
