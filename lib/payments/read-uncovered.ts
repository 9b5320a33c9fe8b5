import "server-only";
import { sumMinor, most } from "@/lib/kernel/money";
import type { Tx } from "@/lib/infra/db";
import { readGone } from "./read-gone";
import { readDueCredit } from "./read-invoicing";

/**
 * What stands on the invoices of an ended booking beyond what was paid for contract B and is here: without what reached the
 * payer again, by us or by their bank. What is only on its way back is here still, and a credit note that is due counts as
 * issued.
 */
export async function readUncovered(tx: Tx, bookingId: string): Promise<bigint> {
  const invoicedMinor = await readInvoiced(tx, bookingId);
  if (invoicedMinor <= 0n) return 0n;
  const due = await readDueCredit(tx, bookingId);
  const { paidMinor, gone } = await readGone(tx, bookingId);
  const hereMinor = most(paidMinor - sumMinor(gone.map((one) => one.amountMinor)), 0n);
  const creditedMinor = sumMinor((due?.credits ?? []).map((one) => one.grossMinor));
  return most(invoicedMinor - creditedMinor - hereMinor, 0n);
}

/** What of contract B stands on invoices, less what was credited of them. */
async function readInvoiced(tx: Tx, bookingId: string): Promise<bigint> {
  const invoices = await tx.invoice.findMany({
    where: { bookingId },
    select: { kind: true, lines: { select: { grossMinor: true } } },
  });
  return sumMinor(
    invoices.flatMap(({ kind, lines }) =>
      lines.map(({ grossMinor }) => (kind === "invoice" ? grossMinor : -grossMinor)),
    ),
  );
}
