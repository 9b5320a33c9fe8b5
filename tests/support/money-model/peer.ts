import type Stripe from "stripe";
import { env } from "@/lib/infra/env";
import type { Provider } from "../payments";
import { askPeer, factsOf } from "./line";

/** All the provider knows about money. */
export interface Books {
  sessions: Stripe.Checkout.Session[];
  charges: Stripe.Charge[];
  refunds: Stripe.Refund[];
  disputes: Stripe.Dispute[];
}

/** How a dispute ended for us; null while it is open. A closed inquiry cost nothing, one settled beforehand the money. */
export function endOf({ status }: Stripe.Dispute): "won" | "lost" | null {
  if (status === "won" || status === "warning_closed") return "won";
  return status === "lost" || status === "prevented" ? "lost" : null;
}

/** The local provider, with its books open. */
export interface Peer extends Provider {
  books(): Promise<Books>;
  /** Every event, the newest first. */
  events(): Promise<{ id: string }[]>;
  decide(dispute: string, evidence: string): Promise<void>;
  /** Fills in a form of a payment page, as somebody in a browser would. */
  fillIn(page: string, form: Record<string, string>): Promise<void>;
}

export function openBooks(provider: Provider): Peer {
  const { store } = provider.peer.sandbox;
  return {
    ...provider,
    control: async (path, body = {}) =>
      factsOf(
        await askPeer(provider, {
          ...{ method: "POST", address: `/_control/${path}` },
          body: JSON.stringify(body),
        }),
      ),
    books: async () => ({
      sessions: store.all("sessions").map(({ session }) => session),
      charges: store.all("charges"),
      refunds: store.all("refunds"),
      disputes: store.all("disputes"),
    }),
    events: async () => store.all("events").map(({ id }) => ({ id })),
    decide: async (dispute, evidence) => {
      await askPeer(provider, {
        ...{ method: "POST", address: `/v1/disputes/${dispute}` },
        headers: { authorization: `Bearer ${env().STRIPE_SECRET_KEY}` },
        body: `${new URLSearchParams({ "evidence[uncategorized_text]": evidence })}`,
      });
    },
    fillIn: async (page, form) => {
      await askPeer(provider, { method: "POST", address: page, body: `${new URLSearchParams(form)}` });
    },
  };
}
