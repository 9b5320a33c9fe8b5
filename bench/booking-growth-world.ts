import pg from "pg";
import { COPIES, type Copy } from "./booking-growth-parts";
import { CITIES, id as worldId } from "./booking-http-world";

/** What an operator did before: this many bookings, made one after the other over these days until now. */
export interface History {
  bookings: number;
  days: number;
  /** How many the world has already; numbers, ids and the hours of people go on behind them. */
  before: number;
}

/** Interpreters and drivers of each city. In a history of a million the largest city has sixteen patients a day; the measured ones come on top. */
export const PEOPLE = 64;

/** The booking all others are made like, as the product has written it. */
export interface Pattern {
  bookingId: string;
  caseId: string;
  patientId: string;
  /** Other bookings that hold people and cars. Theirs are given free first: the history knows nothing of their hours. */
  held?: readonly string[];
}

const ofPattern = (table: string, like: keyof typeof LIKE, pattern: Pattern) =>
  table === "Booking"
    ? `r.id = '${pattern.bookingId}'`
    : table === "Case"
      ? `r.id = '${pattern.caseId}'`
      : LIKE[like](pattern);
const LIKE = {
  booking: ({ bookingId }: Pattern) => `r."bookingId" = '${bookingId}'`,
  case: ({ caseId }: Pattern) => `r."caseId" = '${caseId}'`,
  patient: ({ patientId }: Pattern) => `r.id = '${patientId}'`,
};

/**
 * Fills a world with bookings and all their parts, each like the one the product has written there: most are over,
 * every seventh was let go. No trigger runs meanwhile, and where the owner may say so no foreign key is asked; every index is
 * kept as it goes.
 */
export async function fillHistory(url: string, pattern: Pattern, history: History): Promise<void> {
  const tables = [...new Set(COPIES.map(({ table }) => table))];
  const clients = [1, 2].map(() => new pg.Client({ connectionString: url }));
  const [first] = clients;
  if (!first) return;
  try {
    for (const client of clients) {
      await client.connect();
      await client.query("SET synchronous_commit = off; SET work_mem = '256MB'; SET app.role = 'system'");
    }
    const { rows } = await first.query(
      "SELECT has_parameter_privilege('session_replication_role', 'SET') AS free",
    );
    const isFree = rows[0]?.free === true;
    if (isFree) for (const client of clients) await client.query("SET session_replication_role = replica");
    await first.query(`UPDATE "Claim" SET state = 'released' WHERE "bookingId" = ANY ($1::uuid[])`, [
      [pattern.bookingId, ...(pattern.held ?? [])],
    ]);
    await unguarded(first, tables, isFree, async () => {
      await makeBookings(first, history);
      const statements: string[] = [];
      for (const copy of COPIES) statements.push(await statementOf(first, copy, pattern));
      await eachOnce(isFree ? clients : [first], statements);
    });
    await first.query("DROP TABLE bench_history");
    await eachOnce(
      clients,
      [...tables, "ProcedureSlot"].map((table) => `VACUUM (ANALYZE, PARALLEL 0) "${table}"`),
    );
  } finally {
    for (const client of clients) await client.end();
  }
}

/** The policies do not bind the owner meanwhile; without more rights triggers and foreign keys are put off table by table. */
async function unguarded(
  db: pg.Client,
  tables: readonly string[],
  isFree: boolean,
  work: () => Promise<void>,
): Promise<void> {
  const { rows } = await db.query<{ off: string; on: string }>(
    `SELECT format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY', oid::regclass) AS off, format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', oid::regclass) AS on
      FROM pg_class WHERE relforcerowsecurity AND relname = ANY ($1)
    UNION ALL SELECT format('ALTER TABLE %s DISABLE TRIGGER USER', oid::regclass), format('ALTER TABLE %s ENABLE TRIGGER USER', oid::regclass)
      FROM pg_class WHERE relkind = 'r' AND relname = ANY ($1) AND NOT $2
    UNION ALL SELECT format('ALTER TABLE %s ALTER CONSTRAINT %I NOT ENFORCED', conrelid::regclass, conname),
        format('ALTER TABLE %s ALTER CONSTRAINT %I ENFORCED', conrelid::regclass, conname)
      FROM pg_constraint WHERE contype = 'f' AND conrelid IN (SELECT oid FROM pg_class WHERE relname = ANY ($1)) AND NOT $2`,
    [tables, isFree],
  );
  await db.query(rows.map(({ off }) => off).join("; "));
  await work();
  await db.query(rows.map(({ on }) => on).join("; "));
}

/** Whoever is free takes the next statement. */
async function eachOnce(clients: readonly pg.Client[], statements: readonly string[]): Promise<void> {
  const left = [...statements];
  await Promise.all(
    clients.map(async (client) => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) await client.query(next);
    }),
  );
}

/** Who booked what, when and with whom: large centres have more than small ones, and every tenth patient comes a second time. */
async function makeBookings(db: pg.Client, { bookings, days, before }: History): Promise<void> {
  const dice = (salt: number) => `((hashint8(n * 8 + ${salt})::bigint + 2147483648) / 4294967296.0)`;
  await db.query(`CREATE UNLOGGED TABLE bench_history AS SELECT b.*, lpad(to_hex((extract(epoch FROM made) * 1000)::bigint), 12, '0') AS hex,
      row_number() OVER (PARTITION BY city, "on" ORDER BY n) - 1 AS turn
    FROM (SELECT n, made, floor(${CITIES} * power(${dice(1)}, 1.3))::int AS city, (made AT TIME ZONE 'UTC')::date + 14 + floor(60 * ${dice(2)})::int AS "on"
      FROM (SELECT ${before}::bigint + i AS n, now() - make_interval(days => ${days}) * (1 - i / ${bookings}.0) AS made
        FROM generate_series(0, ${bookings - 1}) i) m) b`);
  await db.query(`INSERT INTO "ProcedureSlot" (id, "clinicId", treatment, capacity, taken, "on")
    SELECT md5(city || ' ' || "on")::uuid, ${worldId("01", "city")}, 'teer', 1000000, count(*) FILTER (WHERE "on" > now() AND n % 7 <> 0), "on"
      FROM bench_history GROUP BY city, "on"
    ON CONFLICT ("clinicId", treatment, "on") DO UPDATE SET taken = "ProcedureSlot".taken + EXCLUDED.taken`);
  // Whoever comes again came first half the history before.
  const earlier = Math.floor(bookings / 20) * 10 + 9;
  const again = `n % 10 = 9 AND n >= ${before + earlier}`;
  const place = (kind: number) => worldId("04", `(city * 10000 + (turn % ${PEOPLE} + 1) * 2 + ${kind})`);
  await db.query(`CREATE UNLOGGED TABLE bench_next AS SELECT n, made, h."on",
      left(hex, 8) || '-' || right(hex, 4) || '-7' AS key, '-8000-' || lpad(to_hex(n), 12, '0') AS tail,
      ${again} AS again, '-8000-' || lpad(to_hex(CASE WHEN ${again} THEN n - ${earlier} ELSE n END), 12, '0') AS person,
      s."clinicId" AS clinic, s.id AS slot, ${place(0)} AS driver, ${place(1)} AS interpreter,
      (turn / ${PEOPLE} + CASE ${before} WHEN 0 THEN 0 ELSE 1 END)::int AS hour,
      CASE WHEN n % 7 = 0 THEN 'cancelled' WHEN h."on" <= now() THEN 'completed' WHEN made > now() - interval '3 days' THEN 'held'
        WHEN made > now() - interval '6 days' THEN 'awaiting_centre' ELSE 'confirmed' END AS state
    FROM bench_history h JOIN "ProcedureSlot" s ON s."clinicId" = ${worldId("01", "city")} AND s.treatment = 'teer' AND s."on" = h."on" ORDER BY n`);
  await db.query("DROP TABLE bench_history");
  await db.query("ALTER TABLE bench_next RENAME TO bench_history");
  await db.query("ANALYZE bench_history");
}

async function statementOf(
  db: pg.Client,
  { table, like, set, also, where = "true", times = 1 }: Copy,
  pattern: Pattern,
): Promise<string> {
  const { rows } = await db.query<{ name: string }>(
    `SELECT column_name AS name FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER' ORDER BY ordinal_position`,
    [table],
  );
  const names = rows.map(({ name }) => name).filter((name) => like !== null || name in set);
  const copied =
    like === null
      ? `SELECT * FROM ${also}`
      : `SELECT r.*, row_number() OVER (ORDER BY r.id, again.nth) AS bench_at${also ? `, ${also}` : ""}
          FROM generate_series(1, ${times}) again(nth), "${table}" r WHERE ${ofPattern(table, like, pattern)}`;
  return `INSERT INTO "${table}" (${names.map((name) => `"${name}"`).join(", ")})
    WITH t AS MATERIALIZED (${copied})
    SELECT ${names.map((name) => set[name] ?? `t."${name}"`).join(", ")} FROM bench_history h CROSS JOIN t WHERE ${where}`;
}
