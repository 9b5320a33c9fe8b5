import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import Stripe from "stripe";
import {
  clientOf,
  control,
  eventually,
  payWith,
  sessionWishes,
  startPeer,
  typesTold,
  type Peer,
} from "@/tests/support/stripe-sandbox";

let peer: Peer;

beforeAll(async () => {
  peer = await startPeer();
});
afterAll(() => peer.stop());
beforeEach(async () => {
  await control(peer, "reset");
  peer.portal.told.length = 0;
});

async function paidIntent(card = "4242424242424242"): Promise<string> {
  const session = await peer.stripe.checkout.sessions.create(sessionWishes());
  await payWith(session.url, card);
  const { payment_intent: intent } = await peer.stripe.checkout.sessions.retrieve(session.id);
  return String(intent);
}

describe("refunds", () => {
  it("give part back, then the rest, and never more than was paid", async () => {
    const payment_intent = await paidIntent();
    const part = await peer.stripe.refunds.create({
      payment_intent,
      amount: 20_000,
      metadata: { cause: "visa" },
    });

    expect(part).toMatchObject({ status: "succeeded", amount: 20_000, metadata: { cause: "visa" } });
    await expect(peer.stripe.refunds.create({ payment_intent, amount: 100_001 })).rejects.toMatchObject({
      statusCode: 400,
      param: "amount",
    });
    expect((await peer.stripe.refunds.create({ payment_intent })).amount).toBe(100_000);
    await expect(peer.stripe.refunds.create({ payment_intent })).rejects.toMatchObject({
      code: "charge_already_refunded",
    });
    expect((await peer.stripe.charges.list({ payment_intent })).data).toMatchObject([
      { amount_refunded: 120_000, refunded: true },
    ]);
    await eventually(() =>
      typesTold(peer.portal).filter((type) => type === "charge.refunded")[1] ? true : null,
    );
  });

  it("stay within what was paid when many are asked at once", async () => {
    const payment_intent = await paidIntent();
    const asked = await Promise.allSettled(
      Array.from({ length: 10 }, () => peer.stripe.refunds.create({ payment_intent, amount: 50_000 })),
    );

    expect(asked.filter((answer) => answer.status === "fulfilled")).toHaveLength(2);
  });

  it("that the bank sends back return to the balance", async () => {
    const payment_intent = await paidIntent("4000000000005126");
    const before = await peer.stripe.balance.retrieve();
    const { id } = await peer.stripe.refunds.create({ payment_intent });
    await control(peer, "clock", { advanceSeconds: 10 });

    expect(await peer.stripe.refunds.retrieve(id)).toMatchObject({ status: "failed" });
    expect(typesTold(peer.portal)).toContain("refund.failed");
    expect(await peer.stripe.balance.retrieve()).toEqual(before);
  });

  it("wait for a slow bank", async () => {
    const payment_intent = await paidIntent("4000000000007726");
    const { id, status } = await peer.stripe.refunds.create({ payment_intent });
    await control(peer, "clock", { advanceSeconds: 10 });

    expect(status).toBe("pending");
    expect((await peer.stripe.refunds.retrieve(id)).status).toBe("succeeded");
    expect(typesTold(peer.portal)).toContain("refund.updated");
  });

  it("stay sent back when a slow bank did that before it took them", async () => {
    const payment_intent = await paidIntent("4000000000007726");
    const { id } = await peer.stripe.refunds.create({ payment_intent });
    await control(peer, "bounce", { refund: id });
    await control(peer, "clock", { advanceSeconds: 10 });

    expect((await peer.stripe.refunds.retrieve(id)).status).toBe("failed");
  });

  it("cannot be cancelled, but annotated", async () => {
    const { id } = await peer.stripe.refunds.create({ payment_intent: await paidIntent() });

    await expect(peer.stripe.refunds.cancel(id)).rejects.toMatchObject({ statusCode: 400 });
    expect((await peer.stripe.refunds.update(id, { metadata: { note: "x" } })).metadata).toEqual({
      note: "x",
    });
  });
});

describe("payment intents", () => {
  it("are confirmed, held and captured in part", async () => {
    const held = await peer.stripe.paymentIntents.create({
      amount: 5_000,
      currency: "EUR",
      capture_method: "manual",
      payment_method: "pm_card_visa",
      confirm: true,
    });
    const taken = await peer.stripe.paymentIntents.capture(held.id, { amount_to_capture: 3_000 });

    expect(held).toMatchObject({ status: "requires_capture", amount_capturable: 5_000, currency: "eur" });
    expect(taken).toMatchObject({ status: "succeeded", amount_received: 3_000, amount_capturable: 0 });
  });

  it("throw the card error the SDK knows", async () => {
    const declined = peer.stripe.paymentIntents.create({
      amount: 5_000,
      currency: "eur",
      payment_method: "pm_card_chargeDeclinedInsufficientFunds",
      confirm: true,
    });

    await expect(declined).rejects.toBeInstanceOf(Stripe.errors.StripeCardError);
    await expect(declined).rejects.toMatchObject({ statusCode: 402, decline_code: "insufficient_funds" });
  });

  it("are cancelled once and then stay so", async () => {
    const { id } = await peer.stripe.paymentIntents.create({ amount: 100, currency: "eur" });

    expect((await peer.stripe.paymentIntents.cancel(id)).status).toBe("canceled");
    await expect(
      peer.stripe.paymentIntents.confirm(id, { payment_method: "pm_card_visa" }),
    ).rejects.toMatchObject({
      code: "payment_intent_unexpected_state",
    });
  });
});

describe("an Idempotency-Key", () => {
  it("gives the same answer to the same request and does the work once", async () => {
    const options = { idempotencyKey: "row-1:create" };
    const first = await peer.stripe.checkout.sessions.create(sessionWishes(), options);
    const again = await peer.stripe.checkout.sessions.create(sessionWishes(), options);

    expect(again.id).toBe(first.id);
    expect(again.lastResponse.headers["idempotent-replayed"]).toBe("true");
    expect((await peer.stripe.checkout.sessions.list()).data).toHaveLength(1);
  });

  it("refuses another request", async () => {
    const options = { idempotencyKey: "row-2:create" };
    await peer.stripe.checkout.sessions.create(sessionWishes(), options);

    await expect(
      peer.stripe.checkout.sessions.create(sessionWishes({ client_reference_id: "other" }), options),
    ).rejects.toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
  });

  it("lets one of many at once do the work", async () => {
    const payment_intent = await paidIntent();
    const asked = await Promise.allSettled(
      Array.from({ length: 10 }, () =>
        peer.stripe.refunds.create({ payment_intent, amount: 1_000 }, { idempotencyKey: "row-3:refund" }),
      ),
    );
    const ids = asked.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value.id] : []));
    const conflicts = asked.flatMap((answer) =>
      answer.status === "rejected" ? [answer.reason.statusCode] : [],
    );

    expect(new Set(ids).size).toBe(1);
    expect(conflicts.every((status) => status === 409)).toBe(true);
    expect((await peer.stripe.refunds.list({ payment_intent })).data).toHaveLength(1);
  });

  it("stays free after a malformed request and is forgotten after a day", async () => {
    const options = { idempotencyKey: "row-4:create" };
    await expect(
      peer.stripe.checkout.sessions.create(sessionWishes({ line_items: undefined }), options),
    ).rejects.toMatchObject({ code: "parameter_missing" });
    const first = await peer.stripe.checkout.sessions.create(sessionWishes(), options);
    await control(peer, "clock", { advanceSeconds: 24 * 60 * 60 });

    expect((await peer.stripe.checkout.sessions.create(sessionWishes(), options)).id).not.toBe(first.id);
  });
});

describe("the API", () => {
  it("refuses a foreign or absent key", async () => {
    const stranger = clientOf({ url: peer.url, secretKey: "sk_test_stranger" });

    await expect(stranger.balance.retrieve()).rejects.toBeInstanceOf(Stripe.errors.StripeAuthenticationError);
    expect((await fetch(`${peer.url}/v1/balance`)).status).toBe(401);
  });

  it("refuses addresses and fields it does not speak", async () => {
    await expect(peer.stripe.transfers.list()).rejects.toMatchObject({
      statusCode: 404,
      type: "StripeInvalidRequestError",
      message: expect.stringContaining("Unrecognized request URL (GET: /v1/transfers)"),
    });
    await expect(peer.stripe.customers.create({ name: "A", balance: 5 })).rejects.toMatchObject({
      code: "parameter_unknown",
      param: "balance",
    });
    await expect(peer.stripe.refunds.create({})).rejects.toMatchObject({ code: "parameter_missing" });
  });

  it.each(["checkout/sessions", "payment_intents", "charges", "refunds", "customers", "disputes", "events"])(
    "does not find a foreign id among %s",
    async (collection) => {
      const headers = { authorization: `Bearer ${peer.secretKey}` };
      const response = await fetch(`${peer.url}/v1/${collection}/nothing`, { headers });

      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ error: { code: "resource_missing" } });
      expect(response.headers.get("request-id")).toMatch(/^req_/);
    },
  );

  it("keeps customers and lists them page by page", async () => {
    const made = [];
    for (const name of ["A", "B", "C"]) made.push(await peer.stripe.customers.create({ name }));
    const first = await peer.stripe.customers.list({ limit: 2 });
    const rest = await peer.stripe.customers.list({ limit: 2, starting_after: first.data[1]?.id });
    const back = await peer.stripe.customers.list({ limit: 2, ending_before: rest.data[0]?.id });

    expect(first).toMatchObject({ has_more: true, data: [{ name: "C" }, { name: "B" }] });
    expect(rest).toMatchObject({ has_more: false, data: [{ name: "A" }] });
    expect(back.data).toEqual(first.data);
    expect(await peer.stripe.customers.del(made[0]?.id ?? "")).toMatchObject({ deleted: true });
    await expect(peer.stripe.customers.retrieve(made[0]?.id ?? "")).rejects.toMatchObject({
      statusCode: 404,
    });
  });

  it("expands only what can be expanded", async () => {
    const payment_intent = await paidIntent();
    const list = await peer.stripe.refunds.create({ payment_intent, expand: ["charge.balance_transaction"] });

    expect(list.charge).toMatchObject({ object: "charge", balance_transaction: { type: "charge" } });
    await expect(
      peer.stripe.paymentIntents.retrieve(payment_intent, { expand: ["metadata"] }),
    ).rejects.toMatchObject({
      statusCode: 400,
      param: "expand",
    });
  });

  it("adds up: balance is payments less fees less refunds", async () => {
    const payment_intent = await paidIntent();
    await peer.stripe.refunds.create({ payment_intent, amount: 20_000 });
    const moves = await peer.stripe.balanceTransactions.list();

    expect(moves.data.map((move) => [move.type, move.net])).toEqual([
      ["refund", -20_000],
      ["charge", 118_175],
    ]);
    expect((await peer.stripe.balance.retrieve()).pending).toMatchObject([
      { amount: 98_175, currency: "eur" },
    ]);
    await control(peer, "clock", { advanceSeconds: 3 * 24 * 60 * 60 });
    expect((await peer.stripe.balance.retrieve()).available).toMatchObject([{ amount: 98_175 }]);
  });
});
