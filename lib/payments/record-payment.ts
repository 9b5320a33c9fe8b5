import "server-only";
import type { System } from "@/lib/kernel/actor";
import { addMinutes } from "@/lib/kernel/day";
import { sumMinor } from "@/lib/kernel/money";
import { writeAudit } from "@/lib/audit/write-audit";
import { confirmDueAt } from "@/lib/bookings/booking";
import { CHANGE_ORDER } from "@/lib/bookings/price-change";
import { WITHDRAWAL } from "@/lib/bookings/withdrawal";
import { noteCaseEvent, setNextStep } from "@/lib/cases/move-case";
import type { Tx } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import { enqueue } from "@/lib/infra/jobs";
import { queueMail } from "@/lib/infra/mailer";
import { beginFullRefund } from "./begin-full-refund";
import { claimPayment } from "./claim-payment";
import { receivedPostings } from "./ledger";
import { CAPTURED_STATES, MAY_SUCCEED } from "./payment";
import { postLedger } from "./post-ledger";
import { recordSurplus } from "./record-surplus";

/** The provider's own names for the money; a bank transfer has none. */
export interface ProviderRefs {
  sessionId?: string;
  paymentIntentId?: string | null;
}

const paymentSelect = {
  id: true,
  caseId: true,
  bookingId: true,
  currency: true,
  amountMinor: true,
  planItemId: true,
  planItem: {
    select: {
      kind: true,
      state: true,
      amountMinor: true,
      contractAMinor: true,
      booking: {
        select: {
          ...{ number: true, state: true, clinicId: true, patientId: true },
          contracts: { where: { withdrawnAt: { not: null } }, select: { id: true } },
          changes: {
            where: { contract: "B", instalmentMinor: { not: null } },
            select: { id: true },
          },
        },
      },
    },
  },
} as const;

type Received = NonNullable<Awaited<ReturnType<typeof readReceived>>>;

/**
 * Books money that has arrived, in the caller's transaction: payment, instalment, ledger, booking, parts, next step.
 * Told twice, booked once. Money for a booking that is gone is kept in the ledger and either wins its date back
 * (a deposit; the job decides) or goes back at once.
 */
export async function recordPayment(
  tx: Tx,
  system: System,
  paymentId: string,
  refs: ProviderRefs,
  now: Date,
): Promise<"recorded" | "already" | "surplus"> {
  await claimPayment(tx, paymentId);
  const payment = await readReceived(tx, paymentId);
  if (!payment) return "already";
  if (await isPaidOtherwise(tx, payment)) {
    return (await recordSurplus(tx, system, payment, namesOf(refs), now)) ? "surplus" : "already";
  }
  const paidBBeforeMinor = await readPaidIntoB(tx, payment.bookingId);
  const { count } = await tx.payment.updateMany({
    where: { id: paymentId, state: { in: [...MAY_SUCCEED] } },
    data: {
      state: "succeeded",
      succeededAt: now,
      endedAt: now,
      failureCode: null,
      ...namesOf(refs),
    },
  });
  if (count === 0) return "already";
  await tx.planItem.updateMany({
    where: { id: payment.planItemId, state: { not: "paid" } },
    data: { state: "paid", paidMinor: payment.amountMinor, paidAt: now },
  });
  await postReceived(tx, payment, paidBBeforeMinor);
  await closeAnnouncement(tx, payment, now);
  await noteCaseEvent(tx, system, { caseId: payment.caseId, kind: "payment_received" });
  await writeAudit(tx, system, "payment.succeeded", {
    caseId: payment.caseId,
    objectType: "payment",
    objectId: payment.id,
  });
  await notify(tx, { kind: "booking", caseId: payment.caseId, bookingId: payment.bookingId });
  await enqueue(tx, "document.receipt", { paymentId });
  await moveBooking(tx, system, payment, now);
  return "recorded";
}

/** However the money came in the end, nobody need look out for an announced transfer any more. */
async function closeAnnouncement(tx: Tx, { caseId, planItem }: Received, now: Date): Promise<void> {
  const title = `${planItem.booking.number} ${planItem.kind}`;
  await tx.task.updateMany({
    where: { caseId, kind: "transfer_announced", state: "open", title },
    data: { state: "done", doneAt: now },
  });
}

/** What the provider has named; nothing it left out overwrites what is known. */
function namesOf({ sessionId, paymentIntentId }: ProviderRefs) {
  return { ...(sessionId ? { sessionId } : {}), ...(paymentIntentId ? { paymentIntentId } : {}) };
}

function readReceived(tx: Tx, paymentId: string) {
  return tx.payment.findFirst({
    where: { id: paymentId, state: { in: [...MAY_SUCCEED] } },
    select: paymentSelect,
  });
}

/** Paid by another payment, or asked for another sum since an agreed change lowered it: this one pays nothing. */
async function isPaidOtherwise(tx: Tx, payment: Received): Promise<boolean> {
  if (payment.amountMinor !== payment.planItem.amountMinor) return true;
  const other = await tx.payment.findFirst({
    where: { planItemId: payment.planItemId, id: { not: payment.id }, state: { in: [...CAPTURED_STATES] } },
    select: { id: true },
  });
  return other !== null;
}

async function readPaidIntoB(tx: Tx, bookingId: string): Promise<bigint> {
  const before = await tx.payment.findMany({
    where: { bookingId, isSurplus: false, succeededAt: { not: null } },
    select: { amountMinor: true, planItem: { select: { contractAMinor: true } } },
  });
  return sumMinor(before.map((payment) => payment.amountMinor - payment.planItem.contractAMinor));
}

async function postReceived(tx: Tx, payment: Received, paidBBeforeMinor: bigint): Promise<void> {
  const services = await tx.bookingService.findMany({
    where: {
      bookingId: payment.bookingId,
      OR: [{ line: { contract: "B" } }, { changeLine: { changeOrder: { contract: "B" } } }],
    },
    select: { kind: true, amountMinor: true },
  });
  const isFee = (service: { kind: string }) => service.kind === "operator_fee";
  const amounts = (list: typeof services) => sumMinor(list.map((service) => service.amountMinor));
  await postLedger(
    tx,
    {
      kind: "payment_received",
      reference: `payment:${payment.id}`,
      bookingId: payment.bookingId,
      paymentId: payment.id,
      currency: payment.currency,
      memo: titleOf(payment),
    },
    receivedPostings({
      amountMinor: payment.amountMinor,
      contractAMinor: payment.planItem.contractAMinor,
      paidBBeforeMinor,
      ...(payment.planItem.booking.changes.length > 0
        ? { feeBeforeMinor: await readPaidFee(tx, payment.bookingId) }
        : {}),
      feeMinor: amounts(services.filter(isFee)),
      servicesMinor: amounts(services.filter((service) => !isFee(service))),
    }),
  );
}

/** What all payments so far brought into the fee, as they were booked. */
async function readPaidFee(tx: Tx, bookingId: string): Promise<bigint> {
  const { _sum } = await tx.ledgerEntry.aggregate({
    where: { bookingId, account: "operator_fee_deferred", tx: { kind: "payment_received" } },
    _sum: { amountMinor: true },
  });
  return -(_sum.amountMinor ?? 0n);
}

async function moveBooking(tx: Tx, system: System, payment: Received, now: Date): Promise<void> {
  const { kind, booking } = payment.planItem;
  const { bookingId } = payment;
  if (kind !== "deposit") {
    if (booking.state === "cancelled")
      await beginFullRefund(tx, system, payment.id, "booking_cancelled", now);
    // What it was for ended while somebody was paying.
    else if (payment.planItem.state === "cancelled")
      await beginFullRefund(
        tx,
        system,
        payment.id,
        booking.contracts.length > 0 ? WITHDRAWAL : CHANGE_ORDER,
        now,
      );
    return;
  }
  const { count } = await tx.booking.updateMany({
    where: { id: bookingId, state: "awaiting_deposit" },
    data: { state: "awaiting_centre", paidAt: now, holdExpiresAt: null },
  });
  if (count === 0) {
    // The date may still be free: whoever works the job takes it again or sends the money back.
    if (booking.state === "cancelled") {
      await enqueue(tx, "payment.settle", { paymentId: payment.id }, { startAfter: addMinutes(now, 1) });
    }
    return;
  }
  await tx.claim.updateMany({
    where: { bookingId, state: "held" },
    data: { state: "booked", holdExpiresAt: null },
  });
  const nextDueAt = confirmDueAt(now);
  await setNextStep(tx, payment.caseId, { waitingOn: "clinic", nextAction: "confirm_date", nextDueAt }, now);
  await tellClinic(tx, booking.clinicId, bookingId);
}

async function tellClinic(tx: Tx, clinicId: string, bookingId: string): Promise<void> {
  const managers = await tx.person.findMany({
    where: { clinicId, roles: { has: "clinic_manager" }, erasedAt: null },
    select: { email: true, locale: true },
  });
  for (const { email, locale } of managers) {
    const path = `/${locale}/cabinet/bookings/${bookingId}`;
    await queueMail(tx, { to: email, locale, template: "booking_to_confirm", path });
  }
}

function titleOf(payment: Received): string {
  return `${payment.planItem.booking.number} ${payment.planItem.kind}`;
}
