import { afterAll, beforeAll, expect, it } from "vitest";
import {
  control,
  eventually,
  payWith,
  sessionWishes,
  startPeer,
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
});
afterAll(() => peer.stop());

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
  const objects = await read(path);

  expect(objects.length).toBeGreaterThan(0);
  expect(objects.flatMap((object) => strange(object, examples[name], name, ""))).toEqual([]);
});

/** The fields that Stripe's example does not have, or has with another JSON type. */
function strange(value: unknown, example: unknown, name: string, path: string): string[] {
  if (!isObject(value) || !isObject(example)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const where = path === "" ? key : `${path}.${key}`;
    if (open.some((each) => each === key)) return [];
    if (!(key in example)) return newer[name]?.includes(where) === true ? [] : [`${where} is unknown`];
    if (inner === null || example[key] === null) return [];
    if (kind(inner) !== kind(example[key])) return [`${where} is ${kind(inner)}, not ${kind(example[key])}`];
    return strange(inner, example[key], name, where);
  });
}

// What the buyer, the portal or another object writes into these is no part of the contract.
const open = ["metadata", "data", "last_payment_error", "next_action"];

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const kind = (value: unknown): string => (Array.isArray(value) ? "array" : typeof value);
