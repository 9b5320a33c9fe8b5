import type { DataSet } from "dicom-parser";
import { numbersOf, textOf } from "./dicom";

/** How points of a picture become lengths. */
export interface Calibration {
  /** Millimetres between rows and between columns; null where the file does not say. */
  spacing: { rowMm: number; columnMm: number; at: "patient" | "detector" } | null;
  /** Ultrasound: parts of the picture, each with its own measure. */
  regions: Region[];
}

/** Part of an ultrasound picture, both corners included. */
export interface Region {
  left: number;
  top: number;
  right: number;
  bottom: number;
  /** What one point across and one point down stand for. */
  across: { unit: RegionUnit; by: number };
  down: { unit: RegionUnit; by: number };
}

/** PS3.3 C.8.5.5.1.15, as far as a line can be measured in it. */
const UNITS = new Map([
  [3, "cm"],
  [4, "s"],
  [5, "hz"],
  [7, "cm_per_s"],
] as const);
export type RegionUnit = "cm" | "s" | "hz" | "cm_per_s";

export interface Point {
  x: number;
  y: number;
}

/** What a line between two points is worth. */
export type Length =
  | { kind: "length"; mm: number; basis: "patient" | "detector" | "region" }
  /** A trace over time: how far it goes either way. */
  | { kind: "parts"; across: { unit: RegionUnit; value: number }; down: { unit: RegionUnit; value: number } }
  | { kind: "points"; points: number };

const REGIONS_MAX = 64;

export function calibrationOf(set: DataSet, measures: DataSet | null): Calibration {
  const items = set.elements.x00186011?.items ?? [];
  const regions = items.slice(0, REGIONS_MAX).flatMap(({ dataSet }) => (dataSet && regionOf(dataSet)) ?? []);
  return { spacing: spacingOf(set, measures), regions };
}

function spacingOf(set: DataSet, measures: DataSet | null): Calibration["spacing"] {
  const inPatient = (measures && pairOf(measures, "x00280030")) ?? pairOf(set, "x00280030");
  const atDetector = pairOf(set, "x00181164");
  // A machine that projects may repeat the spacing of its detector; then nobody has calibrated it to the body.
  const isRepeated =
    inPatient && atDetector && inPatient.join() === atDetector.join() && !textOf(set, "x00280a02");
  const [rowMm, columnMm] = inPatient ?? atDetector ?? [];
  if (!rowMm || !columnMm) return null;
  return { rowMm, columnMm, at: inPatient && !isRepeated ? "patient" : "detector" };
}

function pairOf(set: DataSet, tag: string): number[] | null {
  const pair = numbersOf(set, tag, 2);
  return pair?.every((one) => one > 0) ? pair : null;
}

function regionOf(set: DataSet): Region[] {
  const [left, top, right, bottom] = ["x00186018", "x0018601a", "x0018601c", "x0018601e"].map((tag) =>
    set.uint32(tag),
  );
  const across = scaleOf(set, "x00186024", "x0018602c");
  const down = scaleOf(set, "x00186026", "x0018602e");
  if (left === undefined || top === undefined || right === undefined || bottom === undefined) return [];
  return across && down ? [{ left, top, right, bottom, across, down }] : [];
}

function scaleOf(set: DataSet, unitTag: string, deltaTag: string): Region["across"] | null {
  const unit = UNITS.get((set.uint16(unitTag) ?? 0) as 3);
  const by = Math.abs(set.double(deltaTag) ?? 0);
  return unit && Number.isFinite(by) && by > 0 ? { unit, by } : null;
}

/** Points count from the upper left corner of the picture. A line that leaves its region has no measure. */
export function lengthOf({ spacing, regions }: Calibration, from: Point, to: Point): Length {
  const [across, down] = [Math.abs(to.x - from.x), Math.abs(to.y - from.y)];
  // Where regions overlap the one drawn last, lying on top, is the smaller one.
  const region = regions
    .filter((one) => holds(one, from) && holds(one, to))
    .toSorted((one, other) => areaOf(one) - areaOf(other))[0];
  if (region) return inRegion(region, across, down);
  if (!spacing || regions.length > 0) return { kind: "points", points: Math.hypot(across, down) };
  const mm = Math.hypot(across * spacing.columnMm, down * spacing.rowMm);
  return { kind: "length", mm, basis: spacing.at };
}

function inRegion({ across, down }: Region, x: number, y: number): Length {
  if (across.unit === "cm" && down.unit === "cm") {
    return { kind: "length", mm: Math.hypot(x * across.by, y * down.by) * 10, basis: "region" };
  }
  return {
    kind: "parts",
    across: { unit: across.unit, value: x * across.by },
    down: { unit: down.unit, value: y * down.by },
  };
}

function holds({ left, top, right, bottom }: Region, { x, y }: Point): boolean {
  return x >= left && x <= right + 1 && y >= top && y <= bottom + 1;
}

function areaOf({ left, top, right, bottom }: Region): number {
  return (right - left) * (bottom - top);
}
