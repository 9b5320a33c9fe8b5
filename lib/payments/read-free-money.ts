import "server-only";
import { sumMinor } from "@/lib/kernel/money";
import type { Tx } from "@/lib/infra/db";
import { readHeldMoney } from "./post-ledger";
import { wishedSplit } from "./refund";

/** What is held for those who deliver a contract and is not asked back already; below nothing where more is asked. */
export async function readFreeMoney(tx: Tx, bookingId: string, contract: "A" | "B"): Promise<bigint> {
  const held = await readHeldMoney(tx, bookingId);
  const asked = await tx.refund.findMany({
    where: { bookingId, state: "calculated", payment: { isSurplus: false } },
    select: {
      ...{ amountMinor: true, quote: true },
      payment: { select: { amountMinor: true, contractAMinor: true } },
    },
  });
  const pocket = contract === "A" ? "treatmentMinor" : "servicesMinor";
  const splits = asked.map(({ amountMinor, quote, payment }) => {
    const { contractAMinor } = payment;
    return wishedSplit(quote, { amountMinor, contractAMinor, paidMinor: payment.amountMinor, held });
  });
  return held[pocket] - sumMinor(splits.map((split) => split[pocket]));
}
