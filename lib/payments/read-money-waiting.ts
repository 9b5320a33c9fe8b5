import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { asPerson } from "@/lib/infra/db";
import { paymentsOf, refundsOf } from "./scope";

export interface MoneyWaiting {
  refunds: number;
  transfers: number;
  movements: number;
  releases: number;
  returns: number;
  disputes: number;
}

/** How much of each waits for somebody in finance. */
export function readMoneyWaiting(finance: Finance): Promise<MoneyWaiting> {
  return asPerson(finance, async (tx) => ({
    refunds: await tx.refund.count({
      where: { AND: [{ state: { in: ["calculated", "failed"] } }, refundsOf(finance)] },
    }),
    transfers: await tx.bankTransfer.count({ where: { state: "unmatched", paymentId: null } }),
    movements: await tx.balanceMovement.count({ where: { state: "unexplained" } }),
    releases: await tx.release.count({
      where: {
        OR: [
          { state: { in: ["proposed", "approved"] } },
          { state: "paid", recalls: { some: { state: "proposed" } } },
        ],
      },
    }),
    returns: await tx.transferReturn.count({ where: { state: { in: ["proposed", "approved"] } } }),
    disputes: await tx.dispute.count({
      where: { AND: [{ endedAt: null }, { payment: paymentsOf(finance) }] },
    }),
  }));
}
