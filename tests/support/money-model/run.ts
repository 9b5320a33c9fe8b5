import fc from "fast-check";
import type { Currency } from "@/lib/kernel/money";
import { nextOf, targetOf } from "./choose";
import type { Coverage, Pair } from "./coverage";
import type { Fate } from "./fates";
import { type Model, perform } from "./perform";
import { brokenAtRest } from "./rest";
import { STEPS } from "./steps";
import { NOTHING, type Snapshot, type Thing, type World } from "./world";

interface Draw {
  name: string;
  target: number;
  dice: number;
  fate: Fate | null;
  isDouble: boolean;
}

const NEXT = "next";
const RARE = "rare";

class Command implements fc.AsyncCommand<Model, World> {
  constructor(
    private readonly draw: Draw,
    private readonly coverage: Coverage,
  ) {}

  /** What it came to, for the story that is told when a promise was broken. */
  private done = "";
  private rare: Pair | null = null;

  /** Nothing to do it to yet: then the story goes on without it. */
  check({ seen }: Model): boolean {
    const about = STEPS[this.draw.name]?.about ?? null;
    return about === null || seen[about].length > 0;
  }

  private chosen(seen: Snapshot): { name: string; on: Thing } {
    const { name, target, dice } = this.draw;
    if (name === NEXT) return nextOf(seen, target, dice);
    if (name === RARE) {
      // Once chosen it stays, so that a story can be told again, shorter.
      this.rare ??= this.coverage.rarest(seen, dice);
      const on = this.rare && seen[this.rare.about].filter((thing) => thing.state === this.rare?.state);
      if (this.rare && on?.length) return { name: this.rare.step, on: on[target % on.length] ?? NOTHING };
      return { name: "work_all", on: NOTHING };
    }
    const about = STEPS[name]?.about ?? null;
    return { name, on: about === null ? NOTHING : (targetOf(seen, about, target) ?? NOTHING) };
  }

  async run(model: Model, world: World): Promise<void> {
    const { name, on } = this.chosen(model.seen);
    const { dice, fate, isDouble } = this.draw;
    this.done = name;
    model.told += 1;
    try {
      await perform(world, model, this.coverage, { name, on, dice, fate, isDouble });
    } catch (error) {
      throw new Error(
        `At command ${model.told}, ${this.toString()} on ${on.state || "nothing"}:\n${wordsOf(error)}`,
        {
          cause: error,
        },
      );
    }
  }

  toString(): string {
    const { name, target, dice, fate, isDouble } = this.draw;
    return `${this.done || name}(${target},${dice}${fate ? `,${fate}` : ""}${isDouble ? ",twice" : ""})`;
  }
}

const fates = fc.oneof(
  { weight: 8, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constant<Fate>("dies_before") },
  { weight: 1, arbitrary: fc.constant<Fate>("dies_after") },
  { weight: 1, arbitrary: fc.constant<Fate>("answer_lost") },
);

function commandsOf(coverage: Coverage) {
  const weights = [
    ...Object.entries(STEPS).map(([name, { weight }]) => ({ name, weight })),
    { name: NEXT, weight: 60 },
    { name: RARE, weight: 60 },
  ];
  return weights.flatMap(({ name, weight }) => {
    const drawn = fc
      .record({
        ...{ name: fc.constant(name), target: fc.nat(9_999), dice: fc.nat(9_999), fate: fates },
        isDouble: fc.nat(9).map((number) => number === 0),
      })
      .map((draw) => new Command(draw, coverage));
    return Array.from({ length: weight }, () => drawn);
  });
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

export interface ModelRun {
  seed: number;
  /** How many commands at least. */
  commands: number;
  /** How often a broken story is made shorter, each time by telling it once more. */
  shorterMax?: number;
}

const COMMANDS_A_RUN = 160;
const SHORTER_MAX = 40;
const CURRENCIES: readonly Currency[] = ["EUR", "EUR", "EUR", "JPY", "KWD"];

/** Plays stories until enough commands were run. The first broken promise ends it, with the seed that brings it back. */
export async function runModel(
  world: World,
  coverage: Coverage,
  { seed, commands, shorterMax = SHORTER_MAX }: ModelRun,
): Promise<void> {
  const last = coverage.commands + commands;
  const story = fc.commands(commandsOf(coverage), { maxCommands: COMMANDS_A_RUN, size: "max" });
  let shorter = 0;
  let hasFailed = false;
  const property = fc.asyncProperty(story, fc.constantFrom(...CURRENCIES), async (cmds, currency) => {
    if (hasFailed) shorter += 1;
    // A story is made shorter so often and no more: each try plays it against the database.
    if (shorter > shorterMax || (!hasFailed && coverage.commands >= last)) return;
    try {
      await play(world, cmds, currency);
    } catch (error) {
      hasFailed = true;
      throw error;
    }
  });
  await fc.assert(property, { seed, numRuns: commands, endOnFailure: shorterMax === 0 });
}

async function play(
  world: World,
  cmds: Iterable<fc.AsyncCommand<Model, World>>,
  currency: Currency,
): Promise<void> {
  const setup = async () => {
    await world.begin(currency);
    return { model: { seen: await world.snapshot(), told: 0 }, real: world };
  };
  await fc.asyncModelRun(setup, cmds);
  const broken = await brokenAtRest(world);
  if (broken.length > 0) throw new Error(`At rest:\n${broken.join("\n")}`);
}
