import type { Outcome } from "@/lib/kernel/outcome";
import { done, refused } from "@/lib/kernel/outcome";
import { ECHO_MEASURES, OTHER_MEASURES } from "./measure-list";

export const MEASURE_KINDS = ["echo", "ct", "ecg", "laboratory", "body"] as const;

export type MeasureKind = (typeof MEASURE_KINDS)[number];

/** Something a doctor measures: its code, the unit it is kept in, and what a number may sensibly be. */
export interface Measure {
  field: string;
  kind: MeasureKind;
  coding: { system: string; code: string };
  /** UCUM. */
  unit: string;
  /** Both ends allowed, in `unit`. */
  range: { low: number; high: number };
}

export const MEASURES: readonly Measure[] = [...ECHO_MEASURES, ...OTHER_MEASURES];

const BY_FIELD = new Map(MEASURES.map((measure) => [measure.field, measure]));

export function measureNamed(field: string): Measure | null {
  return BY_FIELD.get(field) ?? null;
}

/**
 * Units a report may use instead, as factors to the kept one (UCUM both). Molar units of one substance only stand with
 * its own field: 1 mg/dL creatinine is 88.4 µmol/L.
 */
const FACTORS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  mm2: { cm2: 100 },
  cm2: { mm2: 0.01 },
  "cm2/m2": { "mm2/m2": 0.01 },
  mm: { cm: 10 },
  cm: { mm: 0.1, m: 100 },
  "m/s": { "cm/s": 0.01 },
  "cm/s": { "m/s": 100 },
  "g/dL": { "g/L": 0.1 },
  "pg/mL": { "ng/L": 1 },
  ms: { s: 1_000 },
};

const FACTORS_OF_FIELD: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  creatinine: { "umol/L": 1 / 88.4 },
};

/** Units a measure may be told in; the kept one first. */
export function unitsOf(measure: Measure): string[] {
  return [measure.unit, ...Object.keys(factorsOf(measure))];
}

function factorsOf({ field, unit }: Measure): Readonly<Record<string, number>> {
  return FACTORS_OF_FIELD[field] ?? FACTORS[unit] ?? {};
}

/** A number as it was told, and as it is kept. */
export interface Measured {
  field: string;
  /** In the measure's own unit. */
  value: number;
  toldValue: number;
  toldUnit: string;
}

/** Why a number was not taken: no such measure, not a unit of it, out of range, or in range by another of its units. */
export type Slip = "invalid_measure" | "invalid_unit" | "invalid_value" | "invalid_unit_chosen";

/**
 * Takes a number in any unit of its measure. One that cannot be right is refused with the range, and with the unit it
 * would be right in: 0.4 mm² of an orifice is 0.4 cm², which is 40 mm².
 */
export function measured(field: string, toldValue: number, toldUnit: string): Outcome<Measured, Slip> {
  const measure = measureNamed(field);
  if (measure === null) return refused("invalid_measure", { field });
  const value = inUnitOf(measure, toldValue, toldUnit);
  if (value === null) return refused("invalid_unit", { field, unit: toldUnit });
  if (isPlausible(measure, value)) return done({ field, value, toldValue, toldUnit });
  const { low, high } = measure.range;
  const range = { field, value: toldValue, unit: toldUnit, low, high, range_unit: measure.unit };
  const meant = unitsOf(measure).find((unit) => {
    const other = unit === toldUnit ? null : inUnitOf(measure, toldValue, unit);
    return other !== null && isPlausible(measure, other);
  });
  return meant === undefined
    ? refused("invalid_value", range)
    : refused("invalid_unit_chosen", { ...range, meant_unit: meant });
}

function inUnitOf(measure: Measure, value: number, unit: string): number | null {
  if (unit === measure.unit) return value;
  const factor = factorsOf(measure)[unit];
  return factor === undefined ? null : rounded(value * factor);
}

/** Ten digits: enough for any instrument, and free of binary rests. */
function rounded(value: number): number {
  return Number(value.toPrecision(10));
}

function isPlausible({ range }: Measure, value: number): boolean {
  return Number.isFinite(value) && value >= range.low && value <= range.high;
}

const PRINTED: Readonly<Record<string, string>> = {
  "1": "",
  "{AU}": "AU",
  "mm[Hg]": "mmHg",
  "umol/L": "µmol/L",
  "mL/min/{1.73_m2}": "mL/min/1.73 m²",
  "/min": "/min",
};

/** A unit as reports print it: "cm2/m2" is cm²/m². A ratio has none. */
export function printedUnit(ucum: string): string {
  return PRINTED[ucum] ?? ucum.replaceAll(/([cm]?m)2/g, "$1²");
}
