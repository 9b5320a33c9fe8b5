import { connect } from "@/scripts/steps/database.mjs";

/**
 * Lets changes of one person, or of one case, stand in line in an order the test chooses: holds the row, has each change
 * started and seen to wait before the next one is, and lets go. Answers what they answered, in the same order.
 */
export async function inLine<A, B>(
  rowId: string,
  first: () => Promise<A>,
  second: () => Promise<B>,
  table: "Person" | "Case" = "Person",
): Promise<[A, B]> {
  const url = process.env.DATABASE_URL ?? "";
  // Inside a transaction the picture of who waits would stand still: a second connection looks.
  const [holder, watcher] = await Promise.all([connect(url), connect(url)]);
  try {
    await holder.query("BEGIN");
    await holder.query("SELECT set_config('app.role', 'system', true)");
    await holder.query(`SELECT 1 FROM "${table}" WHERE "id" = $1 FOR UPDATE`, [rowId]);
    const one = watched(first());
    await waiting(watcher, 1, one);
    const other = watched(second());
    await waiting(watcher, 2, other);
    await holder.query("ROLLBACK");
    return [await one.act, await other.act];
  } finally {
    await Promise.all([holder.end(), watcher.end()]);
  }
}

function watched<T>(act: Promise<T>): { act: Promise<T>; isOver: boolean } {
  const kept = { act, isOver: false };
  void act.finally(() => (kept.isOver = true));
  return kept;
}

type Connection = Awaited<ReturnType<typeof connect>>;

/** Until so many stand in line, or the one who should has gone past it. */
async function waiting(watcher: Connection, count: number, last: { isOver: boolean }): Promise<void> {
  const line = `SELECT count(*)::int AS n FROM pg_stat_activity
    WHERE "datname" = current_database() AND "wait_event_type" = 'Lock'`;
  while (!last.isOver && (await watcher.query(line)).rows[0]?.n < count);
}
