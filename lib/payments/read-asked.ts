import "server-only";
import type { ContractKind } from "@/lib/bookings/payment-plan";
import { isUnderDispute } from "@/lib/bookings/taken";
import type { Tx } from "@/lib/infra/db";
import { mayGoBack } from "./payment";
import { isByRules, REFUND_STATES, type RefundState, SET_ASIDE_STATES, wishedSplit } from "./refund";

export type AskedMoney = Record<ContractKind, bigint>;

const NOTHING = { treatmentMinor: 0n, servicesMinor: 0n, feeMinor: 0n };
const STANDING = REFUND_STATES.filter((state) => state !== "refused");

interface AskedOf {
  /** Of a contract that does not end, nothing is answered. */
  ends?: readonly ContractKind[];
  states?: readonly RefundState[];
  /** Whether only what the rules calculated counts; of money a bank asks for, all the same, everything. */
  isDue?: boolean;
}

/**
 * What was asked back or given back before of a booking, by contract: each refund counts for both as it was calculated. What was
 * paid twice belongs to no contract.
 */
export async function readAsked(
  tx: Tx,
  bookingId: string,
  { ends = ["A", "B"], states = STANDING, isDue = false }: AskedOf = {},
): Promise<AskedMoney> {
  const refunds = await tx.refund.findMany({
    where: {
      ...{ bookingId, state: { in: [...states] }, payment: { isSurplus: false } },
      // What is only proposed of money a bank asks for waits with it.
      OR: [{ state: { in: [...SET_ASIDE_STATES] } }, { payment: mayGoBack() }],
    },
    select: {
      ...{ amountMinor: true, quote: true },
      payment: { select: { amountMinor: true, contractAMinor: true, state: true, openDisputes: true } },
    },
  });
  const asked: AskedMoney = { A: 0n, B: 0n };
  for (const { amountMinor, quote, payment } of refunds) {
    if (isDue && !isByRules(quote) && !isUnderDispute(payment)) continue;
    const facts = { contractAMinor: payment.contractAMinor, paidMinor: payment.amountMinor, held: NOTHING };
    const ofAMinor = wishedSplit(quote, { amountMinor, ...facts }).treatmentMinor;
    asked.A += ofAMinor;
    asked.B += amountMinor - ofAMinor;
  }
  return { A: ends.includes("A") ? asked.A : 0n, B: ends.includes("B") ? asked.B : 0n };
}
