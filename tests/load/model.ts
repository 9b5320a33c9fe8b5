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

interface Wish {
  commands?: number;
  seed?: number;
  /** Ends sooner than by its commands. */
  minutes?: number;
}

/** So many commands have a seed of their own: `--commands=1000 --seed=<it>` tells the same story again. */
const PORTION = 1_000;

/**
 * Bookings and money under everything that may happen to them, in any order: after each command all promises are asked.
 * At the end every step was done in every state at least once: `never` is how many of the `pairs` were not.
 */
export async function run({ commands = 50_000, seed = Date.now() % 2 ** 31, minutes = Infinity }: Wish) {
  const since = performance.now();
  planOnce();
  const peer = openBooks(await startProvider());
  const world = await World.open(peer, true, true);
  let broken: string | null = null;
  let done = 0;
  let last = seed;
  let coverage = new Coverage();
  const isOver = () => done >= commands || performance.now() - since > minutes * 60_000;
  try {
    for (; !isOver(); last += 1) {
      coverage = new Coverage();
      await runModel(world, coverage, { seed: last, commands: Math.min(PORTION, commands - done) });
      done += coverage.commands;
      process.stdout.write(`seed ${last}: ${done} commands\n`);
    }
    const before = coverage.commands;
    await visitEveryPair(world, coverage);
    done += coverage.commands - before;
  } catch (error) {
    broken = error instanceof Error ? `${error.message}\n${String(error.cause ?? "")}` : String(error);
    process.stdout.write(`seed ${last}: a promise was broken\n`);
  }
  await world.close();
  await closeJobs();
  await closeDb();
  await peer.stop();
  dropStripe();
  const seconds = Math.round((performance.now() - since) / 1000);
  const [{ pairs }, never] = [coverage, coverage.missing().length];
  return { seed, seconds, commands: done, pairs, never, broken, kept: broken === null && never === 0 };
}
