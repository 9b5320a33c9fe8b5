import type { Client } from "pg";
import { HOT_SLOT } from "../../bench/booking-http-world";

const PLACES_A_DAY = 20;
const PEOPLE = 15;

export interface Violations {
  overlaps: number;
  partials: number;
  oversold: number;
  /** Rides and talks that name another person or other hours than the claim that keeps them free, or none. */
  strays: number;
}

/**
 * What must be zero: people in two places, live bookings without all their parts, days that count wrong, and rides or
 * talks that say something else than the calendars. Bookings of an earlier storm are all cancelled and were looked at
 * then; they are looked at once more where `since` says "ever".
 */
export async function violationsIn(db: Client, since: "storm" | "ever" = "storm"): Promise<Violations> {
  const looked = since === "ever" ? "true" : `o."createdAt" > now() - interval '1 day'`;
  const live = "o.state NOT IN ('cancelled', 'completed')";
  const { rows } = await db.query<Violations>(`SELECT
    (SELECT count(*)::int FROM "Claim" a JOIN "Claim" b ON a."resourceId" = b."resourceId" AND a.id < b.id
      AND tstzrange(a."startsAt", a."endsAt") && tstzrange(b."startsAt", b."endsAt")
      WHERE a.state <> 'released' AND b.state <> 'released') AS overlaps,
    (SELECT count(*)::int FROM "Booking" o WHERE ${looked} AND ((SELECT count(*) FROM "Claim" c
        WHERE c."bookingId" = o.id AND c.state <> 'released') <> CASE WHEN ${live} THEN 3 ELSE 0 END
      OR (SELECT count(*) FROM "BookingService" s WHERE s."bookingId" = o.id) <> 3
      OR (SELECT count(*) FROM "Contract" k WHERE k."bookingId" = o.id) <> 2)) AS partials,
    (SELECT count(*)::int FROM "ProcedureSlot" s
      WHERE s.taken > s.capacity OR s.taken <> (SELECT count(*) FROM "Booking" o WHERE o."slotId" = s.id AND ${live})) AS oversold,
    (SELECT count(*)::int FROM (
        SELECT "bookingId", "claimId", "resourceId", "pickupAt" AS "startsAt", state = 'cancelled' AS ended FROM "Transfer"
        UNION ALL SELECT "bookingId", "claimId", "resourceId", "startsAt", state = 'cancelled' FROM "InterpreterAssignment") part
      JOIN "Booking" o ON o.id = part."bookingId" LEFT JOIN "Claim" c ON c.id = part."claimId"
      WHERE ${looked} AND (part.ended = (${live}) OR (NOT part.ended AND (c.id IS NULL OR c.state = 'released' OR c."bookingId" <> o.id
        OR c."resourceId" IS DISTINCT FROM part."resourceId" OR c."startsAt" <> part."startsAt")))) AS strays`);
  return rows[0] ?? { overlaps: -1, partials: -1, oversold: -1, strays: -1 };
}

export function sumOf(found: readonly Violations[]): Violations {
  const sum = (key: keyof Violations) => found.reduce((total, one) => total + one[key], 0);
  return {
    overlaps: sum("overlaps"),
    partials: sum("partials"),
    oversold: sum("oversold"),
    strays: sum("strays"),
  };
}

/** Every second hold is signed and paid, as the deposit's arrival would leave it; answers their ids. */
export async function payHalf(db: Client): Promise<Set<string>> {
  const { rows } = await db.query<{
    id: string;
  }>(`UPDATE "Booking" SET state = 'awaiting_deposit' WHERE id IN (
    SELECT id FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM "Booking" WHERE state = 'held') h WHERE place % 2 = 0) RETURNING id`);
  const ids = rows.map(({ id }) => id);
  await db.query(
    `UPDATE "Booking" SET state = 'awaiting_centre', "paidAt" = now(), "holdExpiresAt" = NULL WHERE id = ANY ($1)`,
    [ids],
  );
  await db.query(`UPDATE "Claim" SET state = 'booked', "holdExpiresAt" = NULL WHERE "bookingId" = ANY ($1)`, [
    ids,
  ]);
  return new Set(ids);
}

/** Whoever lets go twenty times a day must wait; storms of many days fit into an hour here. */
export async function forgetDay(db: Client): Promise<void> {
  await db.query(
    `UPDATE "Booking" SET "createdAt" = "createdAt" - interval '2 days'
      WHERE state = 'cancelled' AND "createdAt" > now() - interval '1 day'`,
  );
}

/** One place on the hot day, few places on the days after it, and few people in the whole country. */
export async function makeScarce(db: Client): Promise<void> {
  await db.query(`UPDATE "ProcedureSlot" SET capacity = 1 WHERE id = $1`, [HOT_SLOT]);
  await db.query(
    `UPDATE "ProcedureSlot" SET capacity = $1 WHERE "clinicId" = (SELECT "clinicId" FROM "ProcedureSlot" WHERE id = $2)
    AND id <> $2`,
    [PLACES_A_DAY, HOT_SLOT],
  );
  await db.query(
    `UPDATE "Resource" SET active = false WHERE id NOT IN (
    SELECT id FROM (SELECT r.id, row_number() OVER (PARTITION BY r.kind ORDER BY r.id) AS place FROM "Resource" r
      JOIN "Clinic" c ON c.city = r.city JOIN "ProcedureSlot" s ON s."clinicId" = c.id AND s.id = $2) few WHERE place <= $1)`,
    [PEOPLE, HOT_SLOT],
  );
}

export async function deadlocks(db: Client): Promise<number> {
  await db.query("SELECT pg_stat_clear_snapshot()");
  const { rows } = await db.query(
    "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()",
  );
  return Number(rows[0]?.deadlocks ?? 0);
}
