import "server-only";
import { addDays, type Day, dayOf } from "@/lib/kernel/day";
import { openDb } from "@/lib/infra/db";
import type { CapacityForm } from "./forms";

export interface FreeSlot {
  slotId: string;
  treatment: string;
  on: Day;
  capacity: number;
  free: number;
}

const DAYS_SHOWN = 180;

/** The days of a published centre and how many places are left on each; null when there is no such centre. */
export async function freeSlots(slug: string, form: CapacityForm, now: Date): Promise<FreeSlot[] | null> {
  const clinic = await openDb().clinic.findUnique({
    where: { slug },
    select: { id: true, publishedAt: true },
  });
  if (!clinic?.publishedAt) return null;
  const from = form.from ?? dayOf(now);
  const to = form.to ?? addDays(from, DAYS_SHOWN);
  const rows = await openDb().$queryRaw<(Omit<FreeSlot, "on"> & { on: Date })[]>`
    SELECT * FROM free_slots(${clinic.id}::uuid, ${form.treatment ?? null}::text, ${from}::date, ${to}::date)`;
  return rows.map((row) => ({ ...row, on: dayOf(row.on) }));
}
