import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { asPerson } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { claimOpinion } from "@/lib/reviews/claim-opinion";
import { matchFee, type TransferMatch } from "./bank-transfer";
import type { BankTransferForm } from "./forms";
import { OPEN_STATES } from "./payment";
import { readFee, whyNoFee } from "./read-opinion-to-pay";
import { recordOpinionPayment } from "./record-opinion-payment";
import { bookEntry, type Entry, placeTransfer, type RecordedTransfer } from "./write-transfer";

/** What a transfer with the number of this order pays. Finance reaches no case: the system looks whether it may be paid. */
export function readFeeMatch(number: string, form: BankTransferForm, now: Date): Promise<TransferMatch> {
  return asPerson(systemActor("bank-transfer"), async (tx) => {
    const found = await readFee(tx, { number });
    if (!found) return { kind: "unmatched", reason: "unknown_reference", booking: null };
    const [openPayment = null] = await tx.payment.findMany({
      where: { opinionId: found.id, state: { in: [...OPEN_STATES] } },
      select: { id: true, sessionId: true },
      take: 1,
    });
    return matchFee({ ...found, why: whyNoFee(found, now), openPayment }, form);
  });
}

/**
 * Books a transfer as the fee it pays. Null when the order was paid, or a payment page of it was opened, in this very moment:
 * look again.
 */
export function keepFee(
  finance: Finance,
  form: BankTransferForm,
  { opinion, payMinor }: Extract<TransferMatch, { kind: "fee" }>,
  entry: Entry,
  now: Date,
): Promise<RecordedTransfer | null> {
  return bookEntry(finance, entry, async (tx, system) => {
    const { id: opinionId, caseId, askedById: payerId } = opinion;
    await claimOpinion(tx, opinionId);
    const busy = await tx.payment.count({ where: { opinionId, state: { in: [...OPEN_STATES] } } });
    const fresh = await readFee(tx, { id: opinionId });
    if (busy > 0 || !fresh || whyNoFee(fresh, now)) return null;
    const record = (paymentId: string) => recordOpinionPayment(tx, system, paymentId, {}, now);
    return placeTransfer(
      tx,
      finance,
      form,
      { entry, pays: { opinionId }, caseId, payerId, payMinor, record },
      now,
    );
  });
}
