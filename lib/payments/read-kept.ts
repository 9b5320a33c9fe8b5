import "server-only";
import type { Actor } from "@/lib/kernel/actor";
import { dayOf } from "@/lib/kernel/day";
import { readBooking } from "@/lib/bookings/queries";
import { contractsQuoted, readRefundQuote } from "@/lib/bookings/read-refund-quote";
import { CANCEL_CAUSES } from "@/lib/bookings/refund-policy";
import type { Tx } from "@/lib/infra/db";

/**
 * What the refund rules keep of each service of a cancelled booking, for its cause and from the day it ended, in minor
 * units. A service the patient gets back in whole is not in it, nor is anything of a booking that ended for no such cause.
 */
export async function readKept(tx: Tx, actor: Actor, bookingId: string): Promise<Map<string, bigint>> {
  const booking = await readBooking(tx, actor, bookingId);
  const cause = CANCEL_CAUSES.find((one) => one === booking?.cancelCause);
  if (!booking?.cancelledAt || !cause) return new Map();
  const about = contractsQuoted(booking, cause);
  const { quote } = await readRefundQuote(tx, booking, cause, dayOf(booking.cancelledAt));
  const services = booking.services.filter(({ line }) => about.includes(line.contract));
  return new Map(
    services.flatMap(({ id, lineId }) => {
      const keptMinor = quote.parts.find((part) => part.lineId === lineId)?.keptMinor ?? 0n;
      return keptMinor > 0n ? [[id, keptMinor] as const] : [];
    }),
  );
}
