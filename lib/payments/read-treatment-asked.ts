import "server-only";
import { sumMinor } from "@/lib/kernel/money";
import type { Tx } from "@/lib/infra/db";
import { mayGoBack } from "./payment";
import { readHeldMoney } from "./post-ledger";
import { wishedSplit } from "./refund";

/**
 * How much of contract A was asked back or given back, whatever for, out of what no bank asks for; what was paid twice belongs
 * to no contract.
 */
export async function readTreatmentAsked(tx: Tx, bookingId: string): Promise<bigint> {
  const refunds = await tx.refund.findMany({
    where: {
      bookingId,
      state: { not: "refused" },
      payment: { isSurplus: false, ...mayGoBack() },
    },
    select: {
      ...{ amountMinor: true, quote: true },
      payment: { select: { amountMinor: true, contractAMinor: true } },
    },
  });
  const held = await readHeldMoney(tx, bookingId);
  return sumMinor(
    refunds.map(({ amountMinor, quote, payment }) => {
      const { contractAMinor } = payment;
      return wishedSplit(quote, { amountMinor, contractAMinor, paidMinor: payment.amountMinor, held })
        .treatmentMinor;
    }),
  );
}
