import "server-only";
import type { System } from "@/lib/kernel/actor";
import { addHours } from "@/lib/kernel/day";
import { refreshBillScore } from "@/lib/clinics/refresh-bill-score";
import { addTask } from "@/lib/cases/add-task";
import { announceToPatient } from "@/lib/cases/announce-news";
import { moveCase, noteCaseEvent, setNextStep } from "@/lib/cases/move-case";
import { claimCase, type ClaimedCase } from "@/lib/estimates/claim-case";
import { asPerson, type Tx } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import type { BillNews } from "@/lib/infra/jobs";
import { backBy, countsFrom } from "./bill";
import { openMoneyTask } from "./open-money-task";
import { readLeft } from "./read-left";
import { readSurplus } from "./read-surplus";

const CHECK_HOURS = 24;

/**
 * Tells those it concerns of an invoice or a final account, and sets who acts next. Who wrote it may not know the case any
 * more, so this is done apart, by the system, once: told again, nothing happens.
 */
export function announceBill(system: System, news: BillNews, now: Date): Promise<void> {
  return asPerson(system, async (tx) => {
    if ("billId" in news) await tellOfBill(tx, system, news.billId, now);
    else await tellOfAccount(tx, system, news.accountId, now);
  });
}

async function tellOfBill(tx: Tx, system: System, billId: string, now: Date): Promise<void> {
  const select = { state: true, caseId: true, bookingId: true, booking: { select: { number: true } } };
  const seen = await tx.bill.findUnique({ where: { id: billId }, select });
  const taken = seen && (await claimCase(tx, seen.caseId));
  // Read again under the lock of its case: a second person may have judged it meanwhile.
  const bill = taken && (await tx.bill.findUnique({ where: { id: billId }, select }));
  if (!bill) return;
  const { caseId, bookingId, state, booking } = bill;
  if (state === "entered") return askSecondPerson(tx, taken, now);
  const { count } = await tx.bill.updateMany({
    where: { id: billId, followedAt: null },
    data: { followedAt: now },
  });
  if (count === 0) return;
  await endTasks(tx, caseId, "check_bill", now);
  await noteCaseEvent(tx, system, { caseId, kind: state === "rejected" ? "bill_rejected" : "bill_received" });
  if (state === "rejected") return;
  await endTasks(tx, caseId, "bill_late", now);
  await openMoneyTask(tx, { caseId, kind: "settle_bill", title: booking.number }, now);
  await tellPatient(tx, taken, "bill_received");
  await notify(tx, { kind: "booking", caseId, bookingId });
  if (taken.stage !== "settling") return;
  const nextDueAt = await readBackBy(tx, { caseId, bookingId }, now);
  await setNextStep(tx, caseId, { waitingOn: "finance", nextAction: "settle_bill", nextDueAt }, now);
}

/** Nobody writes to the dead; the family sees the bill on its page, and hears of it from the coordinator who stays. */
async function tellPatient(
  tx: Tx,
  taken: ClaimedCase,
  template: "bill_received" | "bill_settled",
): Promise<void> {
  if (taken.stage !== "deceased") await announceToPatient(tx, taken, template, "/bill");
}

async function askSecondPerson(tx: Tx, { id: caseId, ownerId }: ClaimedCase, now: Date): Promise<void> {
  const asked = await tx.task.count({ where: { caseId, kind: "check_bill", state: "open" } });
  if (asked > 0 || !ownerId) return;
  await addTask(tx, { caseId, kind: "check_bill", ownerId: null, dueAt: addHours(now, CHECK_HOURS) });
}

async function tellOfAccount(tx: Tx, system: System, accountId: string, now: Date): Promise<void> {
  const account = await tx.billAccount.findUnique({
    where: { id: accountId },
    select: { caseId: true, bookingId: true, clinicId: true, settledAt: true },
  });
  const taken = account && (await claimCase(tx, account.caseId));
  if (!taken) return;
  const { count } = await tx.billAccount.updateMany({
    where: { id: accountId, followedAt: null },
    data: { followedAt: now },
  });
  if (count === 0) return;
  const { caseId, bookingId } = account;
  await refreshBillScore(tx, account.clinicId);
  await endTasks(tx, caseId, "settle_bill", now);
  await endTasks(tx, caseId, "release_to_return", now);
  await noteCaseEvent(tx, system, { caseId, kind: "bill_settled" });
  await tellPatient(tx, taken, "bill_settled");
  await notify(tx, { kind: "booking", caseId, bookingId });
  if (taken.stage === "discharged") await moveCase(tx, system, { caseId, to: "settling" }, now);
  if ((await readSurplus(tx, bookingId)) === "back")
    return finishAccount(tx, system, { accountId, caseId }, now);
  const next = { waitingOn: "finance", nextAction: "refund_surplus" } as const;
  const isSettling = taken.stage === "discharged" || taken.stage === "settling";
  const nextDueAt = await readBackBy(tx, account, now);
  if (isSettling) await setNextStep(tx, caseId, { ...next, nextDueAt }, now);
}

/** By when the surplus of the bills that counted by a moment is on its way back. */
export async function readBackBy(
  tx: Tx,
  { caseId, bookingId, settledAt }: { caseId: string; bookingId: string; settledAt?: Date },
  now: Date,
): Promise<Date> {
  const bills = await tx.bill.findMany({
    where: { bookingId },
    select: { id: true, state: true, correctsId: true, enteredAt: true, checkedAt: true },
  });
  const known = bills.filter((bill) => !settledAt || countsFrom(bill) <= settledAt);
  return backBy(known, (await readLeft(tx, [caseId])).get(caseId) ?? null) ?? now;
}

/** Everything is settled: the case goes on to after-care. Inside the transaction that holds the case. */
export async function finishAccount(
  tx: Tx,
  system: System,
  { accountId, caseId }: { accountId: string; caseId: string },
  now: Date,
): Promise<void> {
  await tx.billAccount.updateMany({ where: { id: accountId, finishedAt: null }, data: { finishedAt: now } });
  await endTasks(tx, caseId, "surplus_late", now);
  await moveCase(tx, system, { caseId, to: "aftercare", from: ["settling"] }, now);
}

async function endTasks(tx: Tx, caseId: string, kind: string, now: Date): Promise<void> {
  await tx.task.updateMany({ where: { caseId, kind, state: "open" }, data: { state: "done", doneAt: now } });
}
