import { plainDigits } from "./birth-day";

/** What a patient can tell of the illness without a doctor, each answered by one of a few codes. */
export const SYMPTOM_ANSWERS = {
  /** The four classes of the New York Heart Association, asked in plain words. */
  nyha: ["I", "II", "III", "IV"],
  /** Floors climbed without a break. */
  stairs: ["none", "one", "two", "more"],
  swollenAnkles: ["no", "evening", "all_day"],
  /** Nights in hospital because of the heart, within twelve months. */
  hospitalStays: ["none", "once", "twice", "more"],
} as const;

export type SymptomCode = keyof typeof SYMPTOM_ANSWERS;
export const SYMPTOM_CODES = Object.keys(SYMPTOM_ANSWERS) as SymptomCode[];

/** What is 1 of this unit in the unit the range is written in. */
interface ValueRule {
  units: Readonly<Record<string, number>>;
  /** Lowest and highest that a human heart can have, in the first unit: a guard against slips, no guideline. */
  range: readonly [number, number];
}

/** The values of a last report that a first look is made by. */
export const REPORT_VALUES = {
  lvef: { units: { "%": 1 }, range: [5, 85] },
  eroa: { units: { mm2: 1, cm2: 100 }, range: [1, 250] },
  meanGradient: { units: { mmHg: 1 }, range: [1, 120] },
  valveArea: { units: { cm2: 1, mm2: 0.01 }, range: [0.2, 9] },
} as const satisfies Record<string, ValueRule>;

export type ValueCode = keyof typeof REPORT_VALUES;
export const VALUE_CODES = Object.keys(REPORT_VALUES) as ValueCode[];

export function unitsOf(code: ValueCode): string[] {
  return Object.keys(REPORT_VALUES[code].units);
}

/** "mm2" as it is written: mm². */
export function unitWord(unit: string): string {
  return unit.replace(/^([cm]m)2$/, "$1²");
}

export interface ReportValue {
  /** As it stands in the report: nothing is converted. */
  value: number;
  unit: string;
}

/** Why a typed value cannot be right. */
export type Slip =
  | { slip: "number" }
  | { slip: "unit"; value: number; unit: string; other: string }
  | { slip: "range"; low: number; high: number; unit: string };

/** Reads "0,4" of a report with its unit; a value that would fit in another unit of the same thing names that unit. */
export function readValue(code: ValueCode, typed: string, unit: string): ReportValue | Slip {
  const rule: ValueRule = REPORT_VALUES[code];
  const value = numberOf(typed);
  const factor = rule.units[unit];
  if (value === null || factor === undefined) return { slip: "number" };
  const fits = (each: number) => value * each >= rule.range[0] && value * each <= rule.range[1];
  if (fits(factor)) return { value, unit };
  const [other] = Object.entries(rule.units).find(([, each]) => fits(each)) ?? [];
  if (other !== undefined) return { slip: "unit", value, unit, other };
  return { slip: "range", low: rule.range[0] / factor, high: rule.range[1] / factor, unit };
}

/** A comma is a decimal point. */
function numberOf(typed: string): number | null {
  const plain = plainDigits(typed).replace(/[,\u066b]/, ".");
  return /^\d{1,4}(\.\d{1,4})?$/.test(plain) ? Number(plain) : null;
}

/**
 * The answers to these codes, laid over what is kept already: an emptied field takes its answer away, and answers that
 * were not asked for stay. Fields are named "symptoms.nyha".
 */
export function readSymptoms(
  typed: Readonly<Record<string, string>>,
  kept: unknown,
  codes: readonly SymptomCode[],
): Record<string, unknown> {
  const symptoms = fieldsOf(kept);
  for (const code of codes) {
    const answers: readonly string[] = SYMPTOM_ANSWERS[code];
    const answer = answers.find((each) => each === typed[`symptoms.${code}`]);
    if (answer) symptoms[code] = answer;
    else delete symptoms[code];
  }
  return symptoms;
}

export type ValuesRead =
  | { ok: true; values: Record<string, unknown> }
  /** `values` is what could be read besides; what was kept under a slip stays. */
  | { ok: false; slips: Partial<Record<ValueCode, Slip>>; values: Record<string, unknown> };

/** The same for the values of a last report. Fields are named "values.eroa" and "unit.eroa". */
export function readValues(typed: Readonly<Record<string, string>>, kept: unknown): ValuesRead {
  const values = fieldsOf(kept);
  const slips: Partial<Record<ValueCode, Slip>> = {};
  for (const code of VALUE_CODES) {
    const text = typed[`values.${code}`] ?? "";
    const read = readValue(code, text, typed[`unit.${code}`] ?? unitsOf(code)[0] ?? "");
    if (text.trim() === "") delete values[code];
    else if ("slip" in read) slips[code] = read;
    else values[code] = read;
  }
  return Object.keys(slips).length > 0 ? { ok: false, slips, values } : { ok: true, values };
}

/** What the page shows of answers kept earlier. */
export function feelingOf(kept: { symptoms: unknown; values: unknown }): {
  symptoms: Partial<Record<SymptomCode, string>>;
  values: Partial<Record<ValueCode, ReportValue>>;
} {
  const symptoms = fieldsOf(kept.symptoms);
  const values = fieldsOf(kept.values);
  return {
    symptoms: Object.fromEntries(
      SYMPTOM_CODES.flatMap((code) => {
        const answer = symptoms[code];
        return typeof answer === "string" ? [[code, answer]] : [];
      }),
    ),
    values: Object.fromEntries(
      VALUE_CODES.flatMap((code) => {
        const value = reportValueOf(values[code]);
        return value ? [[code, value]] : [];
      }),
    ),
  };
}

/** A value with its unit, as the API takes it too; null for anything else. */
export function reportValueOf(value: unknown): ReportValue | null {
  if (typeof value !== "object" || value === null || !("value" in value) || !("unit" in value)) return null;
  const { value: number, unit } = value;
  return typeof number === "number" && typeof unit === "string" ? { value: number, unit } : null;
}

function fieldsOf(kept: unknown): Record<string, unknown> {
  return typeof kept === "object" && kept !== null && !Array.isArray(kept) ? { ...kept } : {};
}
