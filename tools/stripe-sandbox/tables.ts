import type Stripe from "stripe";

/** A price on the wire carries its decimal amount as text; the SDK turns it into its own class. */
export type WirePrice = Omit<Stripe.Price, "unit_amount_decimal"> & { unit_amount_decimal: string };
export type WireLineItem = Omit<Stripe.LineItem, "price"> & { price: WirePrice };

export type PaymentIntentSeed = {
  description: string | null;
  metadata: Record<string, string>;
  receiptEmail: string | null;
  transferGroup: string | null;
};

/** The session's `url` is null here: the address is added when it is shown, since the port may change. */
export type SessionRow = {
  id: string;
  session: Stripe.Checkout.Session;
  lineItems: WireLineItem[];
  seed: PaymentIntentSeed;
};

export type PaymentIntentRow = {
  id: string;
  intent: Stripe.PaymentIntent;
  sessionId: string | null;
  /** The test card that waits for 3-D Secure. */
  awaitingCard: string | null;
};

export type Delivery =
  | { state: "pending"; attempts: number; nextAt: number }
  | { state: "delivered"; attempts: number; status: number }
  | { state: "failed"; attempts: number; reason: string }
  | { state: "withheld" }
  | { state: "no_endpoint" };

export type SandboxEvent = Omit<Stripe.EventBase, "pending_webhooks" | "data"> & {
  data: { object: object; previous_attributes?: object };
};

export type EventRow = { id: string; event: SandboxEvent; delivery: Delivery };

/** What was answered under an Idempotency-Key; the key is the id. */
export type SavedAnswer = {
  id: string;
  fingerprint: string;
  status: number;
  body: unknown;
  requestId: string;
  savedAt: number;
};

/** Something that happens by itself later: a bank's answer, a dispute, the end of a refund. Seconds. */
export type Appointment = {
  id: string;
  kind: "debit_clears" | "debit_fails" | "dispute" | "refund_fails" | "refund_succeeds";
  subject: string;
  dueAt: number;
};

export type DeliverMode = "late" | "never" | "once" | "reordered" | "twice";

export type Settings = { id: "settings"; deliver: DeliverMode; lateMs: number; clockOffset: number };

export type Tables = {
  sessions: SessionRow;
  paymentIntents: PaymentIntentRow;
  charges: Stripe.Charge;
  refunds: Stripe.Refund;
  customers: Stripe.Customer;
  balanceTransactions: Stripe.BalanceTransaction;
  disputes: Stripe.Dispute;
  events: EventRow;
  answers: SavedAnswer;
  appointments: Appointment;
  settings: Settings;
};
