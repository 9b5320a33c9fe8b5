import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { type Outcome, refused } from "@/lib/kernel/outcome";
import { asPerson } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import type { SettledPayment } from "./apply-page";
import { paymentsOf } from "./scope";
import { settlePayment } from "./settle-payment";

/** The payer is back from the payment page: ask at once how it stands, instead of waiting to be told. */
export async function settleCheckout(
  payer: Patient,
  sessionId: string,
  now: Date,
): Promise<Outcome<SettledPayment, "not_found" | "payment_provider_unavailable">> {
  const payment = await asPerson(payer, (tx) =>
    tx.payment.findFirst({ where: { AND: [{ sessionId }, paymentsOf(payer)] }, select: { id: true } }),
  );
  if (!payment) return refused("not_found");
  return settlePayment(systemActor("checkout-return"), payment.id, now);
}
