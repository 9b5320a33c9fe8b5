import Stripe from "stripe";
import { env } from "@/lib/infra/env";
import type { Provider } from "../payments";
import { lineOfSdk } from "./line";

/**
 * What becomes of the process at its next call to the provider: it dies before the call leaves, or when the provider has
 * done its work and before anybody hears of it; or it lives and only the answer is lost.
 */
export type Fate = "dies_before" | "dies_after" | "answer_lost";

/** The process is dead: nothing after the call ran. Not an error the product may catch. */
export class Died extends Error {}

export interface Outbound {
  call: string;
  params: unknown;
}

export interface Mortal {
  /** Every call that was made, with what it carried. */
  outbound: Outbound[];
  /** Used up by the next call that changes something at the provider. */
  fate: Fate | null;
}

type Call = (...words: unknown[]) => Promise<unknown>;
const CHANGING = /\.(create|expire|update|cancel|capture|close)$/;

/** Puts a client of ours in the product's place: the real SDK, with a fate and a memory. Before anything is called. */
export function mortalStripe(provider: Provider): Mortal {
  const { hostname, port } = new URL(provider.url);
  const real = new Stripe(env().STRIPE_SECRET_KEY, {
    ...{ host: hostname, port, protocol: "http", telemetry: false, maxNetworkRetries: 0 },
    httpClient: lineOfSdk(provider),
  });
  const peer: Mortal = { outbound: [], fate: null };
  const shared = globalThis as typeof globalThis & { valviaStripe?: Stripe };
  shared.valviaStripe = wrapped(real, "", peer);
  return peer;
}

function wrapped<T extends object>(target: T, path: string, peer: Mortal): T {
  return new Proxy(target, {
    get(object, key) {
      const value: unknown = Reflect.get(object, key);
      if (typeof key !== "string" || value === null) return value;
      const name = path === "" ? key : `${path}.${key}`;
      if (typeof value === "function") return called(object, value as Call, name, peer);
      return typeof value === "object" && key !== "webhooks" ? wrapped(value, name, peer) : value;
    },
  });
}

function called(on: object, call: Call, name: string, peer: Mortal) {
  return (...words: unknown[]) => {
    peer.outbound.push({ call: name, params: words });
    const fate = CHANGING.test(name) ? peer.fate : null;
    if (fate === null) return call.apply(on, words);
    peer.fate = null;
    return meet(fate, () => call.apply(on, words));
  };
}

async function meet(fate: Fate, call: () => Promise<unknown>): Promise<unknown> {
  if (fate === "dies_before") throw new Died(fate);
  await call();
  if (fate === "dies_after") throw new Died(fate);
  throw new Stripe.errors.StripeConnectionError({ message: "The answer was lost.", type: "api_error" });
}
