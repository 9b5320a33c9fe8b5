import "server-only";
import type { Tx } from "@/lib/infra/db";
import {
  approvedSurplusPostings,
  settledRefundPostings,
  surplusPostings,
  takenSurplusPostings,
} from "./ledger";
import { postLedger } from "./post-ledger";

export interface KeptTransfer {
  id: string;
  bookingId: string | null;
  currency: string;
  amountMinor: bigint;
}

/** What a transfer brought beyond what it pays is told apart from money nobody asked for. */
export const REST_MEMO = "rest of a bank transfer";

/** Money at the bank that pays nothing yet: held for whoever sent it. The payer's own words stay out of the books. */
export async function postKeptTransfer(
  tx: Tx,
  transfer: KeptTransfer,
  memo = "bank transfer",
): Promise<void> {
  const event = { ...eventOf(transfer, "kept"), memo };
  await postLedger(tx, event, surplusPostings(transfer.amountMinor));
}

/** It has found what it pays, where it is booked anew. What was kept before anybody booked it here is left alone. */
export async function postPlacedTransfer(tx: Tx, id: string): Promise<void> {
  const kept = await readKept(tx, id);
  if (kept) await postLedger(tx, eventOf(kept, "placed"), takenSurplusPostings(kept.amountMinor));
}

/** A second person agreed that it goes back: from now on it is owed to whoever sent it. */
export async function postReturnedTransfer(tx: Tx, transfer: KeptTransfer, returnId: string): Promise<void> {
  await postKeptTransfer(tx, transfer);
  const kept = (await readKept(tx, transfer.id)) ?? transfer;
  await postLedger(tx, eventOf(kept, "return_approved", returnId), approvedSurplusPostings(kept.amountMinor));
}

/** It does not go back after all: held for whoever sent it again. */
export async function postWithdrawnReturn(tx: Tx, transfer: KeptTransfer, returnId: string): Promise<void> {
  const kept = (await readKept(tx, transfer.id)) ?? transfer;
  const approved = approvedSurplusPostings(kept.amountMinor);
  const back = approved.map((posting) => ({ ...posting, amountMinor: -posting.amountMinor }));
  await postLedger(tx, eventOf(kept, "return_withdrawn", returnId), back);
}

/** The bank has sent it back. */
export async function postSentTransfer(tx: Tx, transfer: KeptTransfer): Promise<void> {
  const kept = (await readKept(tx, transfer.id)) ?? transfer;
  await postLedger(tx, eventOf(kept, "return_sent"), settledRefundPostings(kept.amountMinor));
}

type Step = "kept" | "placed" | "return_approved" | "return_withdrawn" | "return_sent";

/** A way back may be approved anew after it was taken back: these two steps carry its name, and are booked once for each. */
function eventOf({ id, bookingId, currency }: KeptTransfer, step: Step, returnId?: string) {
  const reference = ["transfer", id, step, ...(returnId ? [returnId] : [])].join(":");
  return { kind: `transfer_${step}`, reference, bookingId, currency, memo: "bank transfer" };
}

/** As it was booked when it came, under the booking it was thought to be for then. */
export async function readKept(tx: Tx, id: string): Promise<KeptTransfer | null> {
  const booked = await tx.ledgerTx.findUnique({
    where: { reference: `transfer:${id}:kept` },
    select: {
      bookingId: true,
      entries: { where: { account: "psp_clearing" }, select: { currency: true, amountMinor: true } },
    },
  });
  const [entry] = booked?.entries ?? [];
  return booked && entry ? { id, bookingId: booked.bookingId, ...entry } : null;
}
