import { log } from "@/lib/infra/log";
import { systemActor } from "@/lib/infra/session";
import { readSignedEvent } from "@/lib/infra/stripe";
import { eventFacts } from "@/lib/infra/stripe-refunds";
import { acceptProviderEvent } from "@/lib/payments/accept-provider-event";

const BODY_BYTES_MAX = 1_000_000;

/** The payment provider tells us something. The signature covers the raw text; the work is done by a job. */
export async function POST(request: Request): Promise<Response> {
  const body = await request.text();
  if (body.length > BODY_BYTES_MAX) return new Response(null, { status: 413 });
  const event = readSignedEvent(body, request.headers.get("stripe-signature") ?? "");
  if (!event) {
    log.warn({ status: 400 }, "webhook with a wrong signature");
    return new Response(null, { status: 400 });
  }
  await acceptProviderEvent(systemActor("stripe-webhook"), eventFacts(event));
  return new Response(null, { status: 200 });
}
