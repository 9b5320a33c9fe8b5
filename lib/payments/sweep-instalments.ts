import "server-only";
import { addBusinessDays, addDays, type Day, dateOf, dayOf } from "@/lib/kernel/day";
import type { System } from "@/lib/kernel/actor";
import { isTrifle } from "@/lib/bookings/chargeable";
import { openOf } from "@/lib/bookings/part";
import { addTask } from "@/lib/cases/add-task";
import { announceToPatient } from "@/lib/cases/announce-news";
import { isEnded } from "@/lib/cases/case";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { Prisma } from "@/lib/infra/generated/client";
import { NOTICE_DAYS } from "./payment";

const BATCH = 200;

/**
 * What the calendar does to instalments of a date that stands: `planned` becomes `due`, and once their day is over
 * `overdue` with a task for the coordinator. Of one that was paid in part the rest falls due and is late the same way. A
 * case hears of it in one mail however many of its instalments moved, and of what is late rather than of what comes.
 * Nobody is asked for money once their case has ended. Safe to repeat: each step is taken from its own state.
 */
export async function sweepInstalments(system: System, now: Date): Promise<{ due: number; overdue: number }> {
  const today = dayOf(now);
  const told = new Set<string>();
  return {
    overdue: await move(system, { to: "overdue", upTo: addDays(today, -1) }, told, now),
    due: await move(system, { to: "due", upTo: addDays(today, NOTICE_DAYS) }, told, now),
  };
}

interface Step {
  to: "due" | "overdue";
  /** The last day whose instalments are moved. */
  upTo: Day;
}

function movedBy({ to, upTo }: Step): Prisma.PlanItemWhereInput {
  const from: Prisma.PlanItemWhereInput[] =
    to === "due"
      ? // A part that came before its day was asked for: nobody was told yet that the rest falls due.
        [{ state: "planned" }, { state: "partially_paid", dueToldAt: null }]
      : [{ state: { in: ["planned", "due", "partially_paid"] } }];
  return { AND: [{ OR: from }, { dueOn: { lte: dateOf(upTo) }, booking: { state: "confirmed" } }] };
}

/** `told` holds the cases this sweep has written to, and learns of new ones. */
async function move(system: System, step: Step, told: Set<string>, now: Date): Promise<number> {
  const rows = await asPerson(system, (tx) =>
    tx.planItem.findMany({
      where: movedBy(step),
      select: { caseId: true },
      orderBy: { dueOn: "asc" },
      take: BATCH,
    }),
  );
  let moved = 0;
  for (const caseId of new Set(rows.map((row) => row.caseId))) {
    const count = await asPerson(system, (tx) => moveCase(tx, caseId, step, told.has(caseId), now));
    if (count > 0) told.add(caseId);
    moved += count;
  }
  return moved;
}

/** All instalments of one case at once, so that two of the same day are one piece of news. */
async function moveCase(tx: Tx, caseId: string, step: Step, isTold: boolean, now: Date): Promise<number> {
  const one = await tx.case.findUnique({
    where: { id: caseId },
    select: { id: true, patientId: true, ownerId: true, stage: true },
  });
  if (!one || isEnded(one.stage)) return 0;
  const count = await moveItems(tx, caseId, step, now);
  if (count === 0) return 0;
  const template = step.to === "due" ? "payment_due" : "payment_overdue";
  if (!isTold) await announceToPatient(tx, one, template, "/booking");
  if (step.to === "overdue") {
    const dueAt = addBusinessDays(now, 1);
    await addTask(tx, { caseId, kind: "instalment_overdue", ownerId: one.ownerId, dueAt });
  }
  return count;
}

/**
 * How many moved that somebody is to be told of. What falls due stays paid in part where it was. A rest so small that no
 * card takes it moves in silence: nobody is reminded of cents.
 */
async function moveItems(tx: Tx, caseId: string, step: Step, now: Date): Promise<number> {
  const found = await tx.planItem.findMany({
    where: { AND: [{ caseId }, movedBy(step)] },
    select: { id: true, state: true, currency: true, amountMinor: true, paidMinor: true },
  });
  let told = 0;
  for (const item of found) {
    const { id, state, currency } = item;
    const after = step.to === "due" && state === "partially_paid" ? state : step.to;
    const { count } = await tx.planItem.updateMany({
      where: { AND: [{ id, state }, movedBy(step)] },
      data: { state: after, dueToldAt: now },
    });
    if (!isTrifle(openOf(item), currency)) told += count;
  }
  return told;
}
