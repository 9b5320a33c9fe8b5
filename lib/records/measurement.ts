/** Whose word a number is. What a patient typed in the intake is no measurement: it is never graded. */
export const MEASUREMENT_SOURCES = ["coordinator", "clinic", "file"] as const;

export type MeasurementSource = (typeof MEASUREMENT_SOURCES)[number];

/** The numbers a case may carry: far more than any heart was ever measured by. */
export const MEASUREMENTS_MAX = 2_000;

interface Dated {
  field: string;
  /** In the measure's own unit. */
  value: number;
  measuredOn: Date;
  enteredAt: Date;
}

/** The number that holds for each field: of the newest examination, and there the one written down last. */
export function latestNumbers(measurements: readonly Dated[]): Record<string, number> {
  const newestLast = measurements.toSorted(
    (one, other) =>
      one.measuredOn.getTime() - other.measuredOn.getTime() ||
      one.enteredAt.getTime() - other.enteredAt.getTime(),
  );
  return Object.fromEntries(newestLast.map(({ field, value }) => [field, value]));
}
