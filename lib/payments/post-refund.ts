import "server-only";
import type { Tx } from "@/lib/infra/db";
import { allocate } from "@/lib/kernel/money";
import {
  approvedRefundPostings,
  approvedSurplusPostings,
  type RefundSplit,
  returnedOpinionPostings,
  splitRefund,
} from "./ledger";
import { postLedger, readHeldMoney } from "./post-ledger";
import { isByRules, isKeptSplit, wishedSplit } from "./refund";

export interface ApprovedRefund {
  id: string;
  paymentId: string;
  bookingId: string | null;
  currency: string;
  amountMinor: bigint;
  /** The split the calculator proposed, as it was kept. */
  quote: unknown;
}

/** Moves the money of an approved refund out of the pockets of its booking into what is owed to the payer. */
export async function postApprovedRefund(
  tx: Tx,
  refund: ApprovedRefund,
  actorId: string | null,
): Promise<void> {
  const { id, paymentId, bookingId, currency, amountMinor } = refund;
  const payment = await tx.payment.findUniqueOrThrow({
    where: { id: paymentId },
    select: { amountMinor: true, contractAMinor: true, isSurplus: true, opinionId: true },
  });
  const event = {
    kind: "refund_approved",
    reference: `refund:${id}:approved`,
    bookingId,
    opinionId: payment.opinionId,
    paymentId,
    refundId: id,
    actorId,
    currency,
    memo: "refund approved",
  };
  if (payment.isSurplus) {
    await postLedger(tx, event, approvedSurplusPostings(amountMinor));
    return;
  }
  if (payment.opinionId) {
    await postLedger(tx, event, returnedOpinionPostings(amountMinor));
    return;
  }
  if (!bookingId) throw new Error("A refund of a booking gives an instalment back.");
  const held = await readHeldMoney(tx, bookingId);
  const { contractAMinor, amountMinor: paidMinor } = payment;
  const wish =
    (isKeptSplit(refund.quote) ? null : await readOwnSplit(tx, paymentId, amountMinor)) ??
    wishedSplit(refund.quote, { amountMinor, contractAMinor, paidMinor, held });
  const split = splitRefund(amountMinor, wish, held, isByRules(refund.quote));
  await postLedger(tx, event, approvedRefundPostings(amountMinor, split));
}

/**
 * What goes back whole leaves the pockets it came into, not those of others. Null for what was paid in place of a loss: it came
 * into none.
 */
async function readOwnSplit(tx: Tx, paymentId: string, amountMinor: bigint): Promise<RefundSplit | null> {
  const came = await tx.ledgerEntry.groupBy({
    by: ["account", "contract"],
    where: { tx: { paymentId, kind: "payment_received" } },
    _sum: { amountMinor: true },
  });
  if (came.some(({ account }) => account === "write_off")) return null;
  const into = (account: string, contract: "A" | "B") =>
    -Number(came.find((one) => one.account === account && one.contract === contract)?._sum.amountMinor ?? 0n);
  const weights = [
    into("client_funds_held", "A"),
    into("client_funds_held", "B"),
    into("operator_fee_deferred", "B"),
  ];
  if (weights.every((weight) => weight === 0)) return null;
  const [treatmentMinor = 0n, servicesMinor = 0n, feeMinor = 0n] = allocate(amountMinor, weights);
  return { treatmentMinor, servicesMinor, feeMinor };
}
