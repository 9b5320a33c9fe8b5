import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { claimTrip } from "@/lib/bookings/claim-trip";
import { openOf } from "@/lib/bookings/part";
import { asPerson, type Tx } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import {
  bookingNumberIn,
  matchTransfer,
  orderNumberIn,
  type TransferItem,
  type TransferMatch,
} from "./bank-transfer";
import type { BankTransferForm } from "./forms";
import { announceMoney } from "./announce-money";
import { endTransferTask } from "./claim-transfer";
import { closeOpenPayment } from "./close-payment";
import { openMoneyTask } from "./open-money-task";
import { OPEN_STATES } from "./payment";
import { postKeptTransfer, postPlacedTransfer } from "./post-transfer";
import { keepFee, readFeeMatch } from "./record-opinion-transfer";
import { readOwedAgain } from "./read-owed";
import { recordPayment } from "./record-payment";
import { recordSurplus } from "./record-surplus";
import { planItemsOf } from "./scope";
import { bookEntry, type Entry, placeTransfer, type RecordedTransfer, writeTransfer } from "./write-transfer";

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
    const order = orderNamedBy(form);
    const read = order
      ? await readFeeMatch(order, form, now)
      : await asPerson(finance, (tx) => readMatch(tx, finance, form));
    if (!read) return refused("not_found");
    const found = sameAsMeant(read, meant, form.amountMinor);
    if (found.kind === "unmatched") return done(await keepUnmatched(finance, form, found, entry, now));
    if (found.kind === "matched") meant ??= found.item.id;
    if (found.openPayment) {
      const closed = await closeOpenPayment(systemActor("bank-transfer"), found.openPayment, now);
      if (!closed.ok) return closed;
      continue;
    }
    const recorded =
      found.kind === "fee"
        ? await keepFee(finance, form, found, entry, now)
        : await keepMatched(finance, form, found, entry, now);
    if (recorded) return done(recorded);
  }
  return refused("payment_in_progress");
}

/** What was paid by somebody else meanwhile: a part of another instalment is paid by nobody who did not ask for that. */
function sameAsMeant(found: TransferMatch, meant: string | null, amountMinor: bigint): TransferMatch {
  if (found.kind !== "matched" || meant === null || found.item.id === meant) return found;
  if (openOf(found.item) === amountMinor) return found;
  return { kind: "unmatched", reason: "amount_differs", booking: found.item.booking };
}

/** The order of a second opinion this money names. */
function orderNamedBy({ planItemId, reference }: BankTransferForm): string | null {
  return planItemId || !reference ? null : orderNumberIn(reference);
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
  const taken = items[0] && (await readOwedAgain(tx, finance, items[0].booking.id));
  return matchTransfer(
    items.map((item) => ({ ...item, owedMinor: taken?.get(item.id)?.owedMinor ?? 0n })),
    form,
  );
}

async function keepUnmatched(
  finance: Finance,
  form: BankTransferForm,
  found: Extract<TransferMatch, { kind: "unmatched" }>,
  entry: Entry,
  now: Date,
): Promise<RecordedTransfer> {
  const { reason, booking, order, paidItem } = found;
  const { id, isAgain } = entry;
  const paymentId = paidItem ? newId() : null;
  return bookEntry(finance, entry, async (tx) => {
    if (isAgain && paymentId) await postPlacedTransfer(tx, id);
    if (paidItem && paymentId) await keepSurplus(tx, finance, form, { item: paidItem, id, paymentId }, now);
    else if (!isAgain) await postKeptTransfer(tx, { ...form, id, bookingId: booking?.id ?? null });
    await writeTransfer(tx, finance, form, {
      ...{ id, isAgain, state: "unmatched", reason, bookingId: booking?.id ?? null },
      ...(paymentId ? { paymentId } : {}),
    });
    if (isAgain && paymentId) await endTransferTask(tx, finance, id, now);
    const caseId = booking?.caseId ?? order?.caseId ?? null;
    // Where it names neither booking nor order there is no case to hang a task on: the open row is what finance works on.
    // Looked at again it has its task already, and the booking somebody tried now need not be its own.
    if (caseId && !paymentId && !isAgain)
      await openMoneyTask(tx, { caseId, kind: "unmatched_payment", title: id }, now);
    // Whoever sent it reads among their orders that it is here and has paid nothing.
    if (order && !isAgain)
      await announceMoney(
        tx,
        { patientId: order.askedById, caseId: order.caseId },
        "payment_problem",
        "orders",
      );
    const facts = { reason };
    await writeAudit(tx, finance, "bank_transfer.unmatched", {
      caseId,
      objectType: "bank_transfer",
      objectId: id,
      facts,
    });
    const paid = { paymentId, planItemId: null, opinionId: null };
    return { id, state: "unmatched" as const, reason, ...paid, restId: null };
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
  return bookEntry(finance, entry, async (tx, system) => {
    const { id: planItemId, booking } = item;
    const { id: bookingId, caseId, patientId: payerId } = booking;
    await claimTrip(tx, bookingId);
    const busy = await tx.payment.count({ where: { planItemId, state: { in: [...OPEN_STATES] } } });
    const fresh = await tx.planItem.findUniqueOrThrow({ where: { id: planItemId } });
    const owedMinor = (await readOwedAgain(tx, system, bookingId)).get(planItemId)?.owedMinor ?? 0n;
    if (busy > 0 || openOf(fresh) !== openOf(item) || owedMinor !== item.owedMinor) return null;
    const record = (paymentId: string) => recordPayment(tx, system, paymentId, {}, now);
    const pays = { planItemId, bookingId };
    return placeTransfer(tx, finance, form, { entry, pays, caseId, payerId, payMinor, record }, now);
  });
}
