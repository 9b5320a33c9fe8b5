import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { dateOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { claimTrip } from "@/lib/bookings/claim-trip";
import { openOf } from "@/lib/bookings/part";
import { asPerson, type Tx } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { bookingNumberIn, matchTransfer, type TransferItem, type TransferMatch } from "./bank-transfer";
import type { BankTransferForm } from "./forms";
import { claimTransfer, endTransferTask } from "./claim-transfer";
import { closeOpenPayment } from "./close-payment";
import { keepRest } from "./keep-rest";
import { openMoneyTask } from "./open-money-task";
import { OPEN_STATES } from "./payment";
import { postKeptTransfer, postPlacedTransfer } from "./post-transfer";
import { recordPayment } from "./record-payment";
import { recordSurplus } from "./record-surplus";
import { planItemsOf } from "./scope";

export interface RecordedTransfer {
  id: string;
  state: "matched" | "unmatched" | "returned";
  reason: string | null;
  paymentId: string | null;
  planItemId: string | null;
  /** The transfer that stands for what was left over. */
  restId: string | null;
}

const ROUNDS_MAX = 3;

/**
 * Finance enters money that came through the bank. It pays what is open of the instalment it fits exactly, or, where
 * somebody said that it may differ, a part of it, or it and leaves a rest; anything else is kept as unmatched for somebody
 * to look at. An open payment page is closed first, so that nobody pays twice. `entry.id` names it: the same one sent
 * again is answered with what became of it, and booked once.
 */
export async function recordBankTransfer(
  finance: Finance,
  form: BankTransferForm,
  now: Date,
  entry: Entry = { id: newId(), isAgain: false },
): Promise<Outcome<RecordedTransfer, "not_found" | "payment_provider_unavailable" | "payment_in_progress">> {
  let meant: string | null = null;
  for (let round = 1; round <= ROUNDS_MAX; round += 1) {
    const read = await asPerson(finance, (tx) => readMatch(tx, finance, form));
    if (!read) return refused("not_found");
    const found = sameAsMeant(read, meant, form.amountMinor);
    if (found.kind === "unmatched") return done(await keepUnmatched(finance, form, found, entry, now));
    meant ??= found.item.id;
    if (found.openPayment) {
      const closed = await closeOpenPayment(systemActor("bank-transfer"), found.openPayment, now);
      if (!closed.ok) return closed;
      continue;
    }
    const recorded = await keepMatched(finance, form, found, entry, now);
    if (recorded) return done(recorded);
  }
  return refused("payment_in_progress");
}

/** What was paid by somebody else meanwhile: a part of another instalment is paid by nobody who did not ask for that. */
function sameAsMeant(found: TransferMatch, meant: string | null, amountMinor: bigint): TransferMatch {
  if (found.kind === "unmatched" || meant === null || found.item.id === meant) return found;
  if (openOf(found.item) === amountMinor) return found;
  return { kind: "unmatched", reason: "amount_differs", booking: found.item.booking };
}

/** The entry of one transfer: a new one, or one that was kept as unmatched and is looked at again. */
export interface Entry {
  id: string;
  isAgain: boolean;
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
  if (isAgain && state === "unmatched" && paymentId === null) {
    const ended = ["refused", "withdrawn"] as const;
    const back = await tx.transferReturn.count({ where: { transferId: id, state: { notIn: [...ended] } } });
    // Money that found nothing may find its instalment when somebody looks again, unless it is about to go back.
    if (back === 0) return null;
    return { id, state, reason: "return_under_way", paymentId, planItemId: null, restId: null };
  }
  const payment = paymentId
    ? await tx.payment.findUnique({ where: { id: paymentId }, select: { planItemId: true } })
    : null;
  // A surplus pays no instalment, though it names the one it was meant for.
  const planItemId = state === "matched" ? (payment?.planItemId ?? null) : null;
  return { id, state, reason, paymentId, planItemId, restId: row.rest?.id ?? null };
}

async function readMatch(tx: Tx, finance: Finance, form: BankTransferForm): Promise<TransferMatch | null> {
  const number = form.reference ? bookingNumberIn(form.reference) : null;
  if (!form.planItemId && !number) return { kind: "unmatched", reason: "unknown_reference", booking: null };
  const named = form.planItemId ? { id: form.planItemId } : { booking: { number: number ?? "" } };
  const items = await tx.planItem.findMany({
    where: { AND: [named, planItemsOf(finance)] },
    orderBy: { position: "asc" },
    include: {
      booking: { select: { id: true, caseId: true, number: true, state: true, patientId: true } },
      payments: { where: { state: { in: [...OPEN_STATES] } }, select: { id: true, sessionId: true } },
    },
  });
  if (items.length === 0 && form.planItemId) return null;
  return matchTransfer(items, form);
}

async function keepUnmatched(
  finance: Finance,
  form: BankTransferForm,
  found: Extract<TransferMatch, { kind: "unmatched" }>,
  entry: Entry,
  now: Date,
): Promise<RecordedTransfer> {
  const { reason, booking, paidItem } = found;
  const { id, isAgain } = entry;
  const system = systemActor("bank-transfer");
  const paymentId = paidItem ? newId() : null;
  return asPerson(system, async (tx) => {
    const known = await claimEntry(tx, finance, entry);
    if (known) return known;
    if (isAgain && paymentId) await postPlacedTransfer(tx, id);
    if (paidItem && paymentId) await keepSurplus(tx, finance, form, { item: paidItem, id, paymentId }, now);
    else if (!isAgain) await postKeptTransfer(tx, { ...form, id, bookingId: booking?.id ?? null });
    await writeTransfer(tx, finance, form, {
      ...{ id, isAgain, state: "unmatched", reason, bookingId: booking?.id ?? null },
      ...(paymentId ? { paymentId } : {}),
    });
    if (isAgain && paymentId) await endTransferTask(tx, finance, id, now);
    const caseId = booking?.caseId ?? null;
    // Without a booking there is no case to hang a task on: the open row itself is what finance works on.
    // Looked at again it has its task already, and the booking somebody tried now need not be its own.
    if (booking && !paymentId && !isAgain)
      await openMoneyTask(tx, { caseId: booking.caseId, kind: "unmatched_payment", title: id }, now);
    const facts = { reason };
    await writeAudit(tx, finance, "bank_transfer.unmatched", {
      caseId,
      objectType: "bank_transfer",
      objectId: id,
      facts,
    });
    return { id, state: "unmatched" as const, reason, paymentId, planItemId: null, restId: null };
  });
}

/** Money for what was paid already: whoever entered it proposes its way back, somebody else approves. */
async function keepSurplus(
  tx: Tx,
  finance: Finance,
  form: BankTransferForm,
  { item, id, paymentId }: { item: TransferItem; id: string; paymentId: string },
  now: Date,
): Promise<void> {
  const { booking, kind } = item;
  await claimTrip(tx, booking.id);
  const payment = {
    ...{ id: paymentId, caseId: booking.caseId, bookingId: booking.id },
    ...{ currency: form.currency, amountMinor: form.amountMinor },
  };
  await tx.payment.create({
    data: {
      ...payment,
      ...{ planItemId: item.id, payerId: booking.patientId, method: "bank_transfer", createdAt: now },
      // Never open: nobody is to be asked about it, and only one may be open for an instalment.
      ...{ state: "expired", idempotencyKey: `bank:${id}` },
    },
  });
  await recordSurplus(tx, finance, { ...payment, planItem: { kind, booking } }, {}, now);
}

/** Null when a payment page was opened or a part came in this very moment: look again. */
async function keepMatched(
  finance: Finance,
  form: BankTransferForm,
  { item, payMinor }: Extract<TransferMatch, { kind: "matched" }>,
  entry: Entry,
  now: Date,
): Promise<RecordedTransfer | null> {
  const { id, isAgain } = entry;
  const paymentId = newId();
  // Finance may not write into a case, but money moves one: the system books it and the audit row names the person.
  const system = systemActor("bank-transfer");
  return asPerson(system, async (tx) => {
    const known = await claimEntry(tx, finance, entry);
    if (known) return known;
    const { booking } = item;
    await claimTrip(tx, booking.id);
    const busy = await tx.payment.count({ where: { planItemId: item.id, state: { in: [...OPEN_STATES] } } });
    const fresh = await tx.planItem.findUniqueOrThrow({ where: { id: item.id } });
    if (busy > 0 || fresh.state === "paid" || openOf(fresh) !== openOf(item)) return null;
    await tx.payment.create({
      data: {
        ...{ id: paymentId, planItemId: item.id, bookingId: booking.id, caseId: booking.caseId },
        ...{
          payerId: booking.patientId,
          method: "bank_transfer",
          idempotencyKey: `bank:${id}`,
          createdAt: now,
        },
        ...{ currency: form.currency, amountMinor: payMinor },
      },
    });
    if (isAgain) await postPlacedTransfer(tx, id);
    await recordPayment(tx, system, paymentId, {}, now);
    await writeTransfer(tx, finance, form, {
      ...{ id, isAgain, state: "matched", paymentId, bookingId: booking.id },
    });
    const restId = await keepRest(tx, finance, { ...form, id, booking }, payMinor, now);
    if (isAgain) await endTransferTask(tx, finance, id, now);
    const audit = { caseId: booking.caseId, objectType: "payment", objectId: paymentId };
    await writeAudit(tx, finance, "bank_transfer.matched", audit);
    return { id, state: "matched" as const, reason: null, paymentId, planItemId: item.id, restId };
  });
}

async function writeTransfer(
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
