import "server-only";
import type { System } from "@/lib/kernel/actor";
import { addMinutes } from "@/lib/kernel/day";
import { sumMinor } from "@/lib/kernel/money";
import { writeAudit } from "@/lib/audit/write-audit";
import { confirmDueAt } from "@/lib/bookings/booking";
import { CHANGE_ORDER } from "@/lib/bookings/price-change";
import { WITHDRAWAL } from "@/lib/bookings/withdrawal";
import { type TakenPart, takePart } from "@/lib/bookings/part";
import { partFields } from "@/lib/bookings/read-refund-quote";
import { broughtOf } from "@/lib/bookings/taken";
import { announceToPatient } from "@/lib/cases/announce-news";
import { isEnded } from "@/lib/cases/case";
import { noteCaseEvent, setNextStep } from "@/lib/cases/move-case";
import type { Tx } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import { enqueue } from "@/lib/infra/jobs";
import { queueMail } from "@/lib/infra/mailer";
import { announcedTitle } from "./bank-transfer";
import { beginFullRefund } from "./begin-full-refund";
import { claimPayment } from "./claim-payment";
import { closeAnnouncement } from "./claim-transfer";
import { receivedPostings, repaidPostings } from "./ledger";
import { MAY_SUCCEED, namesOf, type ProviderRefs } from "./payment";
import { postLedger } from "./post-ledger";
import { proposeAnew } from "./propose-anew";
import { readAgainOfA, readRepaid } from "./read-loss";
import { recordOpinionPayment } from "./record-opinion-payment";
import { recordSurplus } from "./record-surplus";

const paymentSelect = {
  id: true,
  caseId: true,
  bookingId: true,
  currency: true,
  amountMinor: true,
  method: true,
  planItemId: true,
  planItem: {
    select: {
      ...{ position: true, kind: true, state: true, amountMinor: true, contractAMinor: true },
      ...{ paidMinor: true, paidAMinor: true, dueToldAt: true },
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
  const named = await tx.payment.findUnique({ where: { id: paymentId }, select: { opinionId: true } });
  if (named?.opinionId) return recordOpinionPayment(tx, system, paymentId, refs, now);
  const payment = await readReceived(tx, paymentId);
  if (!payment) return "already";
  const part = await readPart(tx, payment);
  // Paid by others, or more than is asked since an agreed change or a part came in between.
  if (!part) {
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
      contractAMinor: part.contractAMinor,
      ...namesOf(refs),
    },
  });
  if (count === 0) return "already";
  await takeIn(tx, payment, part, now);
  const { repaidMinor } = await postReceived(tx, payment, part, paidBBeforeMinor);
  const title = announcedTitle(payment.planItem.booking.number, payment.planItem);
  if (isWhatWasSaid(payment, part)) await closeAnnouncement(tx, { caseId: payment.caseId, title }, now);
  await noteCaseEvent(tx, system, { caseId: payment.caseId, kind: "payment_received" });
  await writeAudit(tx, system, "payment.succeeded", {
    caseId: payment.caseId,
    objectType: "payment",
    objectId: payment.id,
  });
  await notify(tx, { kind: "booking", caseId: payment.caseId, bookingId: payment.bookingId });
  await enqueue(tx, "document.receipt", { paymentId });
  await moveBooking(tx, system, payment, part.state === "paid", now);
  // What made a loss good is here again, and more of it may go back; all of it goes where the booking is gone.
  if (repaidMinor > 0n && payment.planItem.booking.state !== "cancelled")
    await proposeAnew(tx, system, payment.bookingId, now);
  return "recorded";
}

/**
 * Whether nobody need look out for an announced transfer any more: it came, or all is paid however that came. A part by
 * card leaves it on its way.
 */
function isWhatWasSaid({ method }: Received, part: TakenPart): boolean {
  return part.state === "paid" || method === "bank_transfer";
}

async function readReceived(tx: Tx, paymentId: string) {
  const payment = await tx.payment.findFirst({
    where: { id: paymentId, state: { in: [...MAY_SUCCEED] } },
    select: paymentSelect,
  });
  if (!payment) return null;
  const { bookingId, planItemId, planItem } = payment;
  if (!bookingId || !planItemId || !planItem) throw new Error("A payment of a booking pays an instalment.");
  return { ...payment, bookingId, planItemId, planItem };
}

/** What this money does to its instalment; null when it is more than is still asked. */
async function readPart(
  tx: Tx,
  { planItemId: id, planItem, amountMinor }: Received,
): Promise<TakenPart | null> {
  const part = takePart(planItem, amountMinor, await readBrought(tx, id));
  const { state, contracts } = planItem.booking;
  if (!part || state === "cancelled" || planItem.state !== "paid") return part;
  const isAFirst = contracts.length > 0;
  const contractAMinor = await readAgainOfA(tx, { id, ...planItem }, amountMinor, { isAFirst });
  return { ...part, contractAMinor: contractAMinor ?? part.contractAMinor };
}

/** What arrived for an instalment before. */
async function readBrought(tx: Tx, planItemId: string) {
  const payments = await tx.payment.findMany({
    where: { planItemId, isSurplus: false, succeededAt: { not: null } },
    select: partFields(),
  });
  return payments.flatMap(broughtOf);
}

/** After a part the payer hears what is open and until when; what they said of the bank was about what came. */
async function takeIn(tx: Tx, payment: Received, part: TakenPart, now: Date): Promise<void> {
  const { planItem, planItemId, caseId } = payment;
  const { paidMinor, paidAMinor } = part;
  if (part.state === "paid") {
    await tx.planItem.updateMany({
      where: { id: planItemId, state: { not: "paid" } },
      data: { state: "paid", paidMinor, paidAMinor, paidAt: now },
    });
    return;
  }
  const told = planItem.state === "planned" ? {} : { dueToldAt: planItem.dueToldAt ?? now };
  const unsaid = isWhatWasSaid(payment, part) ? { transferAnnouncedAt: null } : {};
  await tx.planItem.updateMany({
    where: { id: planItemId, paidMinor: planItem.paidMinor },
    data: { state: part.state, paidMinor, paidAMinor, ...told, ...unsaid },
  });
  const isAsked = part.state === "partially_paid" || part.state === "overdue";
  if (!isAsked || planItem.booking.state === "cancelled") return;
  const { stage } = await tx.case.findUniqueOrThrow({ where: { id: caseId }, select: { stage: true } });
  const { patientId } = planItem.booking;
  if (!isEnded(stage)) await announceToPatient(tx, { id: caseId, patientId }, "payment_in_part", "/booking");
}

/** What payments so far brought into contract B, as they were booked. */
async function readPaidIntoB(tx: Tx, bookingId: string): Promise<bigint> {
  const { _sum } = await tx.ledgerEntry.aggregate({
    where: { bookingId, contract: "B", tx: { kind: "payment_received" } },
    _sum: { amountMinor: true },
  });
  return -(_sum.amountMinor ?? 0n);
}

async function postReceived(
  tx: Tx,
  payment: Received,
  part: TakenPart,
  paidBBeforeMinor: bigint,
): Promise<{ repaidMinor: bigint }> {
  const services = await tx.bookingService.findMany({
    where: {
      bookingId: payment.bookingId,
      OR: [{ line: { contract: "B" } }, { changeLine: { changeOrder: { contract: "B" } } }],
    },
    select: { kind: true, amountMinor: true },
  });
  const isFee = (service: { kind: string }) => service.kind === "operator_fee";
  const amounts = (list: typeof services) => sumMinor(list.map((service) => service.amountMinor));
  const { repaidMinor, contractAMinor } = await readRepaid(tx, payment, part);
  const amountMinor = payment.amountMinor - repaidMinor;
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
    [
      ...repaidPostings(repaidMinor),
      ...receivedPostings({
        amountMinor,
        contractAMinor,
        paidBBeforeMinor,
        ...(payment.planItem.booking.changes.length > 0
          ? { feeBeforeMinor: await readPaidFee(tx, payment.bookingId) }
          : {}),
        feeMinor: amounts(services.filter(isFee)),
        servicesMinor: amounts(services.filter((service) => !isFee(service))),
      }),
    ],
  );
  return { repaidMinor };
}

/** What all payments so far brought into the fee, as they were booked. */
async function readPaidFee(tx: Tx, bookingId: string): Promise<bigint> {
  const { _sum } = await tx.ledgerEntry.aggregate({
    where: { bookingId, account: "operator_fee_deferred", tx: { kind: "payment_received" } },
    _sum: { amountMinor: true },
  });
  return -(_sum.amountMinor ?? 0n);
}

async function moveBooking(
  tx: Tx,
  system: System,
  payment: Received,
  isWhole: boolean,
  now: Date,
): Promise<void> {
  const { kind, booking } = payment.planItem;
  const { bookingId } = payment;
  if (kind !== "deposit" || !isWhole) {
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
