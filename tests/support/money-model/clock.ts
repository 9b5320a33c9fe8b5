import type pg from "pg";

/**
 * Makes the clock of one database movable: a function `now()` of our own stands in front of PostgreSQL's on the search
 * path, so every statement and every function of the product that asks the database for the time gets the moved one.
 * Column defaults were bound when the tables were made and keep the real time. Connections opened before do not see it.
 */
export async function makeClockMovable(owner: pg.Client): Promise<void> {
  await owner.query(`
    CREATE SCHEMA moved;
    CREATE TABLE moved.by_seconds (seconds int NOT NULL);
    INSERT INTO moved.by_seconds VALUES (0);
    CREATE FUNCTION moved.now() RETURNS timestamptz LANGUAGE sql STABLE AS
      $$ SELECT pg_catalog.now() + make_interval(secs => (SELECT seconds FROM moved.by_seconds)) $$;
    GRANT USAGE ON SCHEMA moved TO valvia_app;
    GRANT SELECT ON moved.by_seconds TO valvia_app;
    DO $$ BEGIN
      EXECUTE format('ALTER DATABASE %I SET search_path = moved, pg_catalog, "$user", public', current_database());
    END $$`);
  await owner.query('SET search_path = moved, pg_catalog, "$user", public');
}

/** Says how far the database's clock stands before the machine's. */
export async function moveClock(owner: pg.Client, seconds: number): Promise<void> {
  await owner.query("UPDATE moved.by_seconds SET seconds = $1", [seconds]);
}
