import { readFileSync } from "node:fs";
import type { Client } from "pg";

/** Fields of /proc/<pid>/stat from the state on, which is the third. */
function statOf(pid: number): number[] {
  try {
    return (readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1) ?? "").split(" ").map(Number);
  } catch {
    // It has ended; what it used stands with its parent.
    return [];
  }
}

const at = (fields: readonly number[], index: number) => fields[index] ?? 0;

/** Milliseconds of processor time a process has used, user and system; Linux counts them in hundredths of a second. */
export function usedMs(pid: number): number {
  const fields = statOf(pid);
  return (at(fields, 11) + at(fields, 12)) * 10;
}

/** The same for a whole database server: its backends, those that ended, and its helpers. */
export async function databaseMs(db: Client): Promise<number> {
  const { rows } = await db.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  const server = at(statOf(rows[0]?.pid ?? 0), 1);
  const ended = statOf(server);
  const children = readFileSync(`/proc/${server}/task/${server}/children`, "utf8").trim().split(" ");
  return (
    usedMs(server) +
    (at(ended, 13) + at(ended, 14)) * 10 +
    children.reduce((sum, child) => sum + usedMs(Number(child)), 0)
  );
}
