import "server-only";
import { newId } from "@/lib/kernel/ids";
import type { Tx } from "@/lib/infra/db";
import type { HeldMoney, Posting } from "./ledger";

export interface LedgerEvent {
  kind: string;
  /** What happened, once: the same reference is never posted again. */
  reference: string;
  /** The booking it is about; none for what concerns the operator's own books alone. */
  bookingId: string | null;
  /** The second opinion whose fee it is about. */
  opinionId?: string | null;
  /** The transaction it corrects. */
  correctsTxId?: string;
  caseId?: string;
  paymentId?: string;
  refundId?: string;
  actorId?: string | null;
  currency: string;
  memo: string;
}

/** Writes one transaction of the ledger. False when this event was posted before; the database checks that it balances. */
export async function postLedger(tx: Tx, event: LedgerEvent, postings: readonly Posting[]): Promise<boolean> {
  const txId = newId();
  // One moment for the event and both its sides: they lie in one month.
  const at = new Date();
  const { kind, reference, bookingId, memo } = event;
  const { count } = await tx.ledgerTx.createMany({
    data: [
      {
        id: txId,
        kind,
        reference,
        bookingId,
        memo,
        at,
        correctsTxId: event.correctsTxId ?? null,
        opinionId: event.opinionId ?? null,
        paymentId: event.paymentId ?? null,
        refundId: event.refundId ?? null,
        actorId: event.actorId ?? null,
      },
    ],
    skipDuplicates: true,
  });
  if (count === 0) return false;
  await tx.ledgerEntry.createMany({
    data: postings.map(({ account, contract, amountMinor }) => ({
      id: newId(),
      txId,
      account,
      contract,
      amountMinor,
      currency: event.currency,
      bookingId: bookingId ?? null,
      at,
    })),
  });
  return true;
}

/** What the ledger still holds for a booking, as positive amounts. */
export async function readHeldMoney(tx: Tx, bookingId: string): Promise<HeldMoney> {
  const sums = await tx.ledgerEntry.groupBy({
    by: ["account", "contract"],
    where: { bookingId, account: { in: ["client_funds_held", "operator_fee_deferred"] } },
    _sum: { amountMinor: true },
  });
  const held = (account: string, contract: "A" | "B") => {
    const sum = sums.find((row) => row.account === account && row.contract === contract)?._sum.amountMinor;
    return sum ? -sum : 0n;
  };
  return {
    treatmentMinor: held("client_funds_held", "A"),
    servicesMinor: held("client_funds_held", "B"),
    feeMinor: held("operator_fee_deferred", "B"),
  };
}
