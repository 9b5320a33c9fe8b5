import "server-only";
import type { Finance, System } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { endCausesOf } from "@/lib/bookings/cause-of-end";
import { readBooking } from "@/lib/bookings/queries";
import { noteCaseEvent } from "@/lib/cases/move-case";
import { asPerson, type Tx } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { announceMoney } from "./announce-money";
import type { RefuseRefundForm } from "./forms";
import { claimPayment } from "./claim-payment";
import { openMoneyTask } from "./open-money-task";
import { proposeAnew } from "./propose-anew";
import { COUNTED_ANEW, isByRules } from "./refund";
import { refundsOf } from "./scope";

type Refusal = "not_found" | "illegal_transition";

/**
 * Somebody of finance says no to a proposal and why: no money moves, the patient is told, and the desk is asked to
 * speak with them. What was refused may be proposed again, for another cause or with the proof.
 */
export async function refuseRefund(
  finance: Finance,
  refundId: string,
  form: RefuseRefundForm,
  now: Date,
): Promise<Outcome<{ id: string }, Refusal>> {
  // The reader is finance, but finance reaches no case: event, task and mail are written for it.
  const known = await asPerson(finance, (tx) =>
    tx.refund.findFirst({ where: { AND: [{ id: refundId }, refundsOf(finance)] }, select: { id: true } }),
  );
  if (!known) return refused("not_found");
  const system = systemActor("refuse-refund");
  return asPerson(system, async (tx) => {
    const named = await tx.refund.findUniqueOrThrow({ where: { id: refundId }, select: { paymentId: true } });
    await claimPayment(tx, named.paymentId);
    const { count } = await tx.refund.updateMany({
      where: { id: refundId, state: "calculated" },
      data: {
        state: "refused",
        refusedReason: form.reason,
        refusedById: finance.personId,
        refusedAt: now,
      },
    });
    const refund = await tx.refund.findUniqueOrThrow({
      where: { id: refundId },
      select: {
        state: true,
        cause: true,
        caseId: true,
        payment: { select: { isSurplus: true, planItem: bookingSelect } },
      },
    });
    if (count === 0) return refused("illegal_transition", { from: refund.state, to: "refused" });
    const { caseId, cause } = refund;
    // The fee of a second opinion goes back by its rule, never by a proposal.
    if (!refund.payment.planItem) throw new Error("A proposal gives an instalment back.");
    const { booking } = refund.payment.planItem;
    await tx.task.updateMany({
      where: { caseId, title: refundId, kind: "approve_refund", state: "open" },
      data: { state: "done", doneAt: now, doneById: finance.personId },
    });
    await openMoneyTask(tx, { caseId, kind: "refund_refused", title: booking.number }, now);
    await noteCaseEvent(tx, system, { caseId, kind: "refund_refused", note: form.reason });
    const audit = { caseId, objectType: "refund", objectId: refundId, facts: { cause } };
    await writeAudit(tx, finance, "refund.refused", audit);
    await announceMoney(tx, { patientId: booking.patientId, caseId }, "refund_refused");
    if (!refund.payment.isSurplus) await askWithoutIt(tx, system, booking.id, cause, now);
    return done({ id: refundId });
  });
}

/** What ended meanwhile was proposed less this sum: the rest of what is due is asked for now. */
async function askWithoutIt(
  tx: Tx,
  system: System,
  bookingId: string,
  cause: string,
  now: Date,
): Promise<void> {
  const booking = await readBooking(tx, system, bookingId);
  if (!booking || endCausesOf(booking).some((one) => one === cause)) return;
  const refusedCauses = await readRefused(tx, bookingId);
  await proposeAnew(tx, system, bookingId, now, (one) => !refusedCauses.has(one));
}

/** Causes of which a person said no to the newest sum of the rules: it stays so until it is asked for again. */
async function readRefused(tx: Tx, bookingId: string): Promise<Set<string>> {
  const refunds = await tx.refund.findMany({
    where: { bookingId, OR: [{ refusedReason: null }, { refusedReason: { not: COUNTED_ANEW } }] },
    orderBy: { createdAt: "desc" },
    select: { cause: true, createdAt: true, refusedById: true, quote: true },
  });
  const byCause = Map.groupBy(
    refunds.filter(({ quote }) => isByRules(quote)),
    ({ cause }) => cause,
  );
  const isRefused = (list: typeof refunds) =>
    list.some((one) => one.refusedById !== null && one.createdAt.getTime() === list[0]?.createdAt.getTime());
  return new Set([...byCause].filter(([, list]) => isRefused(list)).map(([cause]) => cause));
}

const bookingSelect = {
  select: { booking: { select: { id: true, number: true, patientId: true } } },
} as const;
