import type Stripe from "stripe";
import { z } from "zod";
import { detailsOf, newSession } from "./checkout-session-object";
import { customer } from "./customers";
import { invalidRequest, missing } from "./errors";
import { idOf } from "./ids";
import { itemsShape, lineItemPage, newLineItems } from "./line-items";
import { createdWithin, matches, page } from "./lists";
import { integer, listing, mergeMetadata, metadata, readParameters } from "./parameters";
import { changeIntent } from "./pay";
import type { Route } from "./routes";
import type { Sandbox } from "./sandbox";
import type { SessionRow } from "./tables";

const minute = 60;
const lifeMin = 30 * minute;
const lifeMax = 24 * 60 * minute;
/** A request takes a moment to arrive; "in 30 minutes" must still be 30 minutes then. */
const transit = 5;

const locales =
  `auto bg cs da de el en en-GB es es-419 et fi fil fr fr-CA hi-IN hr hu id it ja ko lt lv ms mt nb nl pl
  pt pt-BR ro ru sk sl sv th tr vi zh zh-HK zh-TW`.split(/\s+/);

/** The session's row, expired by now if its time is over. */
export function sessionRow(sandbox: Sandbox, id: string): SessionRow {
  const found = sandbox.store.get("sessions", id);
  if (found === undefined) throw missing("checkout.session", id, "session");
  return expireIfDue(sandbox, found);
}

/** The session as the API shows it: an open one has the address of its page. */
export function shown(sandbox: Sandbox, { id, session }: SessionRow): Stripe.Checkout.Session {
  return session.status === "open" ? { ...session, url: `${sandbox.address}/c/pay/${id}` } : session;
}

/** Changes a session and tells it. */
export function changeSession(
  sandbox: Sandbox,
  row: SessionRow,
  change: Partial<Stripe.Checkout.Session>,
  event: Stripe.Event.Type,
): SessionRow {
  const changed = sandbox.store.put("sessions", { ...row, session: { ...row.session, ...change } });
  sandbox.emit(event, shown(sandbox, changed));
  return changed;
}

export function expireIfDue(sandbox: Sandbox, row: SessionRow): SessionRow {
  if (row.session.status !== "open" || sandbox.now() < row.session.expires_at) return row;
  return expireNow(sandbox, row);
}

function expireNow(sandbox: Sandbox, row: SessionRow): SessionRow {
  const intentId = idOf(row.session.payment_intent);
  const intent = intentId === null ? undefined : sandbox.store.get("paymentIntents", intentId);
  if (intent !== undefined) {
    changeIntent(sandbox, { ...intent, awaitingCard: null }, "payment_intent.canceled", {
      canceled_at: sandbox.now(),
      cancellation_reason: "automatic",
      next_action: null,
      status: "canceled",
    });
  }
  return changeSession(sandbox, row, { status: "expired" }, "checkout.session.expired");
}

const absoluteUrl = z
  .string()
  .refine((text) => /^https?:\/\//.test(text) && URL.canParse(text), "Not a valid URL");

const createShape = z.strictObject({
  allowed_payment_method_types: z
    .array(z.enum(["card", "sepa_debit"]))
    .min(1)
    .optional(),
  cancel_url: absoluteUrl.optional(),
  client_reference_id: z.string().max(200).optional(),
  customer: z.string().optional(),
  customer_email: z.email().optional(),
  expires_at: integer.optional(),
  line_items: itemsShape,
  locale: z.enum(locales).optional(),
  metadata: metadata.optional(),
  mode: z.literal("payment"),
  payment_intent_data: z
    .strictObject({
      description: z.string().max(1_000).optional(),
      metadata: metadata.optional(),
      receipt_email: z.string().optional(),
      transfer_group: z.string().optional(),
    })
    .optional(),
  submit_type: z.enum(["auto", "book", "donate", "pay"]).optional(),
  success_url: absoluteUrl,
  ui_mode: z.literal("hosted_page").optional(),
});

type Asked = z.infer<typeof createShape>;

function create(sandbox: Sandbox, fields: unknown): Stripe.Checkout.Session {
  const asked = readParameters(createShape, fields);
  if (asked.customer !== undefined && asked.customer_email !== undefined) {
    throw invalidRequest("You may only specify one of these parameters: customer, customer_email.");
  }
  if (asked.customer !== undefined) customer(sandbox, asked.customer);
  const created = sandbox.now();
  const lineItems = newLineItems(asked.line_items, created);
  const amount = lineItems.reduce((sum, item) => sum + item.amount_total, 0);
  if (amount < 1) {
    throw invalidRequest(
      "The Checkout Session's total amount must be at least 1 minor unit.",
      "amount_too_small",
    );
  }
  const money = { amount, currency: lineItems[0]?.currency ?? "" };
  const session = newSession({ ...money, created, ...wishes(asked, created, money.currency) });
  const row: SessionRow = { id: session.id, session, lineItems, seed: seedOf(asked) };
  return shown(sandbox, sandbox.store.put("sessions", row));
}

function wishes(asked: Asked, created: number, currency: string) {
  const offered = currency === "eur" ? ["card", "sepa_debit"] : ["card"];
  const allowed = asked.allowed_payment_method_types ?? null;
  return {
    allowedMethods: allowed,
    cancelUrl: asked.cancel_url ?? null,
    clientReferenceId: asked.client_reference_id ?? null,
    customer: asked.customer ?? null,
    customerEmail: asked.customer_email ?? null,
    expiresAt: expiryOf(asked.expires_at, created),
    locale: asked.locale ?? null,
    metadata: mergeMetadata(null, asked.metadata),
    methods: offered.filter((method) => allowed === null || allowed.some((each) => each === method)),
    submitType: asked.submit_type ?? null,
    successUrl: asked.success_url,
  };
}

function seedOf({ payment_intent_data: data }: Asked): SessionRow["seed"] {
  return {
    description: data?.description ?? null,
    metadata: mergeMetadata(null, data?.metadata),
    receiptEmail: data?.receipt_email ?? null,
    transferGroup: data?.transfer_group ?? null,
  };
}

function expiryOf(asked: number | undefined, created: number): number {
  const expiresAt = asked ?? created + lifeMax;
  if (expiresAt < created + lifeMin - transit) {
    throw invalidRequest(
      "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.",
      undefined,
      "expires_at",
    );
  }
  if (expiresAt > created + lifeMax + transit) {
    throw invalidRequest(
      "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.",
      undefined,
      "expires_at",
    );
  }
  return expiresAt;
}

function retrieve(sandbox: Sandbox, fields: unknown, id: string): Stripe.Checkout.Session {
  readParameters(z.strictObject({}), fields);
  return shown(sandbox, sessionRow(sandbox, id));
}

function update(sandbox: Sandbox, fields: unknown, id: string): Stripe.Checkout.Session {
  const row = sessionRow(sandbox, id);
  const asked = readParameters(z.strictObject({ metadata: metadata.optional() }), fields);
  const session = { ...row.session, metadata: mergeMetadata(row.session.metadata, asked.metadata) };
  return shown(sandbox, sandbox.store.put("sessions", { ...row, session }));
}

function expire(sandbox: Sandbox, fields: unknown, id: string): Stripe.Checkout.Session {
  readParameters(z.strictObject({}), fields);
  const row = sessionRow(sandbox, id);
  if (row.session.status !== "open") {
    throw invalidRequest(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${row.session.status}.`,
    );
  }
  return expireNow(sandbox, row).session;
}

/** Closes a session whose payment succeeded or, for a bank debit, is on its way. */
export function completeSession(
  sandbox: Sandbox,
  row: SessionRow,
  paid: boolean,
  email: string | null,
): SessionRow {
  return changeSession(
    sandbox,
    row,
    { customer_details: detailsOf(email), payment_status: paid ? "paid" : "unpaid", status: "complete" },
    "checkout.session.completed",
  );
}

const listShape = z.strictObject({
  ...listing,
  customer: z.string().optional(),
  payment_intent: z.string().optional(),
  status: z.enum(["complete", "expired", "open"]).optional(),
});

function list(sandbox: Sandbox, fields: unknown): object {
  const asked = readParameters(listShape, fields);
  const rows = sandbox.store
    .all("sessions")
    .map((row) => shown(sandbox, expireIfDue(sandbox, row)))
    .filter(
      (row) =>
        matches(row.customer, asked.customer) &&
        matches(row.payment_intent, asked.payment_intent) &&
        matches(row.status, asked.status) &&
        createdWithin(row.created, asked.created),
    );
  return page(rows, asked, "/v1/checkout/sessions");
}

const { created: _created, ...cursor } = listing;

function lineItems(sandbox: Sandbox, fields: unknown, id: string): object {
  sessionRow(sandbox, id);
  return lineItemPage(sandbox, id, readParameters(z.strictObject(cursor), fields));
}

export const checkoutSessionRoutes: Route[] = [
  { method: "POST", path: "/v1/checkout/sessions", answer: create },
  { method: "GET", path: "/v1/checkout/sessions", answer: list },
  { method: "GET", path: "/v1/checkout/sessions/:id", answer: retrieve },
  { method: "POST", path: "/v1/checkout/sessions/:id", answer: update },
  { method: "POST", path: "/v1/checkout/sessions/:id/expire", answer: expire },
  { method: "GET", path: "/v1/checkout/sessions/:id/line_items", answer: lineItems },
];
