import "server-only";
import type { System } from "@/lib/kernel/actor";
import { fullRefund } from "@/lib/payments/begin-full-refund";
import { reclaimBooking } from "./reclaim-booking";

/**
 * What comes after the provider was asked about a payment: money for a day that was given away wins it again, or goes
 * back whole. Nothing is ever silent. Told twice, it changes nothing more.
 */
export async function followPayment(
  system: System,
  told: { paymentId: string | null; follow: "reclaim" | null },
  now: Date,
): Promise<void> {
  if (told.follow !== "reclaim" || !told.paymentId) return;
  const won = await reclaimBooking(system, told.paymentId, now);
  if (!won.ok) await fullRefund(system, told.paymentId, "hold_expired", now);
}
