import { afterAll, beforeAll, expect, it } from "vitest";
import { dropStripe } from "@/lib/infra/stripe";
import { startProvider } from "../payments";
import { Coverage } from "./coverage";
import { openBooks, type Peer } from "./peer";
import { planOnce } from "./prepared";
import { runModel } from "./run";
import { World } from "./world";

/** `MODEL_SEED` and `MODEL_COMMANDS` tell another story, or a longer one; the long ones are `npm run campaign -- model`. */
const SEED = Number(process.env.MODEL_SEED ?? 20_261_122);
const PATIENCE_MS = 3_600_000;
/** So many commands have a seed of their own: to tell a broken story again takes no more than these. */
const PORTION = 1_000;

export interface Stage {
  peer: Peer;
  world: World;
}

/** The provider and an empty world, from before the first test of a file until after its last. */
export function openStage(): () => Stage {
  let stage: Stage | null = null;
  beforeAll(async () => {
    planOnce();
    const peer = openBooks(await startProvider());
    stage = { peer, world: await World.open(peer, true, true) };
  });
  afterAll(async () => {
    await stage?.world.close();
    await stage?.peer.stop();
    dropStripe();
  });
  return () => {
    if (!stage) throw new Error("There is no stage yet.");
    return stage;
  };
}

/** Tells so many commands from `first` seeds after the one of this run on, and asks every promise after each. */
export function tellStories(
  stage: () => Stage,
  first: number,
  usual: number,
  coverage = new Coverage(),
): void {
  const from = SEED + first;
  const wanted = Number(process.env.MODEL_COMMANDS ?? usual);
  it(
    `keeps every promise whatever happens to bookings and money, in whatever order (from seed ${from} on)`,
    { timeout: PATIENCE_MS },
    async () => {
      let told = 0;
      let seen = coverage;
      for (let seed = from; told < wanted; seed += 1, seen = new Coverage()) {
        const commands = Math.min(PORTION, wanted - told);
        await runModel(stage().world, seen, { seed, commands }).catch((error: unknown) => {
          throw new Error(`Tell it again with MODEL_SEED=${seed - first} MODEL_COMMANDS=${commands}.`, {
            cause: error,
          });
        });
        told += seen.commands;
      }
      expect(told).toBeGreaterThanOrEqual(wanted);
    },
  );
}
