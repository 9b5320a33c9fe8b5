import "server-only";
import type { System } from "@/lib/kernel/actor";
import { addDays, dateOf, dayOf } from "@/lib/kernel/day";
import { asPerson } from "@/lib/infra/db";
import { type MovementPage, readMovements } from "@/lib/infra/stripe-balance";

export interface PageBounds {
  /** Pages of one run; the next run goes on where this one ended. */
  pagesMax: number;
  pageMax: number;
}

/**
 * Writes down what the provider tells of its movements, from the newest back to where all was read before. Each page and
 * the place it ends stand in the database together, so that a run that ends early loses none: the next goes on from there,
 * and what came meanwhile is read on the way after it. False when nobody answered.
 */
export async function keepMovements(
  system: System,
  { pagesMax, pageMax }: PageBounds,
  now: Date,
): Promise<boolean> {
  for (let page = 0; page < pagesMax; page += 1) {
    const reading = await openReading(system);
    const asked = await readMovements(reading.fromAt, reading.lastId, pageMax);
    // The provider knows nothing of the movement we ended at, as after a change of the account: from the newest again.
    if (asked.kind === "refused" && reading.lastId) await keepPage(system, reading, null, now);
    if (asked.kind !== "answered") return false;
    const isAtEnd = await keepPage(system, reading, asked.value, now);
    if (isAtEnd) return true;
  }
  return true;
}

interface Reading {
  lastId: string | null;
  fromAt: Date | null;
  newestAt: Date | null;
}

/** How far we are. */
function openReading(system: System): Promise<Reading> {
  return asPerson(system, async (tx) => {
    await tx.movementReading.createMany({ data: [{ id: 1 }], skipDuplicates: true });
    return tx.movementReading.findUniqueOrThrow({ where: { id: 1 } });
  });
}

/** Whether this run has no more to read: the way is at its end, or another run has taken it over. */
function keepPage(system: System, reading: Reading, page: MovementPage | null, now: Date): Promise<boolean> {
  const movements = page?.movements ?? [];
  return asPerson(system, async (tx) => {
    await tx.balanceMovement.createMany({
      data: movements.map((movement) => ({ ...movement, state: "waiting" as const })),
      skipDuplicates: true,
    });
    const newestAt = reading.newestAt ?? movements[0]?.movedAt ?? null;
    const last = page?.hasMore ? movements.at(-1) : undefined;
    const { lastId, fromAt } = reading;
    // An account in which nothing has moved yet is read to its beginning as well.
    const readTo = newestAt ?? (fromAt ? null : now);
    const { count } = await tx.movementReading.updateMany({
      where: { id: 1, lastId, fromAt },
      data: last
        ? { lastId: last.id, newestAt }
        : { lastId: null, newestAt: null, ...(page && readTo ? { fromAt: dayBefore(readTo) } : {}) },
    });
    return count === 0 || !last;
  });
}

/** Movements of one second may come one after the other: the day before the newest is read again. */
function dayBefore(at: Date): Date {
  return dateOf(addDays(dayOf(at), -1));
}
