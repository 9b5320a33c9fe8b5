import { afterAll, beforeAll, expect, it } from "vitest";
import { dropStripe } from "@/lib/infra/stripe";
import { comeToRest } from "@/tests/support/money-model/clock-steps";
import { Coverage } from "@/tests/support/money-model/coverage";
import { brokenPromises } from "@/tests/support/money-model/invariants";
import { openBooks, type Peer } from "@/tests/support/money-model/peer";
import { runModel } from "@/tests/support/money-model/run";
import { goTo, refundOf, visitEveryPair } from "@/tests/support/money-model/visit";
import { World } from "@/tests/support/money-model/world";
import { startProvider } from "@/tests/support/payments";

/** `MODEL_SEED` and `MODEL_COMMANDS` tell another story, or a longer one; the long ones are `npm run campaign -- model`. */
const SEED = Number(process.env.MODEL_SEED ?? 20_261_122);
const COMMANDS = Number(process.env.MODEL_COMMANDS ?? 1_000);
const PATIENCE_MS = 900_000;

const coverage = new Coverage();
let peer: Peer;
let world: World;

beforeAll(async () => {
  peer = openBooks(await startProvider());
  world = await World.open(peer);
});

afterAll(async () => {
  await world.close();
  await peer.stop();
  dropStripe();
});

it(
  `keeps every promise whatever happens to bookings and money, in whatever order (seed ${SEED})`,
  { timeout: PATIENCE_MS },
  async () => {
    await runModel(world, coverage, { seed: SEED, commands: COMMANDS });

    expect(coverage.commands).toBeGreaterThanOrEqual(COMMANDS);
  },
);

it(
  "keeps them for every step in every state of booking, payment and refund",
  { timeout: PATIENCE_MS },
  async () => {
    await visitEveryPair(world, coverage);

    expect(coverage.missing()).toEqual([]);
    expect(coverage.pairs).toBeGreaterThan(250);
  },
);

it(
  "comes to rest only when the banks have answered what was sent on the way there",
  { timeout: PATIENCE_MS },
  async () => {
    await goTo(world, new Coverage(), refundOf("pay_refund_fails"));

    await comeToRest(world);

    // It reached the card, and the payer's bank sent it back two seconds later.
    expect((await world.snapshot()).refund.map(({ state }) => state)).toEqual(["failed"]);
    expect(await brokenPromises(world, { sweep: true, rest: true, dice: 0 })).toEqual([]);
  },
);
