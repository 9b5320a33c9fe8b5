import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { type Day, dateOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Tx } from "@/lib/infra/db";
import { announceMoney } from "./announce-money";
import { openMoneyTask } from "./open-money-task";
import { postKeptTransfer, REST_MEMO } from "./post-transfer";

interface MatchedTransfer {
  id: string;
  reference: string | null;
  currency: string;
  amountMinor: bigint;
  receivedOn: Day;
  /** What the transfer paid into; the id is null for the fee of a second opinion. */
  booking: { id: string | null; caseId: string; patientId: string };
}

/**
 * Keeps what a transfer brought beyond its instalment as an unmatched transfer of its own, held for the payer: nobody
 * asked us to pay something else with it. The payer hears of it; somebody of finance matches it with the next instalment or
 * sends it back. Null when nothing was left.
 */
export async function keepRest(
  tx: Tx,
  finance: Finance,
  transfer: MatchedTransfer,
  paidMinor: bigint,
  now: Date,
): Promise<string | null> {
  const { id: restOfId, reference, currency, receivedOn, booking } = transfer;
  const amountMinor = transfer.amountMinor - paidMinor;
  if (amountMinor === 0n) return null;
  const id = newId();
  await tx.bankTransfer.createMany({
    data: [
      {
        ...{ id, restOfId, reference, currency, amountMinor, bookingId: booking.id },
        ...{ state: "unmatched", reason: "rest_of_transfer", recordedById: finance.personId },
        ...{ receivedOn: dateOf(receivedOn), recordedAt: now },
      },
    ],
  });
  await postKeptTransfer(tx, { id, bookingId: booking.id, currency, amountMinor }, REST_MEMO);
  await openMoneyTask(tx, { caseId: booking.caseId, kind: "unmatched_payment", title: id }, now);
  await writeAudit(tx, finance, "bank_transfer.unmatched", {
    ...{ caseId: booking.caseId, objectType: "bank_transfer", objectId: id },
    facts: { reason: "rest_of_transfer" },
  });
  await announceMoney(tx, booking, "payment_problem", booking.id ? "statement" : "orders");
  return id;
}
