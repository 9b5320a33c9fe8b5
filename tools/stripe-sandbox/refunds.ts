import type Stripe from "stripe";
import { z } from "zod";
import { recordMovement } from "./balance-transactions";
import { testCard } from "./cards";
import { charge } from "./charges";
import { isRound } from "./currencies";
import { leftOf } from "./disputes";
import { invalidRequest, missing, notRound, parameterMissing } from "./errors";
import { idOf, newId } from "./ids";
import { createdWithin, matches, page, type Page } from "./lists";
import { amount, listing, mergeMetadata, metadata, readParameters } from "./parameters";
import { paymentIntent } from "./payment-intents";
import type { Route } from "./routes";
import type { Sandbox } from "./sandbox";

const bankDelay = 2;

export function refund(sandbox: Sandbox, id: string): Stripe.Refund {
  const found = sandbox.store.get("refunds", id);
  if (found === undefined) throw missing("refund", id, "refund");
  return found;
}

export function refundPage(sandbox: Sandbox, chargeId: string): Page<Stripe.Refund> {
  const rows = sandbox.store.all("refunds").filter((row) => row.charge === chargeId);
  return page(rows, {}, `/v1/charges/${chargeId}/refunds`);
}

const createShape = z.strictObject({
  amount: amount.optional(),
  charge: z.string().optional(),
  metadata: metadata.optional(),
  payment_intent: z.string().optional(),
  reason: z.enum(["duplicate", "fraudulent", "requested_by_customer"]).optional(),
});

type Asked = z.infer<typeof createShape>;

function create(sandbox: Sandbox, fields: unknown): Stripe.Refund {
  const asked = readParameters(createShape, fields);
  const paid = refundable(sandbox, asked);
  const left = leftOf(sandbox, paid);
  const wanted = asked.amount ?? left;
  if (left === 0) {
    throw invalidRequest(`Charge ${paid.id} has already been refunded.`, "charge_already_refunded");
  }
  if (wanted > left) {
    throw invalidRequest(
      `Refund amount (${wanted}) is greater than unrefunded amount on charge (${left}), both in minor units of ${paid.currency}.`,
      "amount_too_large",
      "amount",
    );
  }
  if (!isRound(wanted, paid.currency)) throw notRound(wanted, paid.currency, "amount");
  return giveBack(sandbox, paid, wanted, asked);
}

function refundable(sandbox: Sandbox, asked: Asked): Stripe.Charge {
  const paid = charge(sandbox, asked.charge ?? chargeOfIntent(sandbox, asked.payment_intent));
  if (paid.disputed) {
    throw invalidRequest(
      `Charge ${paid.id} has been charged back; cannot issue a refund.`,
      "charge_disputed",
    );
  }
  if (!paid.captured || paid.status !== "succeeded") {
    throw invalidRequest(
      `Charge ${paid.id} was not captured; there is nothing to refund.`,
      "charge_not_refundable",
    );
  }
  return paid;
}

function chargeOfIntent(sandbox: Sandbox, intentId: string | undefined): string {
  if (intentId === undefined) throw parameterMissing("payment_intent");
  const intent = paymentIntent(sandbox, intentId);
  const latest = idOf(intent.latest_charge);
  if (latest === null) {
    throw invalidRequest(
      `This PaymentIntent (${intentId}) does not have a successful charge to refund.`,
      "resource_missing",
      "payment_intent",
    );
  }
  return latest;
}

function giveBack(sandbox: Sandbox, paid: Stripe.Charge, amountMinor: number, asked: Asked): Stripe.Refund {
  const id = newId("re");
  const movement = recordMovement(sandbox, {
    type: "refund",
    category: "refund",
    amount: -amountMinor,
    fee: 0,
    currency: paid.currency,
    source: id,
    description: "REFUND FOR CHARGE",
  });
  const aftermath = aftermathOf(paid);
  const made = sandbox.store.put("refunds", {
    id,
    object: "refund",
    amount: amountMinor,
    balance_transaction: movement.id,
    charge: paid.id,
    created: sandbox.now(),
    currency: paid.currency,
    customer: paid.customer,
    customer_account: null,
    destination_details:
      paid.payment_method_details?.type === "card"
        ? { card: { type: "refund" }, type: "card" }
        : { type: "sepa_bank_transfer" },
    metadata: mergeMetadata(null, asked.metadata),
    payment_intent: paid.payment_intent,
    payment_method: paid.payment_method,
    reason: asked.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: aftermath === "refund_pending" ? "pending" : "succeeded",
    transfer_reversal: null,
  } satisfies Stripe.Refund);
  if (aftermath === "refund_pending") sandbox.schedule("refund_succeeds", id, bankDelay);
  if (aftermath === "refund_fails") sandbox.schedule("refund_fails", id, bankDelay);
  const changed = countRefunded(sandbox, paid, amountMinor);
  sandbox.emit("refund.created", made);
  sandbox.emit("charge.refunded", changed, {
    amount_refunded: paid.amount_refunded,
    refunded: paid.refunded,
  });
  return made;
}

function aftermathOf(paid: Stripe.Charge): "dispute" | "refund_fails" | "refund_pending" | null {
  const last4 = paid.payment_method_details?.card?.last4;
  return last4 === undefined || last4 === null ? null : (testCard(`400000000000${last4}`)?.aftermath ?? null);
}

function countRefunded(sandbox: Sandbox, paid: Stripe.Charge, amountMinor: number): Stripe.Charge {
  const refundedMinor = paid.amount_refunded + amountMinor;
  return sandbox.store.put("charges", {
    ...paid,
    amount_refunded: refundedMinor,
    refunded: refundedMinor === paid.amount_captured,
  });
}

/** The bank took the refund. One it sent back in the meantime stays sent back. */
export function settleRefund(sandbox: Sandbox, id: string): void {
  const before = refund(sandbox, id);
  if (before.status !== "pending") return;
  const made = sandbox.store.put("refunds", { ...before, status: "succeeded" });
  sandbox.emit("refund.updated", made, { status: before.status });
}

/** The bank sent the refund back: the money returns to the balance and may be refunded again. */
export function failRefund(sandbox: Sandbox, id: string): void {
  const before = refund(sandbox, id);
  if (before.status === "failed") return;
  recordMovement(sandbox, {
    type: "refund_failure",
    category: "refund_failure",
    amount: before.amount,
    fee: 0,
    currency: before.currency,
    source: id,
    description: "REFUND FAILURE",
  });
  const made = sandbox.store.put("refunds", { ...before, status: "failed" });
  countRefunded(sandbox, charge(sandbox, idOf(before.charge) ?? ""), -before.amount);
  sandbox.emit("refund.failed", made, { status: before.status });
}

function update(sandbox: Sandbox, fields: unknown, id: string): Stripe.Refund {
  const before = refund(sandbox, id);
  const asked = readParameters(z.strictObject({ metadata: metadata.optional() }), fields);
  const made = sandbox.store.put("refunds", {
    ...before,
    metadata: mergeMetadata(before.metadata, asked.metadata),
  });
  sandbox.emit("refund.updated", made, { metadata: before.metadata });
  return made;
}

function cancel(sandbox: Sandbox, fields: unknown, id: string): never {
  refund(sandbox, id);
  readParameters(z.strictObject({}), fields);
  throw invalidRequest("Only refunds that require action can be canceled, and card refunds never do.");
}

const listShape = z.strictObject({
  ...listing,
  charge: z.string().optional(),
  payment_intent: z.string().optional(),
});

function list(sandbox: Sandbox, fields: unknown): object {
  const asked = readParameters(listShape, fields);
  const rows = sandbox.store
    .all("refunds")
    .filter(
      (row) =>
        matches(row.charge, asked.charge) &&
        matches(row.payment_intent, asked.payment_intent) &&
        createdWithin(row.created, asked.created),
    );
  return page(rows, asked, "/v1/refunds");
}

export const refundRoutes: Route[] = [
  { method: "POST", path: "/v1/refunds", answer: create },
  { method: "GET", path: "/v1/refunds", answer: list },
  {
    method: "GET",
    path: "/v1/refunds/:id",
    answer: (sandbox, fields, id) => {
      readParameters(z.strictObject({}), fields);
      return refund(sandbox, id);
    },
  },
  { method: "POST", path: "/v1/refunds/:id", answer: update },
  { method: "POST", path: "/v1/refunds/:id/cancel", answer: cancel },
];
