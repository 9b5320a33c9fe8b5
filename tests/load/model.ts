import { dropStripe } from "@/lib/infra/stripe";
import { closeJobs } from "@/lib/infra/jobs";
import { closeDb } from "@/lib/infra/db";
import { Coverage } from "@/tests/support/money-model/coverage";
import { openBooks } from "@/tests/support/money-model/peer";
import { runModel } from "@/tests/support/money-model/run";
import { visitEveryPair } from "@/tests/support/money-model/visit";
import { World } from "@/tests/support/money-model/world";
import { startProvider } from "@/tests/support/payments";

/**
 * Bookings and money under everything that may happen to them, in any order: after each command all promises are asked.
 * At the end every step was done in every state at least once: `never` is how many of the `pairs` were not.
 */
export async function run({ commands = 50_000, seed = Date.now() % 2 ** 31 }) {
  const since = performance.now();
  const peer = openBooks(await startProvider());
  const world = await World.open(peer);
  process.stdout.write(`seed ${seed}\n`);
  let broken: string | null = null;
  const coverage = new Coverage();
  try {
    await runModel(world, coverage, { seed, commands });
    await visitEveryPair(world, coverage);
  } catch (error) {
    broken = error instanceof Error ? `${error.message}\n${String(error.cause ?? "")}` : String(error);
  }
  await world.close();
  await closeJobs();
  await closeDb();
  await peer.stop();
  dropStripe();
  const seconds = Math.round((performance.now() - since) / 1000);
  const { commands: done, pairs } = coverage;
  return {
    seed,
    seconds,
    commands: done,
    pairs,
    never: coverage.missing().length,
    broken,
    kept: broken === null,
  };
}
