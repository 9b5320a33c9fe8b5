import Stripe from "stripe";
import type { Reply, Request } from "@/tools/stripe-sandbox/http";
import type { Provider } from "../payments";

interface Letter {
  method: "GET" | "POST" | "DELETE";
  /** Of the whole address the path and what follows it count. */
  address: string;
  body?: string;
  headers?: Record<string, string>;
}

/**
 * Asks the provider's peer, which runs in this process, without a line between: over a line a story costs twice as much, and
 * says nothing more. What it tells us still comes through our door, signed.
 */
export function askPeer(provider: Provider, { method, address, body = "", headers = {} }: Letter) {
  const { host, pathname, search } = new URL(address, provider.url);
  const named: Record<string, string> = { ...headers, host };
  const request: Request = {
    ...{ method, path: pathname, query: search.slice(1), body, remoteAddress: "127.0.0.1" },
    header: (name) => named[name],
  };
  return provider.peer.ask(request);
}

/** What was answered, where it is an object and no refusal. */
export function factsOf({ status, body }: Reply): Record<string, unknown> {
  if (status >= 300) throw new Error(`The peer answered ${status}: ${body}`);
  return JSON.parse(body) as Record<string, unknown>;
}

/** The line of the provider's own SDK, without a network: all it writes and reads stays as it is. */
export function lineOfSdk(provider: Provider) {
  return Stripe.createFetchHttpClient(async (to: string | URL | globalThis.Request, asked?: RequestInit) => {
    const address = to instanceof globalThis.Request ? to.url : new URL(to).href;
    const headers = Object.fromEntries(new Headers(asked?.headers));
    const method = asked?.method as Letter["method"];
    const body = typeof asked?.body === "string" ? asked.body : "";
    const reply = await askPeer(provider, { method, address, body, headers });
    return new Response(reply.body, { status: reply.status, headers: reply.headers });
  });
}
