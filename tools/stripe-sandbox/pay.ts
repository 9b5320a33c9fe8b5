import type Stripe from "stripe";
import type { Decline, TestCard } from "./cards";
import { newCharge, outcomeOf, type Instrument, type Result } from "./charge-object";
import { capture, charge } from "./charges";
import { idOf, newId } from "./ids";
import type { Sandbox } from "./sandbox";
import type { PaymentIntentRow } from "./tables";

/** How long a bank takes to answer a debit, and a buyer to dispute a payment, in seconds. */
const debitDelay = 2;
const disputeDelay = 2;

// Stripe's published test account of which every debit bounces.
const bouncingIban = "DE62370400440532013001";

export type CardAttempt = { card: TestCard; authenticated: boolean; email: string | null };

type Attempt = { instrument: Instrument; authenticated: boolean; email: string | null };

/** Charges a test card, or asks for 3-D Secure first. The outcome stands in the intent's status. */
export function payByCard(sandbox: Sandbox, row: PaymentIntentRow, attempt: CardAttempt): PaymentIntentRow {
  const { card, authenticated, email } = attempt;
  if (card.authentication && !authenticated) return askAuthentication(sandbox, row, card);
  const by: Attempt = { instrument: { kind: "card", card }, authenticated, email };
  if (card.decline !== null) return decline(sandbox, row, by, card.decline);
  const captured = row.intent.capture_method !== "manual";
  const paid = addCharge(sandbox, row, by, { paid: true, captured });
  if (card.aftermath === "dispute") sandbox.schedule("dispute", paid.charge.id, disputeDelay);
  if (captured) return settle(sandbox, paid.row, capture(sandbox, paid.charge, paid.charge.amount));
  sandbox.emit("charge.succeeded", paid.charge);
  return changeIntent(sandbox, paid.row, "payment_intent.amount_capturable_updated", {
    amount_capturable: paid.charge.amount,
    status: "requires_capture",
  });
}

/** Starts a bank debit: the money comes, or not, when the bank answers. */
export function payByDebit(
  sandbox: Sandbox,
  row: PaymentIntentRow,
  attempt: { iban: string; email: string | null },
): PaymentIntentRow {
  const { iban, email } = attempt;
  const by: Attempt = { instrument: { kind: "sepa_debit", iban }, authenticated: false, email };
  const started = addCharge(sandbox, row, by, { paid: "pending" });
  sandbox.emit("charge.pending", started.charge);
  sandbox.schedule(iban === bouncingIban ? "debit_fails" : "debit_clears", row.id, debitDelay);
  return changeIntent(sandbox, started.row, "payment_intent.processing", { status: "processing" });
}

export function clearDebit(sandbox: Sandbox, row: PaymentIntentRow): PaymentIntentRow {
  const pending = charge(sandbox, idOf(row.intent.latest_charge) ?? "");
  return settle(sandbox, row, capture(sandbox, pending, pending.amount));
}

export function bounceDebit(sandbox: Sandbox, row: PaymentIntentRow): PaymentIntentRow {
  const reason = {
    code: "payment_method_provider_decline",
    declineCode: null,
    message: "The bank refused the debit.",
  };
  const pending = charge(sandbox, idOf(row.intent.latest_charge) ?? "");
  const failed = sandbox.store.put("charges", {
    ...pending,
    status: "failed",
    failure_code: reason.code,
    failure_message: reason.message,
    outcome: outcomeOf({ paid: false, ...reason }),
  });
  sandbox.emit("charge.failed", failed);
  return failIntent(sandbox, row, reason, failed.id);
}

/** The buyer failed or gave up 3-D Secure. Nothing was charged. */
export function failAuthentication(sandbox: Sandbox, row: PaymentIntentRow): PaymentIntentRow {
  const reason = {
    code: "payment_intent_authentication_failure",
    declineCode: null,
    message:
      "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
  };
  return failIntent(sandbox, row, reason, null);
}

function askAuthentication(sandbox: Sandbox, row: PaymentIntentRow, card: TestCard): PaymentIntentRow {
  return changeIntent(sandbox, { ...row, awaitingCard: card.number }, "payment_intent.requires_action", {
    last_payment_error: null,
    next_action: { type: "use_stripe_sdk", use_stripe_sdk: {} },
    payment_method: newId("pm"),
    status: "requires_action",
  });
}

function decline(sandbox: Sandbox, row: PaymentIntentRow, by: Attempt, reason: Decline): PaymentIntentRow {
  const failed = addCharge(sandbox, row, by, { paid: false, ...reason });
  sandbox.emit("charge.failed", failed.charge);
  return failIntent(sandbox, failed.row, reason, failed.charge.id);
}

function settle(sandbox: Sandbox, row: PaymentIntentRow, captured: Stripe.Charge): PaymentIntentRow {
  sandbox.emit("charge.succeeded", captured);
  return changeIntent(sandbox, row, "payment_intent.succeeded", {
    amount_received: captured.amount_captured,
    status: "succeeded",
  });
}

function addCharge(
  sandbox: Sandbox,
  row: PaymentIntentRow,
  by: Attempt,
  result: Result,
): { row: PaymentIntentRow; charge: Stripe.Charge } {
  const paymentMethod = idOf(row.intent.payment_method) ?? newId("pm");
  const made = sandbox.store.put(
    "charges",
    newCharge({ ...by, intent: row.intent, paymentMethod, created: sandbox.now(), result }),
  );
  const intent: Stripe.PaymentIntent = {
    ...row.intent,
    last_payment_error: null,
    latest_charge: made.id,
    next_action: null,
    payment_method: paymentMethod,
  };
  return { row: { ...row, intent, awaitingCard: null }, charge: made };
}

function failIntent(
  sandbox: Sandbox,
  row: PaymentIntentRow,
  reason: Decline,
  chargeId: string | null,
): PaymentIntentRow {
  return changeIntent(sandbox, { ...row, awaitingCard: null }, "payment_intent.payment_failed", {
    last_payment_error: {
      code: reason.code,
      message: reason.message,
      type: "card_error",
      ...(chargeId === null ? {} : { charge: chargeId }),
      ...(reason.declineCode === null ? {} : { decline_code: reason.declineCode }),
    },
    next_action: null,
    payment_method: null,
    status: "requires_payment_method",
  });
}

export function changeIntent(
  sandbox: Sandbox,
  row: PaymentIntentRow,
  event: Stripe.Event.Type,
  change: Partial<Stripe.PaymentIntent>,
): PaymentIntentRow {
  const changed = sandbox.store.put("paymentIntents", { ...row, intent: { ...row.intent, ...change } });
  sandbox.emit(event, changed.intent);
  return changed;
}
