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

/** Money at the bank that pays nothing yet: held for whoever sent it. The payer's own words stay out of the books. */
export async function postKeptTransfer(tx: Tx, transfer: KeptTransfer): Promise<void> {
  await postLedger(tx, eventOf(transfer, "kept"), surplusPostings(transfer.amountMinor));
}

/** It has found what it pays, where it is booked anew. What was kept before anybody booked it here is left alone. */
export async function postPlacedTransfer(tx: Tx, id: string): Promise<void> {
  const kept = await readKept(tx, id);
  if (kept) await postLedger(tx, eventOf(kept, "placed"), takenSurplusPostings(kept.amountMinor));
}

/** A second person agreed that it goes back: from now on it is owed to whoever sent it. */
export async function postReturnedTransfer(tx: Tx, transfer: KeptTransfer): Promise<void> {
  await postKeptTransfer(tx, transfer);
  const kept = (await readKept(tx, transfer.id)) ?? transfer;
  await postLedger(tx, eventOf(kept, "return_approved"), approvedSurplusPostings(kept.amountMinor));
}

/** The bank has sent it back. */
export async function postSentTransfer(tx: Tx, transfer: KeptTransfer): Promise<void> {
  const kept = (await readKept(tx, transfer.id)) ?? transfer;
  await postLedger(tx, eventOf(kept, "return_sent"), settledRefundPostings(kept.amountMinor));
}

type Step = "kept" | "placed" | "return_approved" | "return_sent";

function eventOf({ id, bookingId, currency }: KeptTransfer, step: Step) {
  const reference = `transfer:${id}:${step}`;
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
