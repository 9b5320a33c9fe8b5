import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { control, payWith, type Peer, sessionWishes, startPeer } from "@/tests/support/stripe-sandbox";

let peer: Peer;

beforeAll(async () => {
  peer = await startPeer();
});
afterAll(() => peer.stop());

/** A payment of 1,200.00 by card, and what its buyer's bank does with it. */
async function makePaid() {
  const { stripe } = peer;
  const session = await stripe.checkout.sessions.create(sessionWishes());
  await payWith(session.url, "4242424242424242");
  const { payment_intent: intent } = await stripe.checkout.sessions.retrieve(session.id);
  const paymentIntent = String(intent);
  const ask = async (amount?: number) => {
    await control(peer, "dispute", { paymentIntent, ...(amount === undefined ? {} : { amount }) });
    return (await stripe.disputes.list({ payment_intent: paymentIntent })).data[0]?.id ?? "";
  };
  const say = (id: string, text: string) =>
    stripe.disputes.update(id, { evidence: { uncategorized_text: text } });
  const refund = (amount?: number) =>
    stripe.refunds.create({ payment_intent: paymentIntent, ...(amount === undefined ? {} : { amount }) });
  const isDisputed = async () =>
    (await stripe.charges.list({ payment_intent: paymentIntent })).data[0]?.disputed;
  return { ask, say, refund, isDisputed };
}

const movesOf = async (id: string) =>
  (await peer.stripe.disputes.retrieve(id)).balance_transactions.map(({ amount, fee }) => [amount, fee]);

describe("a dispute of a part", () => {
  it("takes that part alone, at once with others, and no more than was paid in all", async () => {
    const { ask, isDisputed } = await makePaid();
    const [first, second] = [await ask(50_000), await ask(70_000)];

    expect(await movesOf(first)).toEqual([[-50_000, 1_500]]);
    expect(await movesOf(second)).toEqual([[-70_000, 1_500]]);
    await expect(ask(1)).rejects.toThrow(/0 can be disputed/);
    expect(await isDisputed()).toBe(true);
  });

  it("keeps all of it from being refunded until each is decided, and then what was lost", async () => {
    const { ask, say, refund, isDisputed } = await makePaid();
    const [first, second] = [await ask(50_000), await ask(30_000)];
    await say(first, "losing_evidence");
    await expect(refund(1_000)).rejects.toMatchObject({ code: "charge_disputed" });
    await say(second, "winning_evidence");

    expect(await isDisputed()).toBe(false);
    expect(await movesOf(second)).toEqual([
      [-30_000, 1_500],
      [30_000, 0],
    ]);
    await expect(refund(70_001)).rejects.toMatchObject({ code: "amount_too_large" });
    expect((await refund()).amount).toBe(70_000);
  });

  it("may be of what was refunded, which comes back where the bank hears of it", async () => {
    const { ask, say, refund } = await makePaid();
    await refund(40_000);
    const { status } = await say(await ask(120_000), "refunded_before");

    expect(status).toBe("lost");
    const { data } = await peer.stripe.disputes.list();
    expect(await movesOf(data[0]?.id ?? "")).toEqual([
      [-120_000, 1_500],
      [40_000, 0],
    ]);
  });
});
