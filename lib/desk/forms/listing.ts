import type { z } from "zod";
import {
  DEPARTMENTS,
  doctorForm,
  outcomeForm,
  type ProcedureLine,
  type SaveListingForm,
  saveListingForm,
} from "@/lib/clinics/forms/listing";
import { minorOf } from "@/lib/kernel/typed-sum";
import type { Nested } from "./nested";

const PARTS = ["name", "summary", "address", "officeHours", "paymentTerms"] as const;

function textOf(typed: Nested, name: string): string {
  const value = typed[name];
  return typeof value === "string" ? value : "";
}

function partsOf(text: string, separator: RegExp): string[] {
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/** The texts of a listing as typed: languages with commas between, holidays one a line, certificates row by row. */
function listingTyped(typed: Nested) {
  const departments = typed.departments;
  const ticked =
    typeof departments === "object" && !Array.isArray(departments) ? Object.keys(departments) : [];
  return {
    ...Object.fromEntries(PARTS.map((name) => [name, textOf(typed, name)])),
    departments: DEPARTMENTS.filter((one) => ticked.includes(one)),
    languages: partsOf(textOf(typed, "languages").toLowerCase(), /[\s,]+/),
    holidays: partsOf(textOf(typed, "holidays"), /[\s,]+/),
    accreditations: Array.isArray(typed.accreditations) ? typed.accreditations : [],
    cancellationBands: bandsTyped(typed.cancellationBands),
  };
}

export function readListing(typed: Nested) {
  return saveListingForm.safeParse(listingTyped(typed));
}

export interface ReadParts {
  /** The parts that can be saved. */
  form: SaveListingForm;
  /** What is wrong with the others; null when all are right. */
  error: z.ZodError | null;
}

/** Only the named parts of a listing, so that a half-typed one does not keep the others from being saved. */
export function readListingParts(typed: Nested, parts: readonly string[]): ReadParts {
  const entries = Object.entries(listingTyped(typed)).filter(([part]) => parts.includes(part));
  const all = saveListingForm.safeParse(Object.fromEntries(entries));
  if (all.success) return { form: all.data, error: null };
  const wrong = new Set(all.error.issues.map(({ path }) => String(path[0])));
  const right = saveListingForm.safeParse(Object.fromEntries(entries.filter(([part]) => !wrong.has(part))));
  return { form: right.success ? right.data : {}, error: all.error };
}

/** Days as they are, shares in per cent; what is no figure stays as typed and is refused at its field. */
function bandsTyped(rows: Nested[string] | undefined) {
  return (Array.isArray(rows) ? rows : []).flatMap((row) => {
    if (typeof row === "string") return [];
    const kept = figureOf(row, "keptBp");
    return [
      {
        fromDays: figureOf(row, "fromDays"),
        keptBp: typeof kept === "number" ? Math.round(kept * 100) : kept,
      },
    ];
  });
}

/** What names a price among the others of a centre. */
export function priceKey(line: { treatment: string; device: string | null }): string {
  return line.device === null ? line.treatment : `${line.treatment}-${line.device}`;
}

/** The price list with the typed rows in it; what a row does not show stays as it was. */
export function readPrices(typed: Nested, lines: readonly ProcedureLine[]) {
  const rows = typed.prices;
  const list = typeof rows === "object" && !Array.isArray(rows) ? rows : {};
  const procedures = lines.map((line) => {
    const row = list[priceKey(line)];
    if (typeof row !== "object" || Array.isArray(row)) return line;
    const sum = (name: string) => minorOf(textOf(row, name), line.currency) ?? textOf(row, name);
    const { stayDaysLow, stayDaysHigh } = row;
    return {
      ...line,
      low: sum("low"),
      expected: sum("expected"),
      high: sum("high"),
      stayDaysLow: Number(stayDaysLow ?? Number.NaN),
      stayDaysHigh: Number(stayDaysHigh ?? Number.NaN),
      validFrom: textOf(row, "validFrom"),
      validTo: textOf(row, "validTo"),
    };
  });
  return saveListingForm.safeParse({ procedures });
}

/** A typed figure, with point or comma; what is none stays as typed and is refused at its field. */
function figureOf(typed: Nested, name: string): number | string {
  const text = textOf(typed, name);
  const figure = Number(text.replace(",", "."));
  return text === "" || Number.isNaN(figure) ? text : figure;
}

/** A doctor as typed: languages with commas between, yearly numbers row by row. */
export function readDoctor(typed: Nested, slug: string | null) {
  const { volumes } = typed;
  const rows = Array.isArray(volumes) ? volumes.filter((row) => typeof row !== "string") : [];
  return doctorForm.safeParse({
    ...(slug === null ? {} : { slug }),
    ...Object.fromEntries(
      ["name", "title", "speciality", "biography"].map((name) => [name, textOf(typed, name)]),
    ),
    languages: partsOf(textOf(typed, "languages").toLowerCase(), /[\s,]+/),
    volumes: rows.map((row) => ({
      treatment: textOf(row, "treatment"),
      volume: figureOf(row, "volume"),
      year: figureOf(row, "year"),
    })),
  });
}

export function readOutcome(typed: Nested) {
  const figures = Object.fromEntries(["value", "n", "year"].map((name) => [name, figureOf(typed, name)]));
  return outcomeForm.safeParse({ ...typed, ...figures, source: textOf(typed, "source") });
}

/** The price list with the typed yearly numbers in it; an emptied number takes its year and source with it. */
export function readVolumes(typed: Nested, lines: readonly ProcedureLine[]) {
  const rows = typed.volumes;
  const list = typeof rows === "object" && !Array.isArray(rows) ? rows : {};
  const procedures = lines.map((line) => {
    const row = list[priceKey(line)] ?? {};
    if (typeof row !== "object" || Array.isArray(row)) return line;
    if (textOf(row, "volume") === "") return { ...line, volume: null, volumeYear: null, volumeSource: null };
    return {
      ...line,
      volume: figureOf(row, "volume"),
      volumeYear: textOf(row, "volumeYear") === "" ? null : figureOf(row, "volumeYear"),
      volumeSource: textOf(row, "volumeSource") || null,
    };
  });
  return saveListingForm.safeParse({ procedures });
}

/** The rows of a form about the price list are named by treatment and device, the parsed ones by their place. */
export function atPriceRows(
  errors: Readonly<Record<string, string>>,
  lines: readonly ProcedureLine[],
  list: "prices" | "volumes",
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors).map(([path, sentence]) => {
      const [, place, field] = path.split(".");
      const line = lines[Number(place)];
      return [line && field ? `${list}.${priceKey(line)}.${field}` : path, sentence];
    }),
  );
}

/** The name of the field beside one change. The path may hold dots and spaces, so it is no dotted name. */
export function remarkName(path: string): string {
  return `remark:${path}`;
}

/** What was written beside single changes. */
export function remarksTyped(form: FormData): Record<string, string> {
  return Object.fromEntries(
    [...form.entries()].flatMap(([name, value]) =>
      name.startsWith("remark:") && typeof value === "string" && value.trim() !== ""
        ? [[name.slice("remark:".length), value.trim()] as const]
        : [],
    ),
  );
}
