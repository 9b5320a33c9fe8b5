import "server-only";
import { addBusinessDays, addDays, dateOf, dayOf } from "@/lib/kernel/day";
import type { System } from "@/lib/kernel/actor";
import { addTask } from "@/lib/cases/add-task";
import { announceToPatient } from "@/lib/cases/announce-news";
import { isEnded } from "@/lib/cases/case";
import { asPerson, type Tx } from "@/lib/infra/db";

/** A patient hears of an instalment this many days before its day, once. */
const NOTICE_DAYS = 7;
const BATCH = 200;

/**
 * What the calendar does to instalments of a date that stands: `planned` becomes `due` with a mail, and once their day
 * is over `overdue` with another and a task for the coordinator. Nobody is asked for money once their case has ended. Safe to
 * repeat: each step is taken from its own state.
 */
export async function sweepInstalments(system: System, now: Date): Promise<{ due: number; overdue: number }> {
  const today = dayOf(now);
  return {
    due: await move(system, "due", ["planned"], dateOf(addDays(today, NOTICE_DAYS)), now),
    overdue: await move(system, "overdue", ["planned", "due"], dateOf(addDays(today, -1)), now),
  };
}

async function move(
  system: System,
  to: "due" | "overdue",
  from: readonly ("planned" | "due")[],
  upTo: Date,
  now: Date,
): Promise<number> {
  const rows = await asPerson(system, (tx) =>
    tx.planItem.findMany({
      where: { state: { in: [...from] }, dueOn: { lte: upTo }, booking: { state: "confirmed" } },
      select: { id: true, caseId: true },
      orderBy: { dueOn: "asc" },
      take: BATCH,
    }),
  );
  let moved = 0;
  for (const row of rows) moved += await asPerson(system, (tx) => moveOne(tx, row, to, from, now));
  return moved;
}

interface Waiting {
  id: string;
  caseId: string;
}

async function moveOne(
  tx: Tx,
  row: Waiting,
  to: "due" | "overdue",
  from: readonly ("planned" | "due")[],
  now: Date,
): Promise<number> {
  const one = await tx.case.findUnique({
    where: { id: row.caseId },
    select: { id: true, patientId: true, ownerId: true, stage: true },
  });
  if (!one || isEnded(one.stage)) return 0;
  const { count } = await tx.planItem.updateMany({
    where: { id: row.id, state: { in: [...from] }, booking: { state: "confirmed" } },
    data: { state: to },
  });
  if (count === 0) return 0;
  await announceToPatient(tx, one, to === "due" ? "payment_due" : "payment_overdue", "/booking");
  if (to === "overdue") {
    const dueAt = addBusinessDays(now, 1);
    await addTask(tx, { caseId: row.caseId, kind: "instalment_overdue", ownerId: one.ownerId, dueAt });
  }
  return count;
}
