import pg from "pg";
import { expect, it } from "vitest";
import { closeDb, openDb } from "@/lib/infra/db";
import { personAs } from "@/lib/infra/session";
import { holdBookingForm } from "@/lib/logistics/forms";
import { holdBooking } from "@/lib/logistics/hold-booking";
import { fillHistory } from "../../../bench/booking-growth-world";
import { bodyOf, HOT_PATIENTS, idOf, makeHttpWorld, slotFor } from "../../../bench/booking-http-world";

const url = process.env.DATABASE_URL ?? "";
const EACH = 20;
let next = HOT_PATIENTS;
const held: string[] = [];

async function holdOne() {
  const place = { locale: "en", clinicId: null };
  const person = { personId: idOf("06", next), name: "Anna Petrova", email: "anna@example.test", ...place };
  const patient = personAs({ ...person, roles: ["patient"] }, "patient");
  if (!patient) throw new Error("No patient was made.");
  const form = holdBookingForm.parse(JSON.parse(bodyOf(next, slotFor(next))));
  next += 1;
  const answer = await holdBooking(patient, form, new Date());
  if (!answer.ok) throw new Error(`The hold was refused: ${answer.reason}`);
  held.push(answer.value.id);
  return answer.value;
}

/** Pages this connection has touched so far; the database is told to count to the end now. */
async function pagesSoFar(): Promise<number> {
  await openDb().$queryRaw`SELECT pg_stat_force_next_flush()::text`;
  const [row] = await openDb().$queryRaw<{ pages: number }[]>`
    SELECT sum(hits + COALESCE(reads, 0))::int AS pages FROM pg_stat_get_backend_io(pg_backend_pid()) WHERE object = 'relation'`;
  return row?.pages ?? Number.NaN;
}

/** Pages of a hold on a connection that has held before. */
async function pagesOfHold(): Promise<number> {
  await closeDb();
  for (let at = 0; at < EACH; at += 1) await holdOne();
  const before = await pagesSoFar();
  for (let at = 0; at < EACH; at += 1) await holdOne();
  return ((await pagesSoFar()) - before) / EACH;
}

it("touches as many pages beside seven thousand bookings as beside five hundred", async () => {
  const db = new pg.Client({ connectionString: url });
  await db.connect();
  await db.query("SELECT set_config('app.role', 'system', false)");
  await makeHttpWorld(db, { from: HOT_PATIENTS, to: HOT_PATIENTS + 4 * EACH + 1 });
  await db.end();
  const { id, caseId, patientId } = await holdOne();
  const pattern = { bookingId: id, caseId, patientId, held };
  await fillHistory(url, pattern, { bookings: 500, days: 340, before: 0 });
  const among = await pagesOfHold();
  await fillHistory(url, pattern, { bookings: 6_500, days: 1_000, before: 500 });
  expect(await pagesOfHold()).toBeLessThan(among * 1.15);
}, 180_000);
