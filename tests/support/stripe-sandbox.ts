import { createServer, type IncomingMessage } from "node:http";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Stripe from "stripe";
import { startSandbox, type Running } from "@/tools/stripe-sandbox/start-sandbox";

export type Told = { event: Stripe.Event; status: number };

export type Portal = {
  url: string;
  /** What arrived with a right signature, in the order it arrived. */
  told: Told[];
  /** Answers to give before it starts to say 200. */
  answers: number[];
  refusedSignatures: number;
  close: () => Promise<void>;
};

/** A stand-in for the portal's webhook: checks signatures as the portal does and keeps what it was told. */
export async function startPortal(secret: () => string): Promise<Portal> {
  const server = createServer((incoming, outgoing) => {
    void bodyOf(incoming).then((body) => {
      outgoing.statusCode = receive(portal, secret(), body, String(incoming.headers["stripe-signature"]));
      outgoing.end();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const portal: Portal = {
    url: `http://127.0.0.1:${port}/api/stripe/webhook`,
    told: [],
    answers: [],
    refusedSignatures: 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return portal;
}

function receive(portal: Portal, secret: string, body: string, signature: string): number {
  try {
    const event = Stripe.webhooks.constructEvent(body, signature, secret);
    const status = portal.answers.shift() ?? 200;
    portal.told.push({ event, status });
    return status;
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) throw error;
    portal.refusedSignatures += 1;
    return 400;
  }
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString("utf8");
}

export type Peer = Running & { stripe: Stripe; portal: Portal; dataDir: string; stop: () => Promise<void> };

/** A sandbox of its own folder and port, with a portal that listens, and the real SDK. */
export async function startPeer(): Promise<Peer> {
  const dataDir = await mkdtemp(join(tmpdir(), "stripe-sandbox-"));
  const portal = await startPortal(() => running.webhookSecret);
  const running = await startSandbox({ port: 0, dataDir, webhookUrl: portal.url });
  const stop = async () => {
    await running.close();
    await portal.close();
    await rm(dataDir, { recursive: true });
  };
  return { ...running, stripe: clientOf(running), portal, dataDir, stop };
}

export function clientOf({ url, secretKey }: { url: string; secretKey: string }): Stripe {
  const { hostname, port } = new URL(url);
  return new Stripe(secretKey, {
    host: hostname,
    port,
    protocol: "http",
    maxNetworkRetries: 0,
    telemetry: false,
  });
}

export function sessionWishes(change: Partial<Stripe.Checkout.SessionCreateParams> = {}) {
  return {
    mode: "payment",
    ui_mode: "hosted_page",
    line_items: [
      {
        quantity: 1,
        price_data: { currency: "eur", unit_amount: 120_000, product_data: { name: "Deposit, booking B-1" } },
      },
    ],
    client_reference_id: "booking-1",
    customer_email: "patient@demo.valvia.test",
    metadata: { plan_item: "p-1" },
    payment_intent_data: { transfer_group: "case-1", metadata: { plan_item: "p-1" }, description: "Deposit" },
    success_url: "http://127.0.0.1:3000/en/my/paid?session={CHECKOUT_SESSION_ID}",
    cancel_url: "http://127.0.0.1:3000/en/my",
    ...change,
  } satisfies Stripe.Checkout.SessionCreateParams;
}

/** Submits the payment page's form as a browser without JavaScript would. */
export function submit(url: string | null, fields: Record<string, string>): Promise<Response> {
  if (url === null) throw new Error("This session has no page.");
  return fetch(url, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });
}

export const payWith = (url: string | null, card: string): Promise<Response> => submit(url, { card });

export async function control(peer: Running, path: string, body: object = {}): Promise<unknown> {
  const response = await fetch(`${peer.url}/_control/${path}`, {
    method: "POST",
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

const pollMs = 20;
const patienceMs = 8_000;

/** Asks again until there is an answer, for a bounded time. */
export async function eventually<T>(ask: () => T | null | Promise<T | null>): Promise<T> {
  const until = Date.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (Date.now() > until) throw new Error("It did not happen in time.");
    await new Promise((resolve) => {
      setTimeout(resolve, pollMs);
    });
  }
}

export const typesTold = (portal: Portal): string[] => portal.told.map(({ event }) => event.type);
