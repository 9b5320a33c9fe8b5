import "server-only";
import type { Actor } from "@/lib/kernel/actor";
import { dayOf } from "@/lib/kernel/day";
import { endCausesOf, endOfServices } from "@/lib/bookings/cause-of-end";
import { type BookingFacts, readBooking } from "@/lib/bookings/queries";
import { contractsQuoted, readRefundQuote } from "@/lib/bookings/read-refund-quote";
import { CANCEL_CAUSES, type EndCause } from "@/lib/bookings/refund-policy";
import type { Tx } from "@/lib/infra/db";

/**
 * What the refund rules keep of each service of a cancelled booking, for its cause and from the day it ended, in minor
 * units. A service the patient gets back in whole is not in it, nor is anything of a booking that ended for no such cause.
 */
export async function readKept(tx: Tx, actor: Actor, bookingId: string): Promise<Map<string, bigint>> {
  const booking = await readBooking(tx, actor, bookingId);
  const cause = CANCEL_CAUSES.find((one) => one === booking?.cancelCause);
  if (!booking?.cancelledAt || !cause) return new Map();
  return keptOf(tx, booking, { cause, endedAt: booking.cancelledAt, about: contractsQuoted(booking, cause) });
}

/** What ended contract B of a booking, and what the refund rules keep of its lines. */
export interface EndedServices {
  booking: BookingFacts;
  endedAt: Date;
  /** In minor units by the service; what comes back in whole is not in it. */
  keptOf: ReadonlyMap<string, bigint>;
}

/**
 * The same of contract B alone, whether it ended with its booking or by a withdrawal of its own. Null where it stands, where it
 * ended for no cause of the rules, and for a stranger.
 */
export async function readEndedServices(
  tx: Tx,
  actor: Actor,
  bookingId: string,
): Promise<EndedServices | null> {
  const booking = await readBooking(tx, actor, bookingId);
  const cause = booking && endCausesOf(booking).find((one) => contractsQuoted(booking, one).includes("B"));
  const endedAt = booking && endOfServices(booking);
  if (!cause || !endedAt) return null;
  return { booking, endedAt, keptOf: await keptOf(tx, booking, { cause, endedAt, about: ["B"] }) };
}

interface Ended {
  cause: EndCause;
  endedAt: Date;
  about: readonly ("A" | "B")[];
}

async function keptOf(tx: Tx, booking: BookingFacts, { cause, endedAt, about }: Ended) {
  const { quote } = await readRefundQuote(tx, booking, cause, dayOf(endedAt));
  const services = booking.services.filter(({ line }) => about.includes(line.contract));
  return new Map(
    services.flatMap(({ id, lineId }) => {
      const keptMinor = quote.parts.find((part) => part.lineId === lineId)?.keptMinor ?? 0n;
      return keptMinor > 0n ? [[id, keptMinor] as const] : [];
    }),
  );
}
