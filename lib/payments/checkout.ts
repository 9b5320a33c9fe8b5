import { UNPAID_RETURN } from "@/lib/kernel/return-cookie";
import type { PaymentState } from "./payment";

/** What the payment provider is told: opaque ids, an amount and a name that says nothing about anybody's health. */
export interface CheckoutRequest {
  paymentId: string;
  /** Or the second opinion; the name is kept, as requests are. */
  bookingId: string;
  /** Minor units as text, so that it can be kept as JSON. */
  amountMinor: string;
  currency: string;
  productName: string;
  /** Seconds since 1970. */
  expiresAt: number;
  locale: string;
  successUrl: string;
  cancelUrl: string;
}

/** The page of a case somebody comes back to who does not pay; the provider reads its name, so it says nothing of health. */
export type ReturnPlace = "booking" | "orders";

export interface CheckoutFacts {
  payment: { id: string; amountMinor: bigint; currency: string; expiresAt: Date };
  /** The booking or second opinion it is for. */
  about: { id: string; caseId: string; place: ReturnPlace };
  productName: string;
  /** Of the page the payment was started from. */
  locale: string;
  appUrl: string;
}

export function checkoutRequest(facts: CheckoutFacts): CheckoutRequest {
  const { payment, about, productName, locale } = facts;
  const pages = `${facts.appUrl}/${locale}/my/cases/${about.caseId}`;
  return {
    paymentId: payment.id,
    bookingId: about.id,
    amountMinor: payment.amountMinor.toString(),
    currency: payment.currency,
    productName,
    expiresAt: Math.floor(payment.expiresAt.getTime() / 1000),
    locale,
    successUrl: `${pages}/payment?session={CHECKOUT_SESSION_ID}`,
    cancelUrl: `${pages}/${about.place}?${UNPAID_RETURN}`,
  };
}

/** An open payment page the payer may be sent to. */
export interface StartedCheckout {
  paymentId: string;
  url: string;
  expiresAt: Date;
  amountMinor: bigint;
  currency: string;
}

export interface OpenPayment {
  id: string;
  state: PaymentState;
  checkoutUrl: string | null;
  expiresAt: Date | null;
  amountMinor: bigint;
}

/** What to do about a payment that is open already, where so much is asked for now. */
export function nextFor(
  payment: OpenPayment,
  askedMinor: bigint,
  now: Date,
): "show" | "ask_again" | "settle_first" | "close_first" | "wait" {
  if (payment.state === "processing") return "wait";
  if (payment.expiresAt !== null && payment.expiresAt <= now) return "settle_first";
  // A page of another sum must not be paid beside the new one.
  if (payment.amountMinor !== askedMinor) return "close_first";
  return payment.checkoutUrl === null ? "ask_again" : "show";
}
