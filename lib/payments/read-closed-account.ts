import "server-only";
import type { ClinicMember, Coordinator } from "@/lib/kernel/actor";
import { bookingsOf } from "@/lib/bookings/scope";
import { asPerson, type Tx } from "@/lib/infra/db";

/** When the final account of a booking was closed; null while it is open, again open by a later invoice, or a stranger's. */
export function closedAccountOf(actor: ClinicMember | Coordinator, bookingId: string): Promise<Date | null> {
  return asPerson(actor, async (tx) => {
    const known = await tx.booking.count({ where: { AND: [{ id: bookingId }, bookingsOf(actor)] } });
    return known === 0 ? null : readClosedAccount(tx, bookingId);
  });
}

/**
 * An invoice that comes late, or a correction, opens what it changes until finance has closed the account anew. What the
 * hospital asks beyond what was agreed may still be agreed to.
 */
export async function readClosedAccount(tx: Tx, bookingId: string): Promise<Date | null> {
  const account = await tx.billAccount.findFirst({
    where: { bookingId },
    orderBy: { version: "desc" },
    select: { settledAt: true, billedMinor: true, agreedMinor: true },
  });
  if (!account || account.billedMinor > account.agreedMinor) return null;
  const { settledAt } = account;
  const later = await tx.bill.count({
    where: { bookingId, enteredAt: { gt: settledAt }, state: { not: "rejected" } },
  });
  return later > 0 ? null : settledAt;
}
