import type Stripe from "stripe";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  control,
  eventually,
  payWith,
  sessionWishes,
  startPeer,
  submit,
  type Peer,
} from "@/tests/support/stripe-sandbox";
import published from "@/tests/support/stripe-objects.json";

// Required by the SDK's types of this API version, while Stripe's published examples are older.
const newer: Record<string, string[]> = {
  "checkout.session": ["allowed_payment_method_types"],
  payment_intent: ["allowed_payment_method_types", "payment_record"],
  dispute: ["intended_submission_method", "evidence_details.submission_method"],
  charge: ["payment_method_details.card.electronic_commerce_indicator"],
};

// Where the examples hold nothing, or one field of many, the SDK's types say what may stand there.
const feeDetail = [
  "amount",
  "application",
  "currency",
  "description",
  "type",
] satisfies Fields<Stripe.BalanceTransaction.FeeDetail>;
const paymentError = [
  "charge",
  "code",
  "decline_code",
  "message",
  "type",
] satisfies Fields<Stripe.PaymentIntent.LastPaymentError>;
const nextAction = ["type", "use_stripe_sdk"] satisfies Fields<Stripe.PaymentIntent.NextAction>;
const typed: Record<string, string[]> = {
  "balance_transaction.fee_details": feeDetail,
  "payment_intent.last_payment_error": paymentError,
  "payment_intent.next_action": nextAction,
};

type Fields<T> = (keyof T)[];
type Json = Record<string, unknown>;

const examples: Json = published.resources;
let peer: Peer;

beforeAll(async () => {
  peer = await startPeer();
  const session = await peer.stripe.checkout.sessions.create(sessionWishes());
  await payWith(session.url, "4000000000000002");
  await payWith(session.url, "4000000000000259");
  const { payment_intent } = await peer.stripe.checkout.sessions.retrieve(session.id);
  await peer.stripe.customers.create({ email: "a@demo.valvia.test" });
  await peer.stripe.refunds.create({ payment_intent: String(payment_intent), amount: 100 });
  await control(peer, "clock", { advanceSeconds: 5 });
  await eventually(async () => (await peer.stripe.disputes.list()).data[0] ?? null);
  await everyState();
});
afterAll(() => peer.stop());

/** Objects in the states a story seldom shows: open, expired, waiting, pending, bounced, won and lost. */
async function everyState(): Promise<void> {
  const { stripe } = peer;
  const begun = async () => stripe.checkout.sessions.create(sessionWishes());
  const opened = await begun();
  await stripe.checkout.sessions.expire((await begun()).id);
  await payWith((await begun()).url, "4000002500003155");
  for (const iban of ["DE89370400440532013000", "DE62370400440532013001"])
    await submit((await begun()).url, { iban });
  for (const card of ["4000000000007726", "4000000000005126"]) {
    const session = await begun();
    await payWith(session.url, card);
    const { payment_intent } = await stripe.checkout.sessions.retrieve(session.id);
    await stripe.refunds.create({ payment_intent: String(payment_intent) });
  }
  for (const text of ["winning_evidence", "losing_evidence"]) {
    const session = await begun();
    await payWith(session.url, "4242424242424242");
    const { payment_intent } = await stripe.checkout.sessions.retrieve(session.id);
    await control(peer, "dispute", { paymentIntent: String(payment_intent) });
    const { data } = await stripe.disputes.list({ payment_intent: String(payment_intent) });
    await stripe.disputes.update(data[0]?.id ?? "", { evidence: { uncategorized_text: text } });
  }
  expect((await stripe.checkout.sessions.retrieve(opened.id)).status).toBe("open");
  await control(peer, "clock", { advanceSeconds: 5 });
}

it("shows every state of money that the portal knows", async () => {
  const states = async (path: string) =>
    new Set((await read(`${path}?limit=100`)).map((one) => text(one, "status")));
  expect(await states("checkout/sessions")).toEqual(new Set(["open", "complete", "expired"]));
  expect(await states("refunds")).toEqual(new Set(["succeeded", "failed"]));
  expect(await states("disputes")).toEqual(new Set(["needs_response", "won", "lost"]));
  expect(await states("charges")).toEqual(new Set(["succeeded", "failed"]));
  expect(await states("payment_intents")).toEqual(
    new Set(["requires_action", "requires_payment_method", "succeeded"]),
  );
  const types = new Set((await read("balance_transactions?limit=100")).map((one) => text(one, "type")));
  expect(types).toEqual(new Set(["charge", "refund", "refund_failure", "adjustment", "payment"]));
});

it("tells of every object by an event that carries Stripe's fields only", async () => {
  const told = await read("events?limit=100");
  const objects = told.map((event) => (event["data"] as { object: Json }).object);
  const kinds = new Set(objects.map((object) => text(object, "object")));
  expect([...kinds].toSorted()).toEqual([
    "charge",
    "checkout.session",
    "customer",
    "dispute",
    "payment_intent",
    "refund",
  ]);
  expect(
    objects.flatMap((object) =>
      strange(object, examples[text(object, "object")], text(object, "object"), ""),
    ),
  ).toEqual([]);
});

it("keeps to Stripe's fields where an object stands in another's place", async () => {
  const path = "checkout/sessions?limit=100&expand[]=data.payment_intent.latest_charge.balance_transaction";
  const inner = (await read(path)).flatMap((session) => unfolded(session["payment_intent"]));
  expect(new Set(inner.map((object) => text(object, "object")))).toEqual(
    new Set(["payment_intent", "charge", "balance_transaction"]),
  );
  expect(
    inner.flatMap((object) => strange(object, examples[text(object, "object")], text(object, "object"), "")),
  ).toEqual([]);
});

/** An object and those that stand in it in the place of their ids, each by itself again. */
function unfolded(value: unknown): Json[] {
  if (!isObject(value)) return [];
  const inner = ["latest_charge", "balance_transaction"].flatMap((key) => unfolded(value[key]));
  const folded = Object.entries(value).map(([key, one]) => [
    key,
    isObject(one) && "id" in one ? one["id"] : one,
  ]);
  return [Object.fromEntries(folded) as Json, ...inner];
}

async function read(path: string): Promise<Json[]> {
  const headers = { authorization: `Bearer ${peer.secretKey}` };
  const body: Json & { data?: Json[] } = await (await fetch(`${peer.url}/v1/${path}`, { headers })).json();
  return body.data ?? [body];
}

it.each([
  ["checkout.session", "checkout/sessions"],
  ["payment_intent", "payment_intents"],
  ["charge", "charges"],
  ["refund", "refunds"],
  ["customer", "customers"],
  ["dispute", "disputes"],
  ["balance_transaction", "balance_transactions"],
  ["balance", "balance"],
  ["event", "events"],
])("returns a %s with Stripe's fields only", async (name, path) => {
  const objects = await read(name === "balance" ? path : `${path}?limit=100`);

  expect(objects.length).toBeGreaterThan(0);
  expect(objects.flatMap((object) => strange(object, examples[name], name, ""))).toEqual([]);
});

/** The fields that Stripe's example does not have, or has with another JSON type. */
function strange(value: unknown, example: unknown, name: string, path: string): string[] {
  if (!isObject(value) || !isObject(example)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const where = path === "" ? key : `${path}.${key}`;
    // What the portal writes is its own, and an event's object is looked at by itself.
    if (key === "metadata" || (name === "event" && where === "data")) return [];
    if (!(key in example)) return newer[name]?.includes(where) === true ? [] : [`${where} is unknown`];
    if (inner === null) return [];
    const like = example[key];
    if (like !== null && kind(inner) !== kind(like)) return [`${where} is ${kind(inner)}, not ${kind(like)}`];
    const ones: unknown[] = Array.isArray(inner) ? inner : [inner];
    return ones.flatMap((one) => strangeWithin(one, Array.isArray(like) ? like[0] : like, name, where));
  });
}

/** What stands inside: an object of its own, one of which Stripe's types know more than its example, or one like the example's. */
function strangeWithin(value: unknown, example: unknown, name: string, where: string): string[] {
  if (!isObject(value)) return [];
  const own = text(value, "object");
  if (own in examples) return strange(value, examples[own], own, "");
  const known = typed[`${name}.${where}`];
  if (!known) {
    return isObject(example) ? strange(value, example, name, where) : [`${where} stands in no example`];
  }
  return Object.keys(value).flatMap((key) => (known.includes(key) ? [] : [`${where}.${key} is unknown`]));
}

function text(object: Json, key: string): string {
  const value = object[key];
  return typeof value === "string" ? value : "";
}

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const kind = (value: unknown): string => (Array.isArray(value) ? "array" : typeof value);
