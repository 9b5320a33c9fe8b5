import "server-only";
import { sumMinor } from "@/lib/kernel/money";
import type { Tx } from "@/lib/infra/db";
import { SURPLUS } from "./bill";
import { type FinalBill, finalBillOf } from "./final-bill";
import { SET_ASIDE_STATES } from "./refund";
import type { ContractSums } from "./statement";

export interface FinalBillRead extends FinalBill {
  settledAt: Date;
  /** No invoice has come since. */
  stands: boolean;
  /** Paid beyond the bill, and not yet set aside to go back. */
  waitingMinor: bigint;
  /** All that was paid beyond it has arrived where it came from. */
  isBack: boolean;
}

/** The account that was closed last beside what was paid of contract A through us; null while none was closed. */
export async function readFinalBill(
  tx: Tx,
  bookingId: string,
  contract: ContractSums,
): Promise<FinalBillRead | null> {
  const account = await tx.billAccount.findFirst({
    where: { bookingId },
    orderBy: { version: "desc" },
    select: { settledAt: true, owedMinor: true, contractAMode: true },
  });
  if (!account || account.contractAMode === "direct") return null;
  const { settledAt, owedMinor } = account;
  const later = await tx.bill.count({
    where: { bookingId, enteredAt: { gt: settledAt }, state: { not: "rejected" } },
  });
  const refunds = await tx.refund.findMany({
    where: { bookingId, cause: SURPLUS, state: { in: [...SET_ASIDE_STATES] }, payment: { isSurplus: false } },
    select: { amountMinor: true, state: true },
  });
  const surplusMinor = sumMinor(refunds.map(({ amountMinor }) => amountMinor));
  const bill = finalBillOf({ owedMinor, contract, surplusMinor });
  const waitingMinor = bill.backMinor > surplusMinor ? bill.backMinor - surplusMinor : 0n;
  const isBack = waitingMinor === 0n && refunds.every(({ state }) => state === "settled");
  return { ...bill, settledAt, stands: later === 0, waitingMinor, isBack };
}
