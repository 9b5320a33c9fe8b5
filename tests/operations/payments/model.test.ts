import { expect, it } from "vitest";
import { comeToRest } from "@/tests/support/money-model/clock-steps";
import { Coverage } from "@/tests/support/money-model/coverage";
import { brokenPromises } from "@/tests/support/money-model/invariants";
import { brokenAtRest } from "@/tests/support/money-model/rest";
import { openStage, tellStories } from "@/tests/support/money-model/tell";
import { goTo, refundOf, type Stride, visitEveryPair } from "@/tests/support/money-model/visit";

const PATIENCE_MS = 1_800_000;

const coverage = new Coverage();
const stage = openStage();

tellStories(stage, 0, 1_000, coverage);

it(
  "keeps them for every step in every state of booking, payment, refund, second opinion, way back and mark",
  { timeout: PATIENCE_MS },
  async () => {
    await visitEveryPair(stage().world, coverage);

    expect(coverage.missing()).toEqual([]);
    expect(coverage.pairs).toBeGreaterThan(350);
  },
);

it(
  "comes to rest only when the banks have answered what was sent on the way there",
  { timeout: PATIENCE_MS },
  async () => {
    const { world } = stage();
    await goTo(world, new Coverage(), refundOf("pay_refund_fails"));

    await comeToRest(world);

    // It reached the card, and the payer's bank sent it back two seconds later.
    expect((await world.snapshot()).refund.map(({ state }) => state)).toEqual(["failed"]);
    expect(await brokenPromises(world, { sweep: true, rest: true, dice: 0 })).toEqual([]);
  },
);

it(
  "follows what the payer's bank left of a deposit that came too late, whoever hears of it first",
  { timeout: PATIENCE_MS },
  async () => {
    const { world } = stage();
    const late: readonly Stride[] = ["hold", "sign_a", "sign_b", ["start_page", 1], ["pay_too_late", 1]];
    // A half is asked for and lost; the worker hears of that before, or after, it has looked at the deposit.
    const lost: readonly Stride[] = [["part_is_taken", 2], "reconcile"];
    for (const [first, state, refunds] of [
      [1, "cancelled", ["refused", "settled"]],
      [0, "awaiting_centre", []],
    ] as const) {
      const worked: readonly Stride[] = [["work_one", first], "work_all", "work_all"];
      const { seen } = await goTo(world, new Coverage(), [...late, ...lost, ...worked]);

      expect(seen.booking.map((booking) => booking.state)).toEqual([state]);
      expect(seen.refund.map((refund) => refund.state).toSorted()).toEqual(refunds);
      expect(await brokenAtRest(world)).toEqual([]);
    }
  },
);

it(
  "ends what was asked and what was owed where the payer's bank took the payment",
  { timeout: PATIENCE_MS },
  async () => {
    const { world } = stage();
    const lost: readonly Stride[] = [
      "dispute_opens",
      "dispute_is_lost",
      "reconcile",
      ["work_one", 1],
      ["work_one", 1],
      "work_all",
    ];
    const approved = refundOf("pay_by_card");
    for (const way of [approved.slice(0, -1), approved]) {
      const { seen } = await goTo(world, new Coverage(), [...way, ...lost]);

      expect(seen.refund.map(({ state }) => state)).toEqual(["refused"]);
      expect(seen.payment.map(({ state }) => state)).toEqual(["lost"]);
    }
  },
);
