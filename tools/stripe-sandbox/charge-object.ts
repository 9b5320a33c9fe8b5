import type Stripe from "stripe";
import type { TestCard } from "./cards";
import { newId } from "./ids";

export type Instrument = { kind: "card"; card: TestCard } | { kind: "sepa_debit"; iban: string };

export type Result =
  | { paid: true; captured: boolean }
  | { paid: "pending" }
  | { paid: false; code: string; declineCode: string | null; message: string };

type NewCharge = {
  intent: Stripe.PaymentIntent;
  instrument: Instrument;
  authenticated: boolean;
  paymentMethod: string;
  email: string | null;
  created: number;
  result: Result;
};

const noAddress = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };

export function newCharge(from: NewCharge): Stripe.Charge {
  const { intent, result } = from;
  return {
    id: newId(from.instrument.kind === "card" ? "ch" : "py"),
    object: "charge",
    amount: intent.amount,
    amount_captured: result.paid === true && result.captured ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: { address: noAddress, email: from.email, name: null, phone: null, tax_id: null },
    calculated_statement_descriptor: "VALVIA",
    captured: result.paid === true && result.captured,
    created: from.created,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: result.paid === false ? result.code : null,
    failure_message: result.paid === false ? result.message : null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: outcomeOf(result),
    paid: result.paid === true,
    payment_intent: intent.id,
    payment_method: from.paymentMethod,
    payment_method_details: methodDetails(from.instrument, intent.amount, from.authenticated),
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: statusOf(result),
    transfer_data: null,
    transfer_group: intent.transfer_group,
  } satisfies Stripe.Charge;
}

function statusOf(result: Result): Stripe.Charge.Status {
  if (result.paid === "pending") return "pending";
  return result.paid ? "succeeded" : "failed";
}

export function outcomeOf(result: Result): Stripe.Charge.Outcome {
  const declined = result.paid === false;
  return {
    advice_code: null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: declined ? "declined_by_network" : "approved_by_network",
    reason: declined ? (result.declineCode ?? result.code) : null,
    seller_message: declined ? "The bank did not accept the payment." : "Payment complete.",
    type: declined ? "issuer_declined" : "authorized",
  } satisfies Stripe.Charge.Outcome;
}

function methodDetails(instrument: Instrument, amount: number, authenticated: boolean) {
  // The contract of this peer is Stripe's published card charge: the account's digits have no place in it.
  if (instrument.kind === "sepa_debit") return { type: "sepa_debit" };
  return { type: "card", card: cardDetails(instrument.card, amount, authenticated) };
}

function cardDetails(
  card: TestCard,
  amount: number,
  authenticated: boolean,
): Stripe.Charge.PaymentMethodDetails.Card {
  return {
    amount_authorized: amount,
    authorization_code: null,
    brand: card.brand,
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
    country: card.country,
    electronic_commerce_indicator: null,
    exp_month: 12,
    exp_year: 2034,
    extended_authorization: { status: "disabled" },
    fingerprint: null,
    funding: card.funding,
    incremental_authorization: { status: "unavailable" },
    installments: null,
    last4: card.number.slice(-4),
    mandate: null,
    multicapture: { status: "unavailable" },
    network: card.brand,
    network_token: { used: false },
    network_transaction_id: null,
    overcapture: { maximum_amount_capturable: amount, status: "unavailable" },
    regulated_status: null,
    three_d_secure: authenticated ? threeDSecure : null,
    transaction_link_id: null,
    wallet: null,
  };
}

const threeDSecure: Stripe.Charge.PaymentMethodDetails.Card.ThreeDSecure = {
  authentication_flow: "challenge",
  electronic_commerce_indicator: "05",
  exemption_indicator: null,
  result: "authenticated",
  result_reason: null,
  transaction_id: null,
  version: "2.2.0",
};
