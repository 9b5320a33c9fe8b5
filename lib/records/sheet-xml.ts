import { Parser } from "saxen";
import {
  CELL_SIGNS_MAX,
  dayText,
  plainNumber,
  SHEET_COLUMNS_MAX,
  SHEET_ROWS_MAX,
  SHEET_SIGNS_MAX,
  type SheetCells,
  showsDate,
  UnreadableSheet,
} from "./sheet";

type Attributes = Record<string, string>;

interface Handlers {
  open?: (name: string, attributes: () => Attributes) => void;
  close?: (name: string) => void;
  text?: (text: string) => void;
}

/** Walks one part of a workbook. No document type, no entities of its own: they are what attacks are made of. */
function walk(xml: string, { open, close, text }: Handlers): void {
  const damaged = () => {
    throw new UnreadableSheet("damaged");
  };
  const parser = new Parser()
    .on("error", damaged)
    .on("warn", damaged)
    .on("attention", damaged)
    .on("openTag", (name, attributes) => open?.(localName(name), attributes))
    .on("closeTag", (name) => close?.(localName(name)));
  if (text) parser.on("text", (raw) => text(decoded(raw))).on("cdata", text);
  parser.parse(xml);
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** The five names of XML and numbers of characters; anything else is damage. */
function decoded(raw: string): string {
  return raw.replaceAll(/&([^;&]{0,10});?/gu, (_whole, name: string) => {
    const number = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/iu.exec(name);
    const code = number ? Number.parseInt(number[1] ?? number[2] ?? "", number[1] ? 16 : 10) : Number.NaN;
    const named = Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
    if (named !== undefined) return named;
    if (Number.isNaN(code) || code > 0x10ffff) throw new UnreadableSheet("damaged");
    return String.fromCodePoint(code);
  });
}

/** Sheet programs write what XML cannot hold as "_x000D_". NUL is left out: no stored text holds one. */
function cellText(text: string): string {
  return text
    .replaceAll(/_x([0-9a-f]{4})_/giu, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replaceAll("\u0000", "");
}

export interface Workbook {
  /** The relation that names the first sheet people see. */
  firstSheet: string | null;
  isFrom1904: boolean;
}

export function readWorkbook(xml: string): Workbook {
  let firstSheet: string | null = null;
  let isFrom1904 = false;
  walk(xml, {
    open: (name, attributes) => {
      if (name === "workbookPr") isFrom1904 = ["1", "true"].includes(attributes()["date1904"] ?? "");
      if (name !== "sheet" || firstSheet !== null) return;
      const { state = "visible", ...rest } = attributes();
      const [, id = null] =
        Object.entries(rest).find(([key]) => localName(key) === "id" && key !== "id") ?? [];
      if (state === "visible") firstSheet = id;
    },
  });
  return { firstSheet, isFrom1904 };
}

/** Which part each relation of the workbook names. */
export function readRelations(xml: string): Map<string, string> {
  const found = new Map<string, string>();
  walk(xml, {
    open: (name, attributes) => {
      if (name !== "Relationship") return;
      const { Id, Target, TargetMode } = attributes();
      if (Id && Target && TargetMode !== "External") found.set(Id, decoded(Target));
    },
  });
  return found;
}

/** The texts cells point to by number. How a word is spoken stands beside it in Chinese and Japanese, and is no text. */
export function readStrings(xml: string): string[] {
  const strings: string[] = [];
  let text = "";
  let isText = false;
  let isSpoken = false;
  walk(xml, {
    open: (name) => {
      if (name === "si") text = "";
      if (name === "rPh") isSpoken = true;
      isText = name === "t" && !isSpoken;
    },
    text: (piece) => {
      if (isText) text += piece;
    },
    close: (name) => {
      isText = false;
      if (name === "rPh") isSpoken = false;
      if (name === "si") strings.push(cellText(text));
    },
  });
  return strings;
}

/** For each style of a cell whether it shows a date. */
export function readDateStyles(xml: string): boolean[] {
  const codes = new Map<number, string>();
  const styles: boolean[] = [];
  let isCellStyle = false;
  walk(xml, {
    open: (name, attributes) => {
      if (name === "cellXfs") isCellStyle = true;
      if (name === "numFmt") {
        const { numFmtId, formatCode } = attributes();
        codes.set(Number(numFmtId), decoded(formatCode ?? ""));
      }
      if (name !== "xf" || !isCellStyle) return;
      const id = Number(attributes()["numFmtId"] ?? 0);
      styles.push(showsDate(id, codes.get(id)));
    },
    close: (name) => {
      if (name === "cellXfs") isCellStyle = false;
    },
  });
  return styles;
}

export interface SheetParts {
  strings: readonly string[];
  dateStyles: readonly boolean[];
  isFrom1904: boolean;
}

interface OpenCell {
  row: number;
  column: number;
  kind: string;
  style: number;
  value: string;
  isValue: boolean;
  hasFormula: boolean;
  hasValue: boolean;
}

/** The filled cells of a sheet. A formula is never reckoned: what its program last reckoned stands beside it, or it is refused. */
export function readCells(xml: string, parts: SheetParts): SheetCells {
  const cells = new Map<number, Map<number, string>>();
  const room = { left: SHEET_SIGNS_MAX };
  let row = -1;
  let column = -1;
  let cell: OpenCell | null = null;
  let isSpoken = false;
  walk(xml, {
    open: (name, attributes) => {
      if (name === "row") {
        const { r } = attributes();
        row = r === undefined ? row + 1 : Number(r) - 1;
        column = -1;
      } else if (name === "c") {
        const { r, t: kind = "n", s: style = "0" } = attributes();
        column = r === undefined ? column + 1 : columnOf(r);
        const flags = { isValue: false, hasFormula: false, hasValue: false };
        cell = { row, column, kind, style: Number(style), value: "", ...flags };
      } else if (cell && name === "f") cell.hasFormula = true;
      else if (cell && name === "rPh") isSpoken = true;
      else if (cell && (name === "v" || (name === "t" && !isSpoken))) cell.isValue = cell.hasValue = true;
    },
    text: (piece) => {
      if (cell?.isValue) cell.value += piece;
    },
    close: (name) => {
      if (name === "rPh") isSpoken = false;
      if (cell) cell.isValue = false;
      if (name !== "c" || !cell) return;
      put(cells, cell, shownWithin(room, cell, parts));
      cell = null;
    },
  });
  return cells;
}

const placeOf = ({ column, row }: OpenCell) => `${letters(column)}${row + 1}`;

/** What a cell shows. A text that is kept once may be shown by every cell: what they show together is bounded too. */
function shownWithin(room: { left: number }, cell: OpenCell, parts: SheetParts): string {
  const place = placeOf(cell);
  const isReckoned = cell.hasValue && (cell.kind !== "n" || cell.value.trim() !== "");
  if (cell.hasFormula && !isReckoned) throw new UnreadableSheet("no_value", place);
  const text = shownText(cell, parts, place);
  room.left -= text.length;
  if (text.length > CELL_SIGNS_MAX || room.left < 0) throw new UnreadableSheet("too_large", place);
  return text;
}

function put(cells: Map<number, Map<number, string>>, cell: OpenCell, text: string): void {
  const place = placeOf(cell);
  if (text === "") return;
  const isPlace = Number.isInteger(cell.row) && cell.row >= 0 && cell.column >= 0;
  if (!isPlace) throw new UnreadableSheet("damaged");
  if (cell.row >= SHEET_ROWS_MAX || cell.column >= SHEET_COLUMNS_MAX)
    throw new UnreadableSheet("too_large", place);
  const inRow = cells.get(cell.row) ?? new Map<number, string>();
  if (inRow.has(cell.column)) throw new UnreadableSheet("damaged", place);
  cells.set(cell.row, inRow.set(cell.column, text));
}

function shownText({ kind, value, style }: OpenCell, parts: SheetParts, place: string): string {
  switch (kind) {
    case "s": {
      const text = /^\d+$/u.test(value.trim()) ? parts.strings[Number(value)] : undefined;
      if (text === undefined) throw new UnreadableSheet("damaged", place);
      return text;
    }
    case "b":
      return value.trim() === "1" ? "TRUE" : "FALSE";
    case "n":
      return parts.dateStyles[style] ? dayText(value, parts.isFrom1904) : plainNumber(value);
    case "d":
      return value.slice(0, 10);
    // Text, and what a program shows where it could not reckon: "#REF!" is refused by whoever reads the row.
    default:
      return cellText(value);
  }
}

/** "C7" stands in column 2; -1 for what is no such name. */
function columnOf(reference: string): number {
  const found = /^([A-Z]{1,3})\d{1,7}$/u.exec(reference)?.[1] ?? "";
  return [...found].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function letters(column: number): string {
  if (column < 0) return "";
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : `${letters(Math.floor(column / 26) - 1)}${last}`;
}
