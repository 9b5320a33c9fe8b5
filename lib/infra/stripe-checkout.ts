import "server-only";
import type Stripe from "stripe";
import { type Asked, askProvider } from "./stripe";

/** Languages the hosted page speaks; it finds the others out from the browser. */
const PAGE_LANGUAGES = ["en", "de", "zh", "ru"];

export interface PageWish {
  paymentId: string;
  bookingId: string;
  amountMinor: string;
  currency: string;
  productName: string;
  expiresAt: number;
  locale: string;
  successUrl: string;
  cancelUrl: string;
}

export interface PageSession {
  id: string;
  url: string | null;
  status: string | null;
  paymentStatus: string;
  amountMinor: bigint | null;
  currency: string | null;
  paymentId: string | null;
  isLive: boolean;
  paymentIntentId: string | null;
  intentStatus: string | null;
  expiresAt: Date;
}

/** Opens a hosted payment page. The same key always gives the same page. */
export function openPaymentPage(wish: PageWish, idempotencyKey: string): Promise<Asked<PageSession>> {
  return askProvider(async (stripe) =>
    sessionOf(await stripe.checkout.sessions.create(paramsOf(wish), { idempotencyKey })),
  );
}

function paramsOf(wish: PageWish): Stripe.Checkout.SessionCreateParams {
  const metadata = { payment: wish.paymentId, booking: wish.bookingId };
  return {
    mode: "payment",
    ui_mode: "hosted_page",
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: wish.currency.toLowerCase(),
          unit_amount: Number(wish.amountMinor),
          product_data: { name: wish.productName },
        },
      },
    ],
    client_reference_id: wish.paymentId,
    metadata,
    payment_intent_data: { metadata, transfer_group: wish.bookingId },
    expires_at: wish.expiresAt,
    locale: PAGE_LANGUAGES.includes(wish.locale) ? wish.locale : "auto",
    success_url: wish.successUrl,
    cancel_url: wish.cancelUrl,
  };
}

export function readPaymentPage(sessionId: string): Promise<Asked<PageSession>> {
  return askProvider(async (stripe) =>
    sessionOf(await stripe.checkout.sessions.retrieve(sessionId, { expand: ["payment_intent"] })),
  );
}

/** Closes a page nobody may pay on any more; refused when it is paid or closed already. */
export function closePaymentPage(sessionId: string): Promise<Asked<PageSession>> {
  return askProvider(async (stripe) => sessionOf(await stripe.checkout.sessions.expire(sessionId)));
}

function sessionOf(session: Stripe.Checkout.Session): PageSession {
  const intent = session.payment_intent;
  return {
    id: session.id,
    url: session.url,
    status: session.status,
    paymentStatus: session.payment_status,
    amountMinor: session.amount_total === null ? null : BigInt(session.amount_total),
    currency: session.currency,
    paymentId: session.client_reference_id,
    isLive: session.livemode,
    paymentIntentId: typeof intent === "string" ? intent : (intent?.id ?? null),
    intentStatus: typeof intent === "string" ? null : (intent?.status ?? null),
    expiresAt: new Date(session.expires_at * 1000),
  };
}
