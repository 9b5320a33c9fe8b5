/** Three sums of one currency in minor units: what it costs at least, what is expected, what it may come to. */
export interface SumRange {
  lowMinor: bigint;
  expectedMinor: bigint;
  highMinor: bigint;
  currency: string;
}

/** The stretch of money a drawing covers, in minor units of the same currency. */
export interface Axis {
  fromMinor: bigint;
  toMinor: bigint;
}

/** The axis on which several ranges can be held against each other; null when there is none. */
export function axisOver(ranges: readonly SumRange[]): Axis | null {
  const [first] = ranges;
  if (first === undefined || ranges.some((range) => range.currency !== first.currency)) return null;
  return ranges.reduce<Axis>(
    ({ fromMinor, toMinor }, { lowMinor, highMinor }) => ({
      fromMinor: lowMinor < fromMinor ? lowMinor : fromMinor,
      toMinor: highMinor > toMinor ? highMinor : toMinor,
    }),
    { fromMinor: first.lowMinor, toMinor: first.highMinor },
  );
}

/** Where a sum stands on an axis, in percent of its length with one decimal: 37.5. */
export function placeOn(axis: Axis, sumMinor: bigint): number {
  const length = axis.toMinor - axis.fromMinor;
  if (length <= 0n) return 50;
  return Number(((sumMinor - axis.fromMinor) * 1_000n) / length) / 10;
}

/** The drawing alone, for places where the three numbers stand beside it as text. It turns with the direction of reading. */
export function RangeAxis({ range, axis }: { range: SumRange; axis: Axis }) {
  const [low, expected, high] = [range.lowMinor, range.expectedMinor, range.highMinor].map(
    (sum) => `${placeOn(axis, sum)}%`,
  );
  return (
    <svg aria-hidden className="range-axis">
      <line className="range-scale" x1="0%" x2="100%" y1="50%" y2="50%" />
      <line className="range-spread" x1={low} x2={high} y1="50%" y2="50%" />
      <line className="range-usual" x1={low} x2={expected} y1="50%" y2="50%" />
      <line className="range-end" x1={low} x2={low} y1="20%" y2="80%" />
      <line className="range-end" x1={high} x2={high} y1="20%" y2="80%" />
      <circle className="range-expected" cx={expected} cy="50%" r="0.375rem" />
    </svg>
  );
}
