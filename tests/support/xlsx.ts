import { strToU8, zipSync } from "fflate";

/** A cell as a test writes it: text, a number, a formula with what it last came to, or raw XML. */
export type XlsxCell =
  | string
  | number
  | null
  | { formula: string; value: number | null }
  | { day: number }
  | { xml: string };

interface Workbook {
  rows: readonly (readonly XlsxCell[])[];
  /** Parts that replace the usual ones; null leaves one out. */
  parts?: Readonly<Record<string, string | null>>;
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

export const xmlText = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

function columnName(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : `${columnName(Math.floor(column / 26) - 1)}${last}`;
}

/** A workbook as sheet programs write it: texts in a part of their own, dates as numbers with a style. */
export function xlsxOf({ rows, parts = {} }: Workbook): Uint8Array {
  const strings: string[] = [];
  const cellXml = (cell: XlsxCell, place: string) => {
    if (cell === null || cell === "") return "";
    if (typeof cell === "number") return `<c r="${place}"><v>${cell}</v></c>`;
    if (typeof cell === "string")
      return `<c r="${place}" t="s"><v>${strings.push(`<si><t xml:space="preserve">${xmlText(cell)}</t></si>`) - 1}</v></c>`;
    if ("xml" in cell) return cell.xml;
    if ("day" in cell) return `<c r="${place}" s="1"><v>${cell.day}</v></c>`;
    return `<c r="${place}"><f>${cell.formula}</f>${cell.value === null ? "" : `<v>${cell.value}</v>`}</c>`;
  };
  const sheet = rows.map(
    (cells, row) =>
      `<row r="${row + 1}">${cells.map((cell, at) => cellXml(cell, `${columnName(at)}${row + 1}`)).join("")}</row>`,
  );
  const usual: Record<string, string> = {
    "[Content_Types].xml": `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    "xl/workbook.xml": `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="Old" sheetId="2" state="hidden" r:id="rId9"/><sheet name="Lines" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId9" Type="${RELATIONS}/worksheet" Target="worksheets/none.xml"/></Relationships>`,
    "xl/worksheets/sheet1.xml": `${HEAD}<worksheet xmlns="${MAIN}"><sheetData>${sheet.join("")}</sheetData></worksheet>`,
    "xl/sharedStrings.xml": `${HEAD}<sst xmlns="${MAIN}">${strings.join("")}</sst>`,
    "xl/styles.xml": `${HEAD}<styleSheet xmlns="${MAIN}"><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
  };
  const all = Object.entries({ ...usual, ...parts }).filter(
    (part): part is [string, string] => part[1] !== null,
  );
  return zipSync(Object.fromEntries(all.map(([name, xml]) => [name, strToU8(xml)])), {
    mtime: "2026-11-05T00:00:00Z",
  });
}
