import "server-only";
import type { Tx } from "@/lib/infra/db";
import type { Prisma } from "@/lib/infra/generated/client";
import type { HeldMoney } from "./ledger";
import { readHeldMoney } from "./post-ledger";
import { wishedSplit } from "./refund";

/** What is held for those who deliver a contract and is not asked back already; below nothing where more is asked. */
export async function readFreeMoney(tx: Tx, bookingId: string, contract: "A" | "B"): Promise<bigint> {
  const free = await readFreePockets(tx, bookingId);
  return contract === "A" ? free.treatmentMinor : free.servicesMinor;
}

/**
 * What each pocket holds beyond what somebody only proposed to give back out of it, of these payments; below nothing where that is
 * more.
 */
export async function readFreePockets(
  tx: Tx,
  bookingId: string,
  payment: Prisma.PaymentWhereInput = {},
): Promise<HeldMoney> {
  const held = await readHeldMoney(tx, bookingId);
  const asked = await tx.refund.findMany({
    where: { bookingId, state: "calculated", payment: { ...payment, isSurplus: false } },
    select: {
      ...{ amountMinor: true, quote: true },
      payment: { select: { amountMinor: true, contractAMinor: true } },
    },
  });
  const free = { ...held };
  for (const { amountMinor, quote, payment } of asked) {
    const { contractAMinor } = payment;
    const split = wishedSplit(quote, { amountMinor, contractAMinor, paidMinor: payment.amountMinor, held });
    free.treatmentMinor -= split.treatmentMinor;
    free.servicesMinor -= split.servicesMinor;
    free.feeMinor -= split.feeMinor;
  }
  return free;
}
