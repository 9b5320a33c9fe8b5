import "server-only";
import type { System } from "@/lib/kernel/actor";
import { least } from "@/lib/kernel/money";
import { endCausesOf } from "@/lib/bookings/cause-of-end";
import { readBooking } from "@/lib/bookings/queries";
import { contractsQuoted } from "@/lib/bookings/read-refund-quote";
import type { Tx } from "@/lib/infra/db";
import { endProposal, partOff } from "./end-taken-refunds";
import { payByLoss } from "./pay-by-loss";
import { readLostSum } from "./read-loss";
import { contractOf, COUNTED_ANEW, isAgreed } from "./refund";

/**
 * After a loss: what was agreed to go back out of other payments, and nobody has approved, pays that loss of its contract instead.
 * Money does not leave to somebody who is asked for more.
 */
export async function payAgreed(tx: Tx, system: System, bookingId: string, now: Date): Promise<void> {
  const booking = await readBooking(tx, system, bookingId);
  if (!booking) return;
  const { caseId, currency } = booking;
  const ended = endCausesOf(booking).flatMap((cause) => contractsQuoted(booking, cause));
  const waiting = await tx.refund.findMany({
    where: { bookingId, state: "calculated", payment: { isSurplus: false } },
    orderBy: { id: "asc" },
  });
  for (const refund of waiting.filter(isAgreed)) {
    const contract = contractOf(refund);
    if (!contract || ended.includes(contract)) continue;
    const amountMinor = least(refund.amountMinor, await readLostSum(tx, bookingId, contract));
    if (amountMinor === 0n) continue;
    const isWhole = amountMinor === refund.amountMinor;
    const id = isWhole ? refund.id : await partOff(tx, refund, amountMinor, now);
    const end = { refusedReason: COUNTED_ANEW, lostBeforeMinor: refund.lostBeforeMinor };
    await endProposal(tx, system, { ...refund, id }, end, now);
    const { cause } = refund;
    await payByLoss(tx, system, { bookingId, caseId, currency, cause, contract }, amountMinor, now);
  }
}
