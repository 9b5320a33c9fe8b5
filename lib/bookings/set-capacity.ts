import "server-only";
import type { ClinicManager } from "@/lib/kernel/actor";
import { dateOf, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { isTreatment } from "@/lib/guides/treatment";
import { asPerson, type Tx } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { expireHoldsIn } from "./expire-holds";
import type { SetCapacityForm } from "./forms";

export interface SetSlot {
  slotId: string;
  treatment: string;
  on: string;
  capacity: number;
  free: number;
}

type Refusal = "capacity_below_taken" | "invalid_treatment" | "invalid_day";

/** Sets how many procedures the manager's own centre can do for us on each day. All lines or none. */
export async function setCapacity(
  manager: ClinicManager,
  lines: SetCapacityForm,
  now: Date,
): Promise<Outcome<SetSlot[], Refusal>> {
  const wrong = lines.findIndex((line) => !isTreatment(line.treatment));
  if (wrong >= 0) return refused("invalid_treatment", { path: `${wrong}.treatment` });
  const past = lines.findIndex((line) => line.on < dayOf(now));
  if (past >= 0) return refused("invalid_day", { path: `${past}.on` });
  const answer = await trySet(manager, lines);
  if (answer.ok || answer.reason !== "capacity_below_taken") return answer;
  // A place that is only taken by a hold past its time is free.
  const days = lines.map((line) => line.on);
  const ended = await expireHoldsIn(systemActor("capacity"), manager.clinicId, days);
  return ended > 0 ? trySet(manager, lines) : answer;
}

function trySet(manager: ClinicManager, lines: SetCapacityForm): Promise<Outcome<SetSlot[], Refusal>> {
  return asPerson(manager, async (tx) => {
    const kept = await lockTaken(tx, manager.clinicId, lines);
    const tooLow = lines.find((line) => line.capacity < (kept.get(keyOf(line)) ?? 0));
    if (tooLow) return refused("capacity_below_taken", { on: tooLow.on, treatment: tooLow.treatment });
    const slots = await writeDays(tx, manager.clinicId, lines);
    await writeAudit(tx, manager, "capacity.set", {
      objectType: "clinic",
      objectId: manager.clinicId,
      facts: { days: lines.length },
    });
    return done(slots);
  });
}

/**
 * Writes day by day in one order, however they are named: each asks for its waiting list too, and two who ask in different
 * orders would wait for each other. What is free is read afterwards, for a new place may be offered to somebody at once.
 */
async function writeDays(tx: Tx, clinicId: string, lines: SetCapacityForm): Promise<SetSlot[]> {
  const inOrder = lines.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : Number(keyOf(a) > keyOf(b))));
  const ids = new Map<string, string>();
  for (const line of inOrder) {
    const { treatment, capacity } = line;
    const { id } = await tx.procedureSlot.upsert({
      where: { clinicId_treatment_on: { clinicId, treatment, on: dateOf(line.on) } },
      create: { id: newId(), clinicId, treatment, on: dateOf(line.on), capacity },
      update: { capacity },
      select: { id: true },
    });
    ids.set(keyOf(line), id);
  }
  const rows = await tx.procedureSlot.findMany({
    where: { id: { in: [...ids.values()] } },
    select: { id: true, taken: true },
  });
  const taken = new Map(rows.map((row) => [row.id, row.taken]));
  return lines.map((line) => {
    const slotId = ids.get(keyOf(line)) ?? "";
    return { ...line, slotId, free: line.capacity - (taken.get(slotId) ?? 0) };
  });
}

/** How many places are taken on each named day; the rows stay locked, so nobody books below the new number meanwhile. */
async function lockTaken(tx: Tx, clinicId: string, lines: SetCapacityForm): Promise<Map<string, number>> {
  const days = [...new Set(lines.map((line) => line.on))];
  const rows = await tx.$queryRaw<{ treatment: string; on: Date; taken: number }[]>`
    SELECT treatment, "on", taken FROM "ProcedureSlot"
     WHERE "clinicId" = ${clinicId}::uuid AND "on" = ANY (${days}::date[]) ORDER BY id FOR NO KEY UPDATE`;
  return new Map(rows.map((row) => [keyOf({ treatment: row.treatment, on: dayOf(row.on) }), row.taken]));
}

function keyOf(line: { treatment: string; on: string }): string {
  return `${line.treatment} ${line.on}`;
}
