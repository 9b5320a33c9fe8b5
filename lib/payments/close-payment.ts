import "server-only";
import type { System } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { closePaymentPage } from "@/lib/infra/stripe-checkout";
import { settlePayment } from "./settle-payment";

/**
 * Closes the page of an open payment, so that nobody pays it beside something else, and books what it says: somebody may
 * have paid it in this moment. One whose page is not known yet is only asked for; whoever looks again finds it.
 */
export async function closeOpenPayment(
  system: System,
  open: { id: string; sessionId: string | null },
  now: Date,
): Promise<Outcome<null, "payment_provider_unavailable" | "payment_in_progress">> {
  if (open.sessionId) {
    const closed = await closePaymentPage(open.sessionId);
    if (closed.kind === "unknown") return refused("payment_provider_unavailable");
  }
  const settled = await settlePayment(system, open.id, now);
  if (!settled.ok) return refused("payment_provider_unavailable");
  return settled.value.state === "processing" ? refused("payment_in_progress") : done(null);
}
