import "server-only";
import { dateOf, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import type { Tx } from "@/lib/infra/db";
import type { Inspection } from "./inspection";
import { MEASUREMENTS_MAX } from "./measurement";

/**
 * Keeps the numbers a file told of itself, beside what people wrote down. They go where their file goes: a centre reads
 * them once the file is accepted, and nobody once it is erased. A day that has not come is no examination's.
 */
export async function keepNumbers(
  tx: Tx,
  record: { id: string; caseId: string },
  numbers: NonNullable<Inspection["numbers"]>,
  now: Date,
): Promise<void> {
  const { id: recordId, caseId } = record;
  const past = numbers.filter(({ measuredOn }) => measuredOn <= dayOf(now));
  if (past.length === 0) return;
  const room = MEASUREMENTS_MAX - (await tx.measurement.count({ where: { caseId } }));
  await tx.measurement.createMany({
    data: past.slice(0, Math.max(0, room)).map(({ measuredOn, ...number }) => ({
      id: newId(now.getTime()),
      caseId,
      recordId,
      ...number,
      source: "file" as const,
      enteredByName: "",
      measuredOn: dateOf(measuredOn),
      enteredAt: now,
    })),
    skipDuplicates: true,
  });
}
