import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import {
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
  peer.portal.answers.length = 0;
  peer.portal.refusedSignatures = 0;
});

async function paySession() {
  const session = await peer.stripe.checkout.sessions.create(sessionWishes());
  expect((await payWith(session.url, "4242424242424242")).status).toBe(303);
  return session;
}

const inOrder = [
  "payment_intent.created",
  "charge.succeeded",
  "payment_intent.succeeded",
  "checkout.session.completed",
];

it("tells each event once, in order, in the SDK's API version", async () => {
  await paySession();

  expect(typesTold(peer.portal)).toEqual(inOrder);
  expect(peer.portal.told[0]?.event).toMatchObject({
    object: "event",
    livemode: false,
    api_version: "2026-10-28.endive",
  });
});

it("tells each event twice under the same id", async () => {
  await control(peer, "webhooks", { deliver: "twice" });
  await paySession();

  const ids = peer.portal.told.map(({ event }) => event.id);
  expect(ids).toHaveLength(8);
  expect(new Set(ids).size).toBe(4);
});

it("tells late, after the buyer is back", async () => {
  await control(peer, "webhooks", { deliver: "late", lateMs: 200 });
  await paySession();

  expect(peer.portal.told).toHaveLength(0);
  await eventually(() => (peer.portal.told.length === 4 ? true : null));
});

it("tells the events of a payment backwards", async () => {
  await control(peer, "webhooks", { deliver: "reordered" });
  await paySession();

  expect(typesTold(peer.portal)).toEqual(inOrder.toReversed());
});

it("never tells, but lists the events for whoever asks", async () => {
  await control(peer, "webhooks", { deliver: "never" });
  const session = await paySession();
  const missed = await peer.stripe.events.list({
    types: ["checkout.session.completed", "checkout.session.expired"],
    delivery_success: false,
  });

  expect(peer.portal.told).toHaveLength(0);
  expect(missed.data.map((event) => event.data.object)).toMatchObject([{ id: session.id }]);
});

it("tells again until the portal answers with 2xx", async () => {
  peer.portal.answers.push(500, 200, 200, 200);
  await paySession();
  const again = await eventually(() => peer.portal.told[4] ?? null);
  const delivered = () => peer.stripe.events.list({ delivery_success: true });

  expect(again.event.id).toBe(peer.portal.told[0]?.event.id);
  await eventually(async () => ((await delivered()).data.length === 4 ? true : null));
});

it("sends an event once more when asked", async () => {
  await paySession();
  const eventId = peer.portal.told[3]?.event.id;

  expect(await control(peer, "replay", { eventId })).toEqual({ ok: true, status: 200 });
  expect(peer.portal.told[4]?.event.id).toBe(eventId);
});

it("forges a signature, an age and an amount", async () => {
  await paySession();
  const eventId = peer.portal.told[3]?.event.id;
  const before = peer.portal.told.length;

  expect(await control(peer, "forge", { eventId, secret: "whsec_foreign" })).toMatchObject({ ok: false });
  expect(await control(peer, "forge", { eventId, ageSeconds: 86_400 })).toMatchObject({ ok: false });
  expect(peer.portal.refusedSignatures).toBe(2);
  expect(await control(peer, "forge", { eventId, amount: 1 })).toMatchObject({ ok: true });
  expect(peer.portal.told[before]?.event.data.object).toMatchObject({ amount_total: 1 });
  expect(peer.portal.told[before]?.event.id).not.toBe(eventId);
});

it("is steered only by programs on this machine", async () => {
  const from = (headers: Record<string, string>) =>
    fetch(`${peer.url}/_control/reset`, { method: "POST", headers, body: "{}" });

  expect((await from({ origin: "https://evil.test" })).status).toBe(403);
  expect((await from({})).status).toBe(200);
});
