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

/** What of a charge the payer's bank has by this dispute, for now or for good. */
export const takenBy = ({ balance_transactions: moved }: Stripe.Dispute): number =>
  -moved.reduce((sum, { amount }) => sum + amount, 0);

/** How a dispute ended for us; null while it is open. What came back whole cost nothing, whatever it is called. */
export function endOf(dispute: Stripe.Dispute): "won" | "lost" | null {
  const { status } = dispute;
  if (status === "won" || status === "warning_closed") return "won";
  if (status !== "lost" && status !== "prevented") return null;
  return takenBy(dispute) > 0 ? "lost" : "won";
}

/** The local provider, with its books open. */
export interface Peer extends Provider {
  books(): Promise<Books>;
  /** Every event, the newest first. */
  events(): Promise<{ id: string }[]>;
  decide(dispute: string, evidence: string): Promise<void>;
  /** The payer's bank asks for a part of a payment; for more than was paid it asks in vain. */
  askForPart(paymentIntent: string, amount: number): Promise<void>;
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
    askForPart: async (paymentIntent, amount) => {
      const body = JSON.stringify({ paymentIntent, amount });
      await askPeer(provider, { method: "POST", address: "/_control/dispute", body });
    },
    fillIn: async (page, form) => {
      await askPeer(provider, { method: "POST", address: page, body: `${new URLSearchParams(form)}` });
    },
  };
}
