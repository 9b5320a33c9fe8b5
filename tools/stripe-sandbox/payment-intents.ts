import type Stripe from "stripe";
import { z } from "zod";
import { testCard, testCardOfToken } from "./cards";
import { capture as captureCharge, charge } from "./charges";
import { customer } from "./customers";
import { isCurrency, isRound } from "./currencies";
import { invalidRequest, missing, notRound, parameterMissing, StripeError, unexpectedState } from "./errors";
import { idOf } from "./ids";
import { createdWithin, matches, page } from "./lists";
import { amount, flag, integer, listing, mergeMetadata, metadata, readParameters } from "./parameters";
import { changeIntent, payByCard } from "./pay";
import { newPaymentIntent } from "./payment-intent-object";
import type { Route } from "./routes";
import type { Sandbox } from "./sandbox";
import type { PaymentIntentRow } from "./tables";

export const currency = z
  .string()
  .transform((code) => code.toLowerCase())
  .refine(isCurrency, "Invalid currency");

export function paymentIntentRow(sandbox: Sandbox, id: string): PaymentIntentRow {
  const found = sandbox.store.get("paymentIntents", id);
  if (found === undefined) throw missing("payment_intent", id, "intent");
  return found;
}

export const paymentIntent = (sandbox: Sandbox, id: string): Stripe.PaymentIntent =>
  paymentIntentRow(sandbox, id).intent;

const changeable = {
  customer: z.string().optional(),
  description: z.string().optional(),
  metadata: metadata.optional(),
  receipt_email: z.string().optional(),
  transfer_group: z.string().optional(),
};

const createShape = z.strictObject({
  ...changeable,
  amount,
  currency,
  capture_method: z.enum(["automatic", "automatic_async", "manual"]).optional(),
  confirm: flag.optional(),
  payment_method: z.string().optional(),
  allowed_payment_method_types: z.array(z.literal("card")).optional(),
  automatic_payment_methods: z
    .strictObject({ enabled: flag, allow_redirects: z.enum(["always", "never"]).optional() })
    .optional(),
  return_url: z.string().optional(),
});

function create(sandbox: Sandbox, fields: unknown): Stripe.PaymentIntent {
  const asked = readParameters(createShape, fields);
  if (asked.customer !== undefined) customer(sandbox, asked.customer);
  if (!isRound(asked.amount, asked.currency)) throw notRound(asked.amount, asked.currency, "amount");
  const intent = newPaymentIntent({
    amount: asked.amount,
    currency: asked.currency,
    customer: asked.customer ?? null,
    created: sandbox.now(),
    methods: ["card"],
    captureMethod: asked.capture_method === "manual" ? "manual" : "automatic_async",
    description: asked.description ?? null,
    metadata: mergeMetadata(null, asked.metadata),
    receiptEmail: asked.receipt_email ?? null,
    transferGroup: asked.transfer_group ?? null,
  });
  const row: PaymentIntentRow = { id: intent.id, intent, sessionId: null, awaitingCard: null };
  const made = changeIntent(sandbox, row, "payment_intent.created", {});
  if (asked.confirm !== true) return made.intent;
  return confirmWith(sandbox, made, asked.payment_method);
}

function confirmWith(
  sandbox: Sandbox,
  row: PaymentIntentRow,
  method: string | undefined,
): Stripe.PaymentIntent {
  if (method === undefined) throw parameterMissing("payment_method");
  const card = testCardOfToken(method);
  if (card === undefined) throw missing("PaymentMethod", method, "payment_method");
  const { intent } = payByCard(sandbox, row, { card, authenticated: false, email: row.intent.receipt_email });
  const failure = intent.last_payment_error;
  if (failure === null) return intent;
  throw new StripeError(402, {
    type: "card_error",
    message: failure.message ?? "Your card was declined.",
    ...(failure.code === undefined ? {} : { code: failure.code }),
    ...(failure.decline_code === undefined ? {} : { decline_code: failure.decline_code }),
    ...(failure.charge === undefined ? {} : { charge: failure.charge }),
    payment_intent: intent,
  });
}

const confirmShape = z.strictObject({
  payment_method: z.string().optional(),
  return_url: z.string().optional(),
  receipt_email: z.string().optional(),
});

function confirm(sandbox: Sandbox, fields: unknown, id: string): Stripe.PaymentIntent {
  const row = paymentIntentRow(sandbox, id);
  const asked = readParameters(confirmShape, fields);
  refuseCheckout(row, "confirm");
  if (!["requires_confirmation", "requires_payment_method"].includes(row.intent.status)) {
    throw unexpectedState(
      `You cannot confirm this PaymentIntent because it has a status of ${row.intent.status}.`,
      row.intent,
    );
  }
  return confirmWith(sandbox, row, asked.payment_method);
}

const updateShape = z.strictObject({
  ...changeable,
  amount: amount.optional(),
  currency: currency.optional(),
});

function update(sandbox: Sandbox, fields: unknown, id: string): Stripe.PaymentIntent {
  const row = paymentIntentRow(sandbox, id);
  const asked = readParameters(updateShape, fields);
  const { intent } = row;
  const money = asked.amount !== undefined || asked.currency !== undefined;
  if (money && intent.status !== "requires_payment_method") {
    throw unexpectedState(
      `This PaymentIntent's amount could not be updated because it has a status of ${intent.status}.`,
      intent,
    );
  }
  if (asked.customer !== undefined) customer(sandbox, asked.customer);
  const sum = { amount: asked.amount ?? intent.amount, currency: asked.currency ?? intent.currency };
  if (!isRound(sum.amount, sum.currency)) throw notRound(sum.amount, sum.currency, "amount");
  const changed: Stripe.PaymentIntent = {
    ...intent,
    ...sum,
    customer: asked.customer ?? intent.customer,
    description: asked.description ?? intent.description,
    receipt_email: asked.receipt_email ?? intent.receipt_email,
    transfer_group: asked.transfer_group ?? intent.transfer_group,
    metadata: mergeMetadata(intent.metadata, asked.metadata),
  };
  return sandbox.store.put("paymentIntents", { ...row, intent: changed }).intent;
}

const cancelShape = z.strictObject({
  cancellation_reason: z.enum(["abandoned", "duplicate", "fraudulent", "requested_by_customer"]).optional(),
});

function cancel(sandbox: Sandbox, fields: unknown, id: string): Stripe.PaymentIntent {
  const row = paymentIntentRow(sandbox, id);
  const asked = readParameters(cancelShape, fields);
  refuseCheckout(row, "cancel");
  if (["canceled", "processing", "succeeded"].includes(row.intent.status)) {
    throw unexpectedState(
      `You cannot cancel this PaymentIntent because it has a status of ${row.intent.status}.`,
      row.intent,
    );
  }
  return changeIntent(sandbox, { ...row, awaitingCard: null }, "payment_intent.canceled", {
    amount_capturable: 0,
    canceled_at: sandbox.now(),
    cancellation_reason: asked.cancellation_reason ?? null,
    next_action: null,
    status: "canceled",
  }).intent;
}

const captureShape = z.strictObject({ amount_to_capture: integer.optional(), metadata: metadata.optional() });

function capture(sandbox: Sandbox, fields: unknown, id: string): Stripe.PaymentIntent {
  const row = paymentIntentRow(sandbox, id);
  const asked = readParameters(captureShape, fields);
  if (row.intent.status !== "requires_capture") {
    throw unexpectedState(
      `This PaymentIntent could not be captured because it has a status of ${row.intent.status}.`,
      row.intent,
    );
  }
  const wanted = asked.amount_to_capture ?? row.intent.amount_capturable;
  if (wanted < 1 || wanted > row.intent.amount_capturable) {
    throw invalidRequest(
      "The provided amount is not within the capturable amount.",
      "amount_too_large",
      "amount_to_capture",
    );
  }
  if (!isRound(wanted, row.intent.currency)) throw notRound(wanted, row.intent.currency, "amount_to_capture");
  const captured = captureCharge(sandbox, charge(sandbox, idOf(row.intent.latest_charge) ?? ""), wanted);
  sandbox.emit("charge.captured", captured);
  return changeIntent(sandbox, row, "payment_intent.succeeded", {
    amount_capturable: 0,
    amount_received: wanted,
    metadata: mergeMetadata(row.intent.metadata, asked.metadata),
    status: "succeeded",
  }).intent;
}

/** The test card that waits for 3-D Secure on this intent. */
export const awaitingCard = (row: PaymentIntentRow) =>
  row.awaitingCard === null ? undefined : testCard(row.awaitingCard);

function refuseCheckout(row: PaymentIntentRow, verb: string): void {
  if (row.sessionId === null) return;
  throw unexpectedState(
    `You cannot ${verb} this PaymentIntent because it was created by Checkout. Expire the Checkout Session instead.`,
    row.intent,
  );
}

const listShape = z.strictObject({ ...listing, customer: z.string().optional() });

function list(sandbox: Sandbox, fields: unknown): object {
  const asked = readParameters(listShape, fields);
  const rows = sandbox.store
    .all("paymentIntents")
    .map((row) => row.intent)
    .filter((row) => matches(row.customer, asked.customer) && createdWithin(row.created, asked.created));
  return page(rows, asked, "/v1/payment_intents");
}

const retrieveShape = z.strictObject({ client_secret: z.string().optional() });

export const paymentIntentRoutes: Route[] = [
  { method: "POST", path: "/v1/payment_intents", answer: create },
  { method: "GET", path: "/v1/payment_intents", answer: list },
  {
    method: "GET",
    path: "/v1/payment_intents/:id",
    answer: (sandbox, fields, id) => {
      readParameters(retrieveShape, fields);
      return paymentIntent(sandbox, id);
    },
  },
  { method: "POST", path: "/v1/payment_intents/:id", answer: update },
  { method: "POST", path: "/v1/payment_intents/:id/confirm", answer: confirm },
  { method: "POST", path: "/v1/payment_intents/:id/cancel", answer: cancel },
  { method: "POST", path: "/v1/payment_intents/:id/capture", answer: capture },
];
