import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  control,
  eventually,
  payWith,
  sessionWishes,
  startPeer,
  submit,
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

const newSession = (change = {}) => peer.stripe.checkout.sessions.create(sessionWishes(change));

const toldAll = (count: number) => eventually(() => (peer.portal.told.length >= count ? true : null));

describe("a payment page", () => {
  it("takes the money once and tells the portal before the buyer is back", async () => {
    const session = await newSession();
    const paid = await payWith(session.url, "4242 4242 4242 4242");

    expect(paid.status).toBe(303);
    expect(paid.headers.get("location")).toBe(`http://127.0.0.1:3000/en/my/paid?session=${session.id}`);
    expect(typesTold(peer.portal)).toEqual([
      "payment_intent.created",
      "charge.succeeded",
      "payment_intent.succeeded",
      "checkout.session.completed",
    ]);
    const completed = peer.portal.told.at(-1)?.event;
    expect(completed?.data.object).toMatchObject({
      id: session.id,
      amount_total: 120_000,
      currency: "eur",
      client_reference_id: "booking-1",
      payment_status: "paid",
      livemode: false,
      url: null,
    });
  });

  it("leaves a charge with fee, metadata and transfer group behind", async () => {
    const session = await newSession();
    await payWith(session.url, "4242424242424242");

    const found = await peer.stripe.checkout.sessions.retrieve(session.id, {
      expand: ["payment_intent.latest_charge.balance_transaction", "line_items"],
    });
    expect(found.line_items?.data[0]).toMatchObject({
      amount_total: 120_000,
      description: "Deposit, booking B-1",
    });
    expect(found.payment_intent).toMatchObject({
      amount_received: 120_000,
      metadata: { plan_item: "p-1" },
      transfer_group: "case-1",
      latest_charge: { paid: true, balance_transaction: { amount: 120_000, fee: 1_825, net: 118_175 } },
    });
  });

  it("charges once when the form is sent twice at the same moment, and again later", async () => {
    const session = await newSession();
    const both = await Promise.all([
      payWith(session.url, "4242424242424242"),
      payWith(session.url, "4242424242424242"),
    ]);
    const later = await payWith(session.url, "4242424242424242");

    expect([...both, later].map((answer) => answer.status)).toEqual([303, 303, 303]);
    expect((await peer.stripe.charges.list()).data).toHaveLength(1);
    expect(typesTold(peer.portal).filter((type) => type === "checkout.session.completed")).toHaveLength(1);
  });

  it.each([
    ["4000000000000002", "generic_decline", "Your card was declined"],
    ["4000000000009995", "insufficient_funds", "insufficient funds"],
  ])("says that card %s was refused and takes another one after it", async (number, reason, sentence) => {
    const session = await newSession();
    const refused = await payWith(session.url, number);

    expect(refused.status).toBe(402);
    expect(await refused.text()).toContain(sentence);
    await toldAll(3);
    expect(typesTold(peer.portal)).toEqual([
      "payment_intent.created",
      "charge.failed",
      "payment_intent.payment_failed",
    ]);
    expect(peer.portal.told.at(-1)?.event.data.object).toMatchObject({
      status: "requires_payment_method",
      last_payment_error: { code: "card_declined", decline_code: reason, type: "card_error" },
    });
    expect((await payWith(session.url, "4242424242424242")).status).toBe(303);
    expect((await peer.stripe.paymentIntents.list()).data).toHaveLength(1);
  });

  it.each([
    ["4242424242424241", "card number is not right"],
    ["4111111111111111", "test cards only"],
    ["", "Enter a card number"],
  ])("refuses the number '%s' without an attempt", async (number, sentence) => {
    const session = await newSession();
    const refused = await payWith(session.url, number);

    expect(refused.status).toBe(402);
    expect(await refused.text()).toContain(sentence);
    expect((await peer.stripe.events.list()).data).toHaveLength(0);
  });

  it("refuses an expired card and a malformed security code", async () => {
    const session = await newSession();
    const card = "4242424242424242";

    expect((await submit(session.url, { card, exp: "01/20" })).status).toBe(402);
    expect((await submit(session.url, { card, cvc: "12" })).status).toBe(402);
    expect((await submit(session.url, { card, exp: "12/34", cvc: "123" })).status).toBe(303);
  });

  it.each(["4000002500003155", "4000000000003220"])("asks the bank before it charges %s", async (number) => {
    const session = await newSession();
    const step = await payWith(session.url, number);

    expect(step.status).toBe(200);
    expect(await step.text()).toContain("Confirm with your bank");
    expect((await peer.stripe.charges.list()).data).toHaveLength(0);
    expect((await submit(session.url, { authenticate: "authorize" })).status).toBe(303);
    expect(
      (await peer.stripe.charges.list()).data[0]?.payment_method_details?.card?.three_d_secure,
    ).toMatchObject({
      result: "authenticated",
    });
  });

  it("charges nothing when the buyer refuses at the bank", async () => {
    const session = await newSession();
    await payWith(session.url, "4000002500003155");
    const refused = await submit(session.url, { authenticate: "fail" });

    expect(refused.status).toBe(402);
    expect(await refused.text()).toContain("not confirmed with your bank");
    expect((await peer.stripe.charges.list()).data).toHaveLength(0);
    await toldAll(3);
    expect(typesTold(peer.portal)).toContain("payment_intent.payment_failed");
  });

  it("closes by the clock, says so, and tells the portal", async () => {
    const now = Math.floor(Date.now() / 1_000);
    const session = await newSession({ expires_at: now + 31 * 60 });
    await control(peer, "clock", { advanceSeconds: 31 * 60 + 1 });
    const late = await payWith(session.url, "4242424242424242");

    expect(late.status).toBe(410);
    expect(await late.text()).toContain("This payment page has expired");
    expect((await peer.stripe.checkout.sessions.retrieve(session.id)).status).toBe("expired");
    expect(typesTold(peer.portal)).toEqual(["checkout.session.expired"]);
    expect((await peer.stripe.charges.list()).data).toHaveLength(0);
  });

  it("closes when the portal expires it, once", async () => {
    const session = await newSession();
    const expired = await peer.stripe.checkout.sessions.expire(session.id);

    expect(expired).toMatchObject({ status: "expired", url: null });
    await expect(peer.stripe.checkout.sessions.expire(session.id)).rejects.toMatchObject({ statusCode: 400 });
    expect((await payWith(session.url, "4242424242424242")).status).toBe(410);
  });

  it("speaks the buyer's language without script and lets the form lead back to the portal", async () => {
    const session = await newSession({ locale: "de" });
    const page = await fetch(session.url ?? "");
    const html = await page.text();

    expect(html).toContain('<html lang="de" dir="ltr">');
    expect(html).toContain("Nur Testzahlungen");
    expect(html.match(/1\.200,00\u00a0EUR/g)?.length).toBeGreaterThan(2);
    expect(html).toContain("Deposit, booking B-1");
    expect(html).not.toContain("<script");
    expect(page.headers.get("content-security-policy")).toContain("form-action 'self' http://127.0.0.1:3000");
  });

  it("shows what is paid for as text and not as markup", async () => {
    const price_data = {
      currency: "eur",
      unit_amount: 100,
      product_data: { name: `<img src=x onerror="alert(1)">` },
    };
    const session = await newSession({ line_items: [{ quantity: 1, price_data }] });

    expect(await (await fetch(session.url ?? "")).text()).not.toContain("<img");
  });

  it("takes a bank debit at once and the money when the bank answers", async () => {
    const session = await newSession();
    const sent = await submit(session.url, { iban: "DE89 3704 0044 0532 0130 00" });

    expect(sent.status).toBe(303);
    expect(await peer.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
      status: "complete",
      payment_status: "unpaid",
    });
    await control(peer, "clock", { advanceSeconds: 10 });
    expect(typesTold(peer.portal).slice(-3)).toEqual([
      "charge.succeeded",
      "payment_intent.succeeded",
      "checkout.session.async_payment_succeeded",
    ]);
    expect((await peer.stripe.checkout.sessions.retrieve(session.id)).payment_status).toBe("paid");
  });

  it("tells when the bank sends a debit back", async () => {
    const session = await newSession();
    await submit(session.url, { iban: "DE62370400440532013001" });
    await control(peer, "clock", { advanceSeconds: 10 });

    expect(typesTold(peer.portal).at(-1)).toBe("checkout.session.async_payment_failed");
    expect((await peer.stripe.checkout.sessions.retrieve(session.id)).payment_status).toBe("unpaid");
  });

  it("opens a dispute after a card that disputes, and decides it by the evidence", async () => {
    const session = await newSession();
    await payWith(session.url, "4000000000000259");
    const opened = await eventually(async () => (await peer.stripe.disputes.list()).data[0] ?? null);
    const won = await peer.stripe.disputes.update(opened.id, {
      evidence: { uncategorized_text: "winning_evidence" },
    });

    expect(opened).toMatchObject({ amount: 120_000, status: "needs_response" });
    expect(won.status).toBe("won");
    await eventually(() => (typesTold(peer.portal).includes("charge.dispute.closed") ? true : null));
    const balance = await peer.stripe.balance.retrieve();
    expect(balance.pending).toMatchObject([{ currency: "eur", amount: 120_000 - 1_825 - 1_500 }]);
  });
});

describe("a new session", () => {
  it.each([
    [{ ui_mode: "embedded_page" }, "ui_mode"],
    [{ mode: "subscription" }, "mode"],
    [{ success_url: undefined }, "success_url"],
    [{ line_items: undefined }, "line_items"],
    [{ expires_at: Math.floor(Date.now() / 1_000) + 29 * 60 }, "expires_at"],
    [{ expires_at: Math.floor(Date.now() / 1_000) + 25 * 60 * 60 }, "expires_at"],
    [{ subscription_data: {}, discounts: [{ coupon: "half" }] }, "discounts"],
  ])("is refused with %j", async (change, param) => {
    await expect(newSession(change)).rejects.toMatchObject({
      statusCode: 400,
      type: "StripeInvalidRequestError",
      param,
    });
  });

  it.each([
    ["jpy", 5_000_000, "JPY"],
    ["kwd", 1_234_560, "KWD"],
    ["eur", 1, "EUR"],
  ])("takes whole minor units of %s", async (currency, unit_amount, code) => {
    const price_data = { currency, unit_amount, product_data: { name: "Deposit" } };
    const session = await newSession({ line_items: [{ quantity: 1, price_data }] });

    expect(session.amount_total).toBe(unit_amount);
    expect(await (await fetch(session.url ?? "")).text()).toContain(code);
  });

  it("is refused in an unknown currency or half a cent", async () => {
    const product_data = { name: "Deposit" };
    const of = (currency: string, unit_amount: number) =>
      newSession({ line_items: [{ quantity: 1, price_data: { currency, unit_amount, product_data } }] });

    await expect(of("xyz", 100)).rejects.toMatchObject({ param: "line_items[0][price_data][currency]" });
    await expect(of("kwd", 1_234_567)).rejects.toMatchObject({
      code: "invalid_charge_amount",
      param: "line_items[0][price_data][unit_amount]",
    });
    await expect(of("eur", 10.5)).rejects.toMatchObject({ code: "parameter_invalid_integer" });
  });
});
