import { STATES } from "./machines";
import { STEPS } from "./steps";
import type { Machine, Snapshot } from "./world";

export interface Pair {
  about: Machine;
  state: string;
  step: string;
}

const PAIRS: readonly Pair[] = Object.entries(STEPS).flatMap(([step, { about }]) =>
  about === null ? [] : STATES[about].map((state) => ({ about, state, step })),
);

const nameOf = ({ about, state, step }: Pair) => `${about} ${state} ${step}`;

/** Which step was done to a thing in which state, how often. */
export class Coverage {
  commands = 0;
  private readonly counts = new Map<string, number>();

  count(step: string, about: Machine | null, state: string): void {
    this.commands += 1;
    const pair = about === null ? step : `${about} ${state} ${step}`;
    this.counts.set(pair, (this.counts.get(pair) ?? 0) + 1);
  }

  /** Of what can be done now, one of the pairs that were met least. */
  rarest(seen: Snapshot, dice: number): Pair | null {
    const possible = PAIRS.filter(({ about, state }) => seen[about].some((thing) => thing.state === state));
    const times = (pair: Pair) => this.counts.get(nameOf(pair)) ?? 0;
    const least = Math.min(...possible.map(times));
    const rare = possible.filter((pair) => times(pair) === least);
    return rare[dice % Math.max(rare.length, 1)] ?? null;
  }

  /** Pairs of a state and a step that nothing met. */
  missing(): Pair[] {
    return PAIRS.filter((pair) => !this.counts.has(nameOf(pair)));
  }

  /** How many pairs there are. */
  get pairs(): number {
    return PAIRS.length;
  }
}
