export interface Spread {
  median: number;
  min: number;
  max: number;
}

export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  return { median: at(Math.floor(sorted.length / 2)), min: at(0), max: at(sorted.length - 1) };
}

/** One as a multiple of the other, round by round. */
export function timesOf(one: readonly number[], other: readonly number[]): Spread {
  return spread(one.map((value, round) => value / (other[round] ?? Number.NaN)));
}

/** Every second round asks the other first: what else the machine does then meets both. */
export async function inTurn<Name extends string | number>(
  rounds: number,
  names: readonly [Name, Name],
  ask: (name: Name, round: number) => Promise<void>,
): Promise<void> {
  for (let round = 0; round < rounds; round += 1)
    for (const name of round % 2 === 0 ? names : names.toReversed()) await ask(name, round);
}
