import { createHash } from "node:crypto";
import type { Client } from "pg";

export const CITIES = 40;
const DAYS = 50;
export const SLOTS = CITIES * DAYS;
export const PATIENTS = 30_000;
/** In the last city is the one slot everybody wants in the hot part. */
const HOT_CITY = CITIES;
const PEOPLE_PER_CITY = 12;
const PEOPLE_OF_HOT_CITY = 400;

/** An id of this world, as SQL. */
export const id = (kind: string, number: string) =>
  `('0c${kind}0000-0000-7000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`;
export const idOf = (kind: string, number: number) =>
  `0c${kind}0000-0000-7000-8000-${number.toString(16).padStart(12, "0")}`;

export const HOT_SLOT = idOf("02", HOT_CITY * 1_000 + 1);

/** The patients below this number are the hot city's, the others are spread over all the others. */
export const HOT_PATIENTS = 10_000;

/** A day at the clinic of this patient's estimate. */
export const slotFor = (patient: number) =>
  idOf("02", (patient % CITIES) * 1_000 + 1 + Math.floor(Math.random() * DAYS));

export const tokenOf = (patient: number) => `vlv_bench${patient}`;

export const bodyOf = (patient: number, slotId: string) =>
  JSON.stringify({ estimateId: idOf("09", patient), slotId, services: [] });

/**
 * A world for bookings over HTTP, made whole in an empty database: a clinic in each city with fifty days, interpreters
 * and drivers (`people` of each), and patients with a token and an accepted estimate of treatment, ride and interpreter.
 */
export async function makeHttpWorld(
  db: Client,
  { from, to, people }: { from: number; to: number; people?: number } = { from: 0, to: PATIENTS },
): Promise<void> {
  const cities = `generate_series(0, ${HOT_CITY}) c`;
  const clinicOf = id("01", `CASE WHEN n < ${HOT_PATIENTS} THEN ${HOT_CITY} ELSE n % ${CITIES} END`);
  await db.query(`INSERT INTO "Clinic" (id, slug, name, "legalName", country, city, address, latitude, longitude, "timeZone", summary,
      departments, languages, "officeHours", "licenceNumber", "licenceAuthority", "paymentTerms", "cancellationBands", "moneyRelation", "licenceValidUntil")
    SELECT ${id("01", "c")}, 'bench-http-' || c, 'Bench ' || c, 'Bench', 'DE', 'Far ' || c, '', 0, 0, 'Europe/Berlin', '', '{}', '{de}', '', '', '', '', '[{"fromDays": 0, "keptBp": 0}]', '',
      '2031-01-01' FROM ${cities}`);
  await db.query(`INSERT INTO "ProcedureSlot" (id, "clinicId", treatment, capacity, "on")
    SELECT ${id("02", "c * 1000 + n")}, ${id("01", "c")}, 'teer', 1000000, current_date + 10 + n FROM ${cities}, generate_series(1, ${DAYS}) n`);
  await db.query(`INSERT INTO "Supplier" (id, kind, name, country, city, "termsAcceptedOn")
    VALUES (${id("03", "1")}, 'all', 'Bench HTTP', 'DE', 'Far', '2026-01-01')`);
  await db.query(`INSERT INTO "Resource" (id, "supplierId", kind, name, city, country, "timeZone", languages, seats)
    SELECT ${id("04", "c * 10000 + n * 2 + k")}, ${id("03", "1")}, CASE k WHEN 0 THEN 'driver' ELSE 'interpreter' END, 'Bench HTTP', 'Far ' || c, 'DE',
      'Europe/Berlin', '{de,ar}', 3
      FROM ${cities}, generate_series(0, 1) k, generate_series(1, CASE c WHEN ${HOT_CITY} THEN ${PEOPLE_OF_HOT_CITY} ELSE ${people ?? PEOPLE_PER_CITY} END) n`);
  await makePatients(db, clinicOf, from, to);
  await db.query(
    `CREATE TABLE bench_counter (id int PRIMARY KEY, taken int NOT NULL, capacity int NOT NULL)`,
  );
  await db.query(`INSERT INTO bench_counter SELECT n, 0, 1000000000 FROM generate_series(0, ${SLOTS}) n`);
  await db.query("GRANT ALL ON bench_counter TO valvia_app");
  await db.query("ANALYZE");
}

/** Patient n: an account, a token, a case at the stage of booking, its review and its accepted estimate. */
async function makePatients(db: Client, clinicOf: string, from: number, to: number): Promise<void> {
  const everybody = `generate_series(${from}, ${to - 1}) n`;
  const tokens = Array.from({ length: to - from }, (_, at) =>
    createHash("sha256")
      .update(tokenOf(from + at))
      .digest("hex"),
  );
  await db.query(`INSERT INTO "Person" (id, email, name, kind, roles)
    SELECT ${id("06", "n")}, 'bench' || n || '@bench.valvia.test', 'Bench', 'private', '{patient}' FROM ${everybody}`);
  await db.query(
    `INSERT INTO "ApiToken" (id, "tokenHash", "personId", name, scopes, "lastUsedAt")
      SELECT ${id("0a", `n - 1 + ${from}`)}, hash, ${id("06", `n - 1 + ${from}`)}, 'bench', '{all}', now() + interval '1 hour'
        FROM unnest($1::text[]) WITH ORDINALITY t (hash, n)`,
    [tokens],
  );
  await db.query(`INSERT INTO "Case" (id, number, stage, "patientId", treatment, language, country, "nextAction", "nextDueAt", "submittedAt", "updatedAt")
    SELECT ${id("05", "n")}, 'FAR-' || n, 'contracting', ${id("06", "n")}, 'teer', 'ar', 'AE', 'bench', now(), now(), now() FROM ${everybody}`);
  await db.query(`INSERT INTO "CaseAccess" (id, "caseId", "personId", scopes, purpose)
    SELECT ${id("07", "n")}, ${id("05", "n")}, ${id("06", "n")}, '{owner}', 'bench' FROM ${everybody}`);
  await makeEstimates(db, clinicOf, everybody);
}

async function makeEstimates(db: Client, clinicOf: string, everybody: string): Promise<void> {
  await db.query(`INSERT INTO "Review" (id, "caseId", "clinicId", state, "requestedById", "dueAt")
    SELECT ${id("08", "n")}, ${id("05", "n")}, ${clinicOf}, 'requested', ${id("06", "n")}, now() FROM ${everybody}`);
  await db.query(`INSERT INTO "Estimate" (id, "reviewId", "caseId", "clinicId", version, currency, "createdById", "validUntil", "lowMinor", "expectedMinor", "highMinor")
    SELECT ${id("09", "n")}, ${id("08", "n")}, ${id("05", "n")}, ${clinicOf}, 1, 'EUR', ${id("06", "n")}, '2031-01-01', 3033000, 3437000, 4141000 FROM ${everybody}`);
  const lines = `(VALUES (1, 'A', 'treatment', 3000000, 3400000, 4100000), (2, 'B', 'transfer_arrival', 9000, 9000, 9000),
    (3, 'B', 'interpreter', 24000, 28000, 32000)) l (position, contract, kind, low, expected, high)`;
  await db.query(`INSERT INTO "EstimateLine" (id, "estimateId", "caseId", position, contract, kind, quantity, unit, "lowMinor", "expectedMinor", "highMinor", cause)
    SELECT gen_random_uuid(), ${id("09", "n")}, ${id("05", "n")}, position, contract::"ContractKind", kind, 1, 'piece', low, expected, high, 'fixed'
      FROM ${everybody}, ${lines}`);
  await db.query(
    `UPDATE "Estimate" SET state = 'sent', hash = repeat('0', 64), "sentAt" = now() WHERE state = 'draft'`,
  );
  await db.query(`UPDATE "Estimate" SET state = 'accepted', "answeredAt" = now() WHERE state = 'sent'`);
}

/** What must be zero: people in two places at once, bookings without all their parts, slots that count wrong. */
export async function countHttpViolations(
  db: Client,
): Promise<{ overlaps: number; partials: number; oversold: number; held: number }> {
  const { rows } = await db.query(`SELECT
    (SELECT count(*)::int FROM "Claim" a JOIN "Claim" b ON a."resourceId" = b."resourceId" AND a.id < b.id
      AND tstzrange(a."startsAt", a."endsAt") && tstzrange(b."startsAt", b."endsAt")
      WHERE a.state <> 'released' AND b.state <> 'released') AS overlaps,
    (SELECT count(*)::int FROM "Booking" o WHERE o.state = 'held' AND (
        (SELECT count(*) FROM "Claim" c WHERE c."bookingId" = o.id AND c.state = 'held') < 2
        OR (SELECT count(*) FROM "BookingService" s WHERE s."bookingId" = o.id) <> 3
        OR (SELECT count(*) FROM "Contract" k WHERE k."bookingId" = o.id) < 2)) AS partials,
    (SELECT count(*)::int FROM "ProcedureSlot" s
      WHERE s.taken <> (SELECT count(*) FROM "Booking" o WHERE o."slotId" = s.id AND o.state = 'held')) AS oversold,
    (SELECT count(*)::int FROM "Booking") AS held`);
  return rows[0];
}
