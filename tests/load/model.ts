import { dropStripe } from "@/lib/infra/stripe";
import { closeJobs } from "@/lib/infra/jobs";
import { closeDb } from "@/lib/infra/db";
import { Coverage } from "@/tests/support/money-model/coverage";
import { openBooks } from "@/tests/support/money-model/peer";
import { planOnce } from "@/tests/support/money-model/prepared";
import { runModel } from "@/tests/support/money-model/run";
import { visitEveryPair } from "@/tests/support/money-model/visit";
import { World } from "@/tests/support/money-model/world";
import { startProvider } from "@/tests/support/payments";
import { startChild } from "../../bench/children";

interface Wish {
  commands?: number;
  seed?: number;
  /** Ends sooner than by its commands, between two seeds. */
  minutes?: number;
  /** Each is a process with a database of its own, and seeds of its own. */
  workers?: number;
}

interface Figures {
  /** Every story of these seeds was told whole; the next campaign goes on with `next`. */
  seeds: string;
  next: number;
  seconds: number;
  commands: number;
  pairs: number;
  never: number;
  broken: string | null;
  kept: boolean;
}

/** Read by `npm run campaign`: nothing of it is kept, and its database is never stopped in between. */
export const forgetsAll = true;

/** So many commands have a seed of their own: `--commands=1000 --seed=<it>` tells the same story again. */
const PORTION = 1_000;
const PROGRESS_MS = 30_000;
/** No worker tells so many stories that it reaches the seeds of the next. */
const SEEDS_OF_A_WORKER = 100_000;

/**
 * Bookings and money under everything that may happen to them, in any order: after each command all promises are asked.
 * At the end every step was done in every state at least once: `never` is how many of the `pairs` were not.
 */
export async function run({
  commands = 50_000,
  seed = Date.now() % 2 ** 30,
  minutes = Infinity,
  workers = 1,
}: Wish) {
  if (workers > 1) return runBeside({ commands, seed, minutes, workers });
  const figures = await tell(commands, seed, minutes);
  // A worker of a campaign says it to the process that forked it.
  process.send?.(figures);
  return figures;
}

async function tell(commands: number, seed: number, minutes: number): Promise<Figures> {
  const since = performance.now();
  planOnce();
  const peer = openBooks(await startProvider());
  const world = await World.open(peer, true, true);
  let broken: string | null = null;
  let done = 0;
  let next = seed;
  let coverage = new Coverage();
  const say = (what: string) =>
    process.stdout.write(`${new Date().toISOString()} seed ${next}: ${done} commands ${what}\n`);
  const progress = setInterval(() => say(`and ${coverage.commands} of this seed`), PROGRESS_MS);
  const isOver = () => done >= commands || performance.now() - since > minutes * 60_000;
  try {
    while (!isOver()) {
      coverage = new Coverage();
      await runModel(world, coverage, { seed: next, commands: Math.min(PORTION, commands - done) });
      done += coverage.commands;
      say("kept");
      next += 1;
    }
    const before = coverage.commands;
    await visitEveryPair(world, coverage);
    done += coverage.commands - before;
  } catch (error) {
    broken = error instanceof Error ? `${error.message}\n${String(error.cause ?? "")}` : String(error);
    say("kept, and then a promise was broken");
  }
  clearInterval(progress);
  await world.close();
  await closeJobs();
  await closeDb();
  await peer.stop();
  dropStripe();
  const seconds = Math.round((performance.now() - since) / 1000);
  const [{ pairs }, never] = [coverage, coverage.missing().length];
  const told = { seeds: next > seed ? `${seed} to ${next - 1}` : "none", next, seconds, commands: done };
  return { ...told, pairs, never, broken, kept: broken === null && never === 0 };
}

/** The same campaign in several processes: one core tells one story at a time. */
async function runBeside({ commands, seed, minutes, workers }: Required<Wish>) {
  const each = Array.from({ length: workers }, (_one, index) => {
    const words = { commands: Math.ceil(commands / workers), seed: seed + index * SEEDS_OF_A_WORKER };
    const wish = Number.isFinite(minutes) ? { ...words, minutes } : words;
    return worker(Object.entries(wish).map(([name, value]) => `--${name}=${value}`));
  });
  const told = await Promise.all(each);
  const sum = told.reduce((all, { commands: own }) => all + own, 0);
  return { workers: told, commands: sum, kept: told.every((one) => one.kept) };
}

function worker(words: readonly string[]): Promise<Figures> {
  return new Promise((resolve, reject) => {
    let figures: Figures | null = null;
    const [script = ""] = process.argv.slice(1);
    const child = startChild(script, { args: ["model", ...words], out: "inherit" });
    child.on("message", (told) => {
      figures = told as Figures;
    });
    child.once("error", reject);
    child.once("exit", (code) => {
      if (figures) resolve(figures);
      else reject(new Error(`A worker ended with ${code} and told nothing.`));
    });
  });
}
