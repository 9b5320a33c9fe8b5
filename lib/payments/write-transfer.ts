import "server-only";
import type { Finance, System } from "@/lib/kernel/actor";
import { dateOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { claimTransfer, endTransferTask } from "./claim-transfer";
import type { BankTransferForm } from "./forms";
import { keepRest } from "./keep-rest";
import { postPlacedTransfer } from "./post-transfer";

export interface RecordedTransfer {
  id: string;
  state: "matched" | "unmatched" | "returned";
  reason: string | null;
  paymentId: string | null;
  planItemId: string | null;
  /** The second opinion whose fee it pays. */
  opinionId: string | null;
  /** The transfer that stands for what was left over. */
  restId: string | null;
}

/** The entry of one transfer: a new one, or one that was kept as unmatched and is looked at again. */
export interface Entry {
  id: string;
  isAgain: boolean;
}

/**
 * Books an entry once. Finance may not write into a case, but money moves one: the system books it and the audit row names the
 * person.
 */
export function bookEntry<T extends RecordedTransfer | null>(
  finance: Finance,
  entry: Entry,
  book: (tx: Tx, system: System) => Promise<T>,
): Promise<RecordedTransfer | T> {
  const system = systemActor("bank-transfer");
  return asPerson(system, async (tx) => (await claimEntry(tx, finance, entry)) ?? book(tx, system));
}

/** Queues behind whoever books the same entry in this moment, and answers what became of it; null when it is new. */
async function claimEntry(
  tx: Tx,
  finance: Finance,
  { id, isAgain }: Entry,
): Promise<RecordedTransfer | null> {
  await claimTransfer(tx, id);
  const row = await tx.bankTransfer.findFirst({
    where: { id, ...(isAgain ? {} : { recordedById: finance.personId }) },
    include: { rest: { select: { id: true } } },
  });
  if (!row) return null;
  const { state, reason, paymentId } = row;
  const none = { planItemId: null, opinionId: null };
  if (isAgain && state === "unmatched" && paymentId === null) {
    const ended = ["refused", "withdrawn"] as const;
    const back = await tx.transferReturn.count({ where: { transferId: id, state: { notIn: [...ended] } } });
    // Money that found nothing may find its instalment when somebody looks again, unless it is about to go back.
    if (back === 0) return null;
    return { id, state, reason: "return_under_way", paymentId, ...none, restId: null };
  }
  const payment = paymentId
    ? await tx.payment.findUnique({
        where: { id: paymentId },
        select: { planItemId: true, opinionId: true },
      })
    : null;
  // A surplus pays no instalment, though it names the one it was meant for.
  const paid = state === "matched" && payment ? payment : none;
  const { planItemId, opinionId } = paid;
  return { id, state, reason, paymentId, planItemId, opinionId, restId: row.rest?.id ?? null };
}

export interface Placing {
  entry: Entry;
  pays: { planItemId: string; bookingId: string } | { opinionId: string };
  caseId: string;
  /** Whose money it is taken to be, and who hears of what is left. */
  payerId: string;
  payMinor: bigint;
  /** Books the payment as what it pays. */
  record: (paymentId: string) => Promise<unknown>;
}

/** Books a transfer as the payment it is, in the caller's transaction, which has taken what it pays; the rest is kept. */
export async function placeTransfer(
  tx: Tx,
  finance: Finance,
  form: BankTransferForm,
  { entry, pays, caseId, payerId, payMinor, record }: Placing,
  now: Date,
): Promise<RecordedTransfer> {
  const { id, isAgain } = entry;
  const paymentId = newId();
  await tx.payment.create({
    data: {
      ...{ id: paymentId, ...pays, caseId, payerId, method: "bank_transfer" },
      ...{ idempotencyKey: `bank:${id}`, createdAt: now, currency: form.currency, amountMinor: payMinor },
    },
  });
  if (isAgain) await postPlacedTransfer(tx, id);
  await record(paymentId);
  const paid = { planItemId: null, opinionId: null, bookingId: null, ...pays };
  const { planItemId, opinionId, bookingId } = paid;
  await writeTransfer(tx, finance, form, { id, isAgain, state: "matched", paymentId, bookingId });
  const whose = { id: bookingId, caseId, patientId: payerId };
  const restId = await keepRest(tx, finance, { ...form, id, booking: whose }, payMinor, now);
  if (isAgain) await endTransferTask(tx, finance, id, now);
  const audit = { caseId, objectType: "payment", objectId: paymentId };
  await writeAudit(tx, finance, "bank_transfer.matched", audit);
  return { id, state: "matched", reason: null, paymentId, planItemId, opinionId, restId };
}

export async function writeTransfer(
  tx: Tx,
  finance: Finance,
  form: BankTransferForm,
  row: {
    id: string;
    isAgain: boolean;
    state: "matched" | "unmatched";
    paymentId?: string;
    bookingId: string | null;
    reason?: string;
  },
): Promise<void> {
  const { reference, currency, amountMinor } = form;
  const { state, bookingId } = row;
  const found = { state, bookingId, paymentId: row.paymentId ?? null, reason: row.reason ?? null };
  if (row.isAgain) {
    // A booking it does not fit says nothing about whose it is.
    const placed = row.paymentId ? found : { reason: found.reason };
    await tx.bankTransfer.updateMany({ where: { id: row.id, state: "unmatched" }, data: placed });
    return;
  }
  await tx.bankTransfer.createMany({
    data: [
      {
        ...{ id: row.id, ...found, reference, currency, amountMinor },
        recordedById: finance.personId,
        receivedOn: dateOf(form.receivedOn),
      },
    ],
  });
}
