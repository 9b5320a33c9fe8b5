import type pg from "pg";
import type { World } from "./world";

/**
 * Lets the database count every row that is written, in whatever table: where nothing was since the promises were asked last,
 * they hold as they did. What is taken back counts too, which costs a look and misses nothing. The clock counts as a row.
 */
export async function countChanges(owner: pg.Client): Promise<void> {
  await owner.query(`
    CREATE SEQUENCE moved.changes;
    GRANT USAGE ON SCHEMA moved TO PUBLIC;
    GRANT USAGE ON SEQUENCE moved.changes TO PUBLIC;
    CREATE FUNCTION moved.count_change() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM nextval('moved.changes'); RETURN NULL; END $$`);
  const { rows } = await owner.query<{ name: string }>(TABLES);
  for (const { name } of rows)
    await owner.query(`CREATE TRIGGER zz_count AFTER INSERT OR UPDATE OR DELETE ON ${name}
      FOR EACH ROW EXECUTE FUNCTION moved.count_change()`);
}

/** Those with parts hand each row to the trigger of its part. */
const TABLES = `SELECT c.oid::regclass::text AS name FROM pg_class c
  WHERE c.relkind = 'r' AND c.relname <> 'touched' AND c.relnamespace::regnamespace::text IN ('public', 'pgboss', 'moved')`;

export const VERSION = "(SELECT last_value FROM moved.changes)::text";

export async function versionOf(world: World): Promise<string> {
  const { rows } = await world.owner.query<{ version: string }>({
    name: "version",
    text: `SELECT ${VERSION} AS version`,
  });
  return rows[0]?.version ?? "";
}
