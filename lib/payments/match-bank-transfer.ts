import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { dayOf } from "@/lib/kernel/day";
import { isCurrency } from "@/lib/kernel/money";
import { type Outcome, refused } from "@/lib/kernel/outcome";
import { asPerson } from "@/lib/infra/db";
import type { MatchTransferForm } from "./forms";
import { recordBankTransfer } from "./record-bank-transfer";
import type { RecordedTransfer } from "./write-transfer";

type Refusal = "not_found" | "payment_provider_unavailable" | "payment_in_progress";

/**
 * Looks again for the instalment of money that had found none, in the booking or order somebody of finance names. It pays only
 * what it fits exactly, unless they say that it may differ; of a booking that is paid already it goes back, once somebody
 * else approved that.
 */
export async function matchBankTransfer(
  finance: Finance,
  { transferId, booking, mayDiffer }: MatchTransferForm,
  now: Date,
): Promise<Outcome<RecordedTransfer, Refusal>> {
  const row = await asPerson(finance, (tx) =>
    tx.bankTransfer.findFirst({ where: { id: transferId, state: "unmatched", paymentId: null } }),
  );
  if (!row || !isCurrency(row.currency)) return refused("not_found");
  const { amountMinor, currency } = row;
  const receivedOn = dayOf(row.receivedOn);
  const form = { reference: booking, planItemId: null, amountMinor, currency, receivedOn, mayDiffer };
  return recordBankTransfer(finance, form, now, { id: row.id, isAgain: true });
}
