import type Stripe from "stripe";
import { newId } from "./ids";

export type NewSession = {
  amount: number;
  currency: string;
  cancelUrl: string | null;
  successUrl: string;
  clientReferenceId: string | null;
  customer: string | null;
  customerEmail: string | null;
  created: number;
  expiresAt: number;
  locale: Stripe.Checkout.Session.Locale | null;
  metadata: Record<string, string>;
  methods: string[];
  allowedMethods: string[] | null;
  submitType: Stripe.Checkout.Session.SubmitType | null;
};

export function newSession(from: NewSession): Stripe.Checkout.Session {
  return {
    id: newId("cs_test", 58),
    object: "checkout.session",
    adaptive_pricing: { enabled: false },
    after_expiration: null,
    allow_promotion_codes: null,
    allowed_payment_method_types: from.allowedMethods,
    amount_subtotal: from.amount,
    amount_total: from.amount,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: null,
    cancel_url: from.cancelUrl,
    client_reference_id: from.clientReferenceId,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: from.created,
    currency: from.currency,
    currency_conversion: null,
    custom_fields: [],
    custom_text: {
      after_submit: null,
      shipping_address: null,
      submit: null,
      terms_of_service_acceptance: null,
    },
    customer: from.customer,
    customer_account: null,
    customer_creation: from.customer === null ? "if_required" : null,
    customer_details: null,
    customer_email: from.customerEmail,
    discounts: [],
    expires_at: from.expiresAt,
    integration_identifier: null,
    invoice: null,
    invoice_creation: null,
    livemode: false,
    locale: from.locale,
    managed_payments: null,
    metadata: from.metadata,
    mode: "payment",
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: "if_required",
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: from.methods,
    payment_status: "unpaid",
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: "open",
    submit_type: from.submitType,
    subscription: null,
    success_url: from.successUrl,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: "hosted_page",
    url: null,
    wallet_options: null,
  } satisfies Stripe.Checkout.Session;
}

export function detailsOf(email: string | null): Stripe.Checkout.Session.CustomerDetails {
  return {
    address: null,
    business_name: null,
    email,
    individual_name: null,
    name: null,
    phone: null,
    tax_exempt: "none",
    tax_ids: [],
  };
}
