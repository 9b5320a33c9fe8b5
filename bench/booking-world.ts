import type { Client } from "pg";

export const CITIES = 40;
export const RESOURCES_PER_CITY = 12;
export const SLOTS = 2_000;
export const CASES = 20_000;
/** Everybody in the hot part wants this one slot. */
export const HOT_SLOT = "0b000000-0000-7000-8000-00000000f001";

const id = (kind: string, number: string) =>
  `('0b${kind}0000-0000-7000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`;

/**
 * A world for bookings: one clinic, 2,000 days, 40 cities with 12 interpreters and 12 drivers each, and 20,000 cases
 * with their patients' doors. Made again from nothing at each run.
 */
export async function makeWorld(db: Client): Promise<void> {
  await clearWorld(db);
  const clinic = id("01", "1");
  await db.query(`INSERT INTO "Clinic" (id, slug, name, "legalName", country, city, address, latitude, longitude, "timeZone", summary,
      departments, languages, "officeHours", "licenceNumber", "licenceAuthority", "paymentTerms", "cancellationBands", "moneyRelation", "licenceValidUntil")
    VALUES (${clinic}, 'bench-booking', 'Bench', 'Bench', 'DE', 'Bench 0', '', 0, 0, 'Europe/Berlin', '', '{}', '{de}', '', '', '', '', '[{"fromDays": 0, "keptBp": 0}]', '', '2030-01-01')`);
  await db.query(`INSERT INTO "ProcedureSlot" (id, "clinicId", treatment, capacity, "on")
    SELECT ${id("02", "n")}, ${clinic}, 'teer', 1000000, '2030-01-01'::date + n FROM generate_series(1, ${SLOTS}) n
    UNION ALL SELECT '${HOT_SLOT}', ${clinic}, 'teer', 1000000, '2029-01-01'`);
  await db.query(`INSERT INTO "Supplier" (id, kind, name, country, city, "termsAcceptedOn")
    VALUES (${id("03", "1")}, 'all', 'Bench', 'DE', 'Bench', '2026-01-01')`);
  await db.query(`INSERT INTO "Resource" (id, "supplierId", kind, name, city, country, "timeZone", languages, seats)
    SELECT ${id("04", "c * 1000 + n * 2 + k")}, ${id("03", "1")}, CASE k WHEN 0 THEN 'driver' ELSE 'interpreter' END, 'Bench', 'Bench ' || c, 'DE',
           'Europe/Berlin', '{de,ar}', 3
      FROM generate_series(0, ${CITIES - 1}) c, generate_series(1, ${RESOURCES_PER_CITY}) n, generate_series(0, 1) k`);
  await db.query(`INSERT INTO "Case" (id, number, stage, "patientId", "nextAction", "nextDueAt", "submittedAt", "updatedAt")
    SELECT ${id("05", "n")}, 'BENCH-' || n, 'contracting', ${id("06", "n")}, 'bench', now(), now(), now() FROM generate_series(1, ${CASES}) n`);
  await db.query(`INSERT INTO "CaseAccess" (id, "caseId", "personId", scopes, purpose)
    SELECT ${id("07", "n")}, ${id("05", "n")}, ${id("06", "n")}, '{owner}', 'bench' FROM generate_series(1, ${CASES}) n`);
  await db.query(`INSERT INTO "Review" (id, "caseId", "clinicId", state, "requestedById", "dueAt")
    VALUES (${id("08", "1")}, ${id("05", "1")}, ${clinic}, 'requested', ${id("06", "1")}, now())`);
  await db.query(`INSERT INTO "Estimate" (id, "reviewId", "caseId", "clinicId", version, currency, "createdById", "validUntil")
    VALUES (${id("09", "1")}, ${id("08", "1")}, ${id("05", "1")}, ${clinic}, 1, 'EUR', ${id("06", "1")}, '2030-01-01')`);
  await db.query(
    `CREATE TABLE bench_counter (id int PRIMARY KEY, taken int NOT NULL, capacity int NOT NULL)`,
  );
  await db.query(`INSERT INTO bench_counter SELECT n, 0, 1000000 FROM generate_series(0, ${SLOTS}) n`);
  await db.query(`CREATE SEQUENCE bench_case MAXVALUE ${CASES} CYCLE`);
  await db.query(`GRANT ALL ON bench_counter, bench_case TO valvia_app`);
  await makeAttempt(db);
  await db.query("ANALYZE");
}

/** One attempt as the application makes it: the patient's own rights, then the one call that decides. */
async function makeAttempt(db: Client): Promise<void> {
  await db.query(`CREATE FUNCTION bench_hold(slot uuid, city text, day int, hour int) RETURNS jsonb LANGUAGE plpgsql AS $$
    DECLARE
      n bigint := nextval('bench_case');
      starts timestamptz := '2030-01-01'::timestamptz + make_interval(days => day, hours => hour);
      need jsonb := jsonb_build_object('startsAt', starts, 'endsAt', starts + interval '3 hours', 'country', 'DE', 'city', city, 'anywhere', false,
        'languages', '[]'::jsonb, 'oneOf', '[]'::jsonb, 'gender', NULL, 'seats', 1, 'wheelchair', false);
    BEGIN
      PERFORM set_config('app.role', 'patient', true), set_config('app.person', ${id("06", "n")}::text, true);
      RETURN hold_parts(
        jsonb_build_object('id', gen_random_uuid(), 'caseId', ${id("05", "n")}, 'patientId', ${id("06", "n")}, 'estimateId', ${id("09", "1")},
          'clinicId', ${id("01", "1")}, 'slotId', slot, 'currency', 'EUR', 'policyVersion', 'bench', 'regime', 'LIKELY_NOT_PACKAGE',
          'contractAMode', 'direct', 'treatmentOn', '2030-01-01'),
        jsonb_build_array(
          need || jsonb_build_object('claimId', gen_random_uuid(), 'purpose', 'arrival', 'kind', 'driver'),
          need || jsonb_build_object('claimId', gen_random_uuid(), 'purpose', 'consent_talk', 'kind', 'interpreter', 'languages', '["ar"]'::jsonb)),
        4320);
    END $$`);
  await db.query(`GRANT EXECUTE ON FUNCTION bench_hold(uuid, text, int, int) TO valvia_app`);
}

export async function clearWorld(db: Client): Promise<void> {
  await db.query(`DROP FUNCTION IF EXISTS bench_hold(uuid, text, int, int)`);
  await db.query(`DROP TABLE IF EXISTS bench_counter`);
  await db.query(`DROP SEQUENCE IF EXISTS bench_case`);
  for (const [table, column] of [
    ["Claim", `"bookingId" IN (SELECT id FROM "Booking" WHERE "policyVersion" = 'bench')`],
    ["Booking", `"policyVersion" = 'bench'`],
    ["Estimate", `id = ${id("09", "1")}`],
    ["Review", `id = ${id("08", "1")}`],
    ["CaseAccess", `purpose = 'bench'`],
    ["CaseEvent", `"caseId" IN (SELECT id FROM "Case" WHERE number LIKE 'BENCH-%')`],
    ["Case", `number LIKE 'BENCH-%'`],
    ["Resource", `name = 'Bench'`],
    ["Supplier", `name = 'Bench'`],
    ["ProcedureSlot", `"clinicId" = ${id("01", "1")}`],
    ["Clinic", `id = ${id("01", "1")}`],
  ]) {
    await db.query(`DELETE FROM "${table}" WHERE ${column}`);
  }
}

export interface Violations {
  overlaps: number;
  partials: number;
  oversold: number;
  deadlocks: number;
}

/** What must be zero: overlapping claims, bookings without all their parts, slots that count wrong. */
export async function countViolations(db: Client): Promise<Omit<Violations, "deadlocks">> {
  const { rows } = await db.query<{ overlaps: number; partials: number; oversold: number }>(`SELECT
    (SELECT count(*)::int FROM "Claim" a JOIN "Claim" b ON a."resourceId" = b."resourceId" AND a.id < b.id
      AND tstzrange(a."startsAt", a."endsAt") && tstzrange(b."startsAt", b."endsAt")
      WHERE a.state <> 'released' AND b.state <> 'released') AS overlaps,
    (SELECT count(*)::int FROM "Booking" o WHERE o."policyVersion" = 'bench' AND o.state = 'held'
      AND 2 <> (SELECT count(*) FROM "Claim" c WHERE c."bookingId" = o.id AND c.state = 'held')) AS partials,
    (SELECT count(*)::int FROM "ProcedureSlot" s WHERE s."clinicId" = ${id("01", "1")}
      AND s.taken <> (SELECT count(*) FROM "Booking" o WHERE o."slotId" = s.id AND o.state = 'held')) AS oversold`);
  return rows[0] ?? { overlaps: -1, partials: -1, oversold: -1 };
}

/** Ends the bench's holds between rounds, so that each round meets the same world. */
export async function emptyWorld(db: Client): Promise<void> {
  await db.query(
    `DELETE FROM "Claim" WHERE "bookingId" IN (SELECT id FROM "Booking" WHERE "policyVersion" = 'bench')`,
  );
  await db.query(`DELETE FROM "Booking" WHERE "policyVersion" = 'bench'`);
  await db.query(`UPDATE "ProcedureSlot" SET taken = 0 WHERE "clinicId" = ${id("01", "1")} AND taken <> 0`);
  await db.query(`VACUUM "Booking", "Claim", "ProcedureSlot", bench_counter`);
}
