import "server-only";
import Stripe from "stripe";
import { env } from "./env";
import { log } from "./log";

const TIMEOUT_MS = 10_000;
const shared = globalThis as typeof globalThis & { valviaStripe?: Stripe };

function client(): Stripe {
  shared.valviaStripe ??= new Stripe(env().STRIPE_SECRET_KEY, {
    timeout: TIMEOUT_MS,
    maxNetworkRetries: 2,
    telemetry: false,
    ...apiAddress(),
  });
  return shared.valviaStripe;
}

function apiAddress(): { host?: string; port?: string; protocol?: "http" | "https" } {
  const base = env().STRIPE_API_BASE;
  if (!base) return {};
  const { hostname, port, protocol } = new URL(base);
  const isPlain = protocol === "http:";
  return { host: hostname, port: port || (isPlain ? "80" : "443"), protocol: isPlain ? "http" : "https" };
}

/**
 * What came of asking the provider: its answer, its definite no (nothing happened there), or nothing known
 * (it may have happened; ask again with the same key).
 */
export type Asked<T> =
  | { kind: "answered"; value: T }
  | { kind: "refused"; code: string }
  | { kind: "unknown" };

/** Makes one call and sorts what came of it. Anything that is not the provider's doing rises. */
export async function askProvider<T>(call: (stripe: Stripe) => Promise<T>): Promise<Asked<T>> {
  try {
    return { kind: "answered", value: await call(client()) };
  } catch (error) {
    if (
      error instanceof Stripe.errors.StripeInvalidRequestError ||
      error instanceof Stripe.errors.StripeCardError
    ) {
      return { kind: "refused", code: error.code ?? error.type };
    }
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    log.error({ error, code: error.code ?? error.type, status: error.statusCode }, "payment provider");
    return { kind: "unknown" };
  }
}

/** The event a signed request carries; null when the signature is not the provider's. The body must be untouched. */
export function readSignedEvent(body: string, signature: string): Stripe.Event | null {
  try {
    return client().webhooks.constructEvent(body, signature, env().STRIPE_WEBHOOK_SECRET);
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return null;
    throw error;
  }
}

/** Whether we talk to the live provider; events of the other mode are never ours. */
export function isLiveMode(): boolean {
  return /^(sk|rk)_live_/.test(env().STRIPE_SECRET_KEY);
}

/** Where a person answers a dispute at the provider; null beside a sandbox, which has no pages for it. */
export function disputeAddress(disputeId: string): string | null {
  if (env().STRIPE_API_BASE) return null;
  const mode = isLiveMode() ? "" : "test/";
  return `https://dashboard.stripe.com/${mode}disputes/${encodeURIComponent(disputeId)}`;
}

/** Forgets the client; for tests that change its address. */
export function dropStripe(): void {
  delete shared.valviaStripe;
}
