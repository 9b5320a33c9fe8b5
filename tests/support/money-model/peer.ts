import type Stripe from "stripe";
import { env } from "@/lib/infra/env";
import type { Provider } from "../payments";

/** All the provider knows about money. */
export interface Books {
  sessions: Stripe.Checkout.Session[];
  charges: Stripe.Charge[];
  refunds: Stripe.Refund[];
  disputes: Stripe.Dispute[];
}

/** The local provider, with its books open. */
export interface Peer extends Provider {
  books(): Promise<Books>;
  /** Every event, the newest first. */
  events(): Promise<{ id: string }[]>;
  decide(dispute: string, evidence: string): Promise<void>;
}

export function openBooks(provider: Provider): Peer {
  const ask = async <T>(path: string) =>
    (await (await fetch(`${provider.url}/_control/${path}`)).json()) as T;
  return {
    ...provider,
    books: () => ask<Books>("books"),
    events: async () => (await ask<{ items: { id: string }[] }>("events")).items,
    decide: async (dispute, evidence) => {
      await fetch(`${provider.url}/v1/disputes/${dispute}`, {
        method: "POST",
        headers: { authorization: `Bearer ${env().STRIPE_SECRET_KEY}` },
        body: new URLSearchParams({ "evidence[uncategorized_text]": evidence }),
      });
    },
  };
}
