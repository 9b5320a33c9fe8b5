/** Whose word a number is. */
export const MEASUREMENT_SOURCES = ["coordinator", "clinic", "file", "patient"] as const;

export type MeasurementSource = (typeof MEASUREMENT_SOURCES)[number];

/** The numbers a case may carry: far more than any heart was ever measured by. */
export const MEASUREMENTS_MAX = 2_000;

interface Dated {
  field: string;
  source: MeasurementSource;
  /** In the measure's own unit. */
  value: number;
  measuredOn: Date;
  enteredAt: Date;
}

/** What a patient typed nobody has compared with a report: it is shown as such and never graded. */
export function isVerified({ source }: Pick<Dated, "source">): boolean {
  return source !== "patient";
}

/** The number that holds for each field: of the newest examination, and there the one written down last. */
export function latestNumbers(measurements: readonly Dated[]): Record<string, number> {
  const newestLast = measurements
    .filter(isVerified)
    .toSorted(
      (one, other) =>
        one.measuredOn.getTime() - other.measuredOn.getTime() ||
        one.enteredAt.getTime() - other.enteredAt.getTime(),
    );
  return Object.fromEntries(newestLast.map(({ field, value }) => [field, value]));
}
