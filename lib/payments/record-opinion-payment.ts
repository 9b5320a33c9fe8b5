import "server-only";
import type { System } from "@/lib/kernel/actor";
import { addBusinessDays } from "@/lib/kernel/day";
import { writeAudit } from "@/lib/audit/write-audit";
import { addTask } from "@/lib/cases/add-task";
import { noteCaseEvent } from "@/lib/cases/move-case";
import type { Tx } from "@/lib/infra/db";
import { enqueue } from "@/lib/infra/jobs";
import { opinionDueAt } from "@/lib/reviews/opinion";
import { beginFullRefund } from "./begin-full-refund";
import { closeAnnouncement } from "./claim-transfer";
import { opinionPostings, surplusPostings } from "./ledger";
import { MAY_SUCCEED, namesOf, type ProviderRefs } from "./payment";
import { postLedger } from "./post-ledger";

/**
 * Books the fee of a second opinion, in the caller's transaction, which has taken the opinion. Told twice, booked once. Money
 * for one that was paid already or has ended belongs to nobody here and goes back whole at once.
 */
export async function recordOpinionPayment(
  tx: Tx,
  system: System,
  paymentId: string,
  refs: ProviderRefs,
  now: Date,
): Promise<"recorded" | "already" | "surplus"> {
  const payment = await readReceived(tx, paymentId);
  if (!payment) return "already";
  const { caseId, opinion } = payment;
  const isSurplus = opinion.state !== "awaiting_payment" || (await isPaidOtherwise(tx, payment));
  const { count } = await tx.payment.updateMany({
    where: { id: paymentId, state: { in: [...MAY_SUCCEED] } },
    data: {
      ...{ state: "succeeded", isSurplus, succeededAt: now, endedAt: now, failureCode: null },
      ...namesOf(refs),
    },
  });
  if (count === 0) return "already";
  await postLedger(
    tx,
    {
      ...{ kind: isSurplus ? "surplus_received" : "payment_received", reference: `payment:${paymentId}` },
      ...{ bookingId: null, opinionId: opinion.id, paymentId, currency: payment.currency },
      memo: opinion.number,
    },
    isSurplus ? surplusPostings(payment.amountMinor) : opinionPostings(payment.amountMinor),
  );
  const audit = { caseId, objectType: "payment", objectId: paymentId };
  await writeAudit(tx, system, isSurplus ? "payment.doubled" : "payment.succeeded", audit);
  if (isSurplus) {
    const cause = opinion.state === "cancelled" ? "opinion_ended" : "duplicate";
    await beginFullRefund(tx, system, paymentId, cause, now);
    return "surplus";
  }
  await tx.secondOpinion.updateMany({
    where: { id: opinion.id, state: "awaiting_payment" },
    data: { state: "paid", paidAt: now, dueAt: opinionDueAt(now, opinion.answerDays) },
  });
  await closeAnnouncement(tx, { caseId, title: opinion.number }, now);
  await noteCaseEvent(tx, system, { caseId, kind: "payment_received" });
  await addTask(tx, {
    ...{ caseId, kind: "ask_second_opinion", ownerId: opinion.case.ownerId },
    dueAt: addBusinessDays(now, 1),
  });
  await enqueue(tx, "document.receipt", { paymentId });
  return "recorded";
}

async function readReceived(tx: Tx, paymentId: string) {
  const payment = await tx.payment.findFirst({
    where: { id: paymentId, state: { in: [...MAY_SUCCEED] } },
    select: {
      ...{ id: true, caseId: true, currency: true, amountMinor: true },
      opinion: {
        select: {
          ...{ id: true, number: true, state: true, feeMinor: true, answerDays: true },
          case: { select: { ownerId: true } },
        },
      },
    },
  });
  if (!payment) return null;
  if (!payment.opinion) throw new Error("This payment pays no second opinion.");
  return { ...payment, opinion: payment.opinion };
}

async function isPaidOtherwise(
  tx: Tx,
  payment: { id: string; amountMinor: bigint; opinion: { id: string; feeMinor: bigint } },
): Promise<boolean> {
  if (payment.amountMinor !== payment.opinion.feeMinor) return true;
  const other = await tx.payment.count({
    where: {
      ...{ opinionId: payment.opinion.id, id: { not: payment.id }, isSurplus: false },
      succeededAt: { not: null },
    },
  });
  return other > 0;
}
