import type { Coverage } from "./coverage";
import { Died, type Fate } from "./fates";
import { look } from "./invariants";
import { ALSO, BESIDE, MOVES, OF_NOBODY } from "./machines";
import { STEPS } from "./steps";
import { MACHINES, type Machine, type Snapshot, type Thing, type World } from "./world";

/** What the model knows of the world: how everything stood after the last command. */
export interface Model {
  seen: Snapshot;
  /** How many commands were told. */
  told: number;
}

export interface Deed {
  name: string;
  on: Thing;
  dice: number;
  fate: Fate | null;
  /** Done twice at the same moment, as by an impatient finger. */
  isDouble: boolean;
}

/** Does one thing and asks every promise. Throws with all that do not hold. */
export async function perform(world: World, model: Model, coverage: Coverage, deed: Deed): Promise<void> {
  const { name, on, dice, fate, isDouble } = deed;
  const step = STEPS[name];
  if (!step) throw new Error(`There is no step ${name}.`);
  world.stripe.fate = fate;
  const once = () => step.run(world, on, dice).catch(forgiven);
  // Both come to their end: nothing may go on while the next story begins.
  const ends = await Promise.allSettled(isDouble ? [once(), once()] : [once()]);
  world.stripe.fate = null;
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  const { broken, seen } = await look(world, { sweep: name === "tidy" && !isDouble, rest: false, dice });
  coverage.count(name, step.about, on.state);
  const strange = strangeMoves(name, step.about, on.id, model.seen, seen);
  model.seen = seen;
  if (strange.length + broken.length > 0) throw new Error([...strange, ...broken].join("\n"));
}

/** A dead process leaves what it leaves; a provider that did not answer is asked again by the job. */
function forgiven(error: unknown): void {
  if (error instanceof Died) return;
  if (
    error instanceof Error &&
    /provider (did not answer|is away)|A hold has just run out/.test(error.message)
  )
    return;
  throw error;
}

/** Moves that the model does not know. */
function strangeMoves(
  name: string,
  about: Machine | null,
  id: string,
  before: Snapshot,
  after: Snapshot,
): string[] {
  return MACHINES.flatMap((machine) => {
    const was = new Map(before[machine].map((thing) => [thing.id, thing.state]));
    const beside = [...(OF_NOBODY.has(name) ? BESIDE[machine] : []), ...(ALSO[name]?.[machine] ?? [])];
    return after[machine].flatMap((thing) => {
      const from = was.get(thing.id) ?? thing.state;
      const own = machine === about && thing.id === id ? (MOVES[machine][name] ?? []) : [];
      if (from === thing.state || [...own, ...beside].includes(`${from}>${thing.state}`)) return [];
      return [`I7 ${machine} ${thing.id} went from ${from} to ${thing.state} by ${name}`];
    });
  });
}
