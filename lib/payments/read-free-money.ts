import "server-only";
import type { EndCause } from "@/lib/bookings/refund-policy";
import { isUnderDispute } from "@/lib/bookings/taken";
import type { Tx } from "@/lib/infra/db";
import type { HeldMoney } from "./ledger";
import { readHeldMoney } from "./post-ledger";
import { isByRules, wishedSplit } from "./refund";

/** What is held for those who deliver a contract and is not asked back already; below nothing where more is asked. */
export async function readFreeMoney(tx: Tx, bookingId: string, contract: "A" | "B"): Promise<bigint> {
  const free = await readFreePockets(tx, bookingId);
  return contract === "A" ? free.treatmentMinor : free.servicesMinor;
}

/**
 * What each pocket holds beyond what somebody only proposed to give back out of it; below nothing where that is more. What the
 * rules proposed for this cause out of money a bank asks for takes up none: it falls once that money is free.
 */
export async function readFreePockets(tx: Tx, bookingId: string, anew?: EndCause): Promise<HeldMoney> {
  const held = await readHeldMoney(tx, bookingId);
  const asked = await tx.refund.findMany({
    where: { bookingId, state: "calculated", payment: { isSurplus: false } },
    select: {
      ...{ amountMinor: true, quote: true, cause: true },
      payment: { select: { amountMinor: true, contractAMinor: true, state: true, openDisputes: true } },
    },
  });
  const free = { ...held };
  for (const { amountMinor, quote, cause, payment } of asked) {
    if (cause === anew && isByRules(quote) && isUnderDispute(payment)) continue;
    const { contractAMinor } = payment;
    const split = wishedSplit(quote, { amountMinor, contractAMinor, paidMinor: payment.amountMinor, held });
    free.treatmentMinor -= split.treatmentMinor;
    free.servicesMinor -= split.servicesMinor;
    free.feeMinor -= split.feeMinor;
  }
  return free;
}
