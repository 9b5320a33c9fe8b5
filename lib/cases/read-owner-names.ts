import "server-only";
import type { Tx } from "@/lib/infra/db";

/** The same rows with the names of their owners. */
export async function readOwnerNames<Row extends { ownerId: string | null }>(
  tx: Tx,
  rows: readonly Row[],
): Promise<(Row & { ownerName: string | null })[]> {
  const ids = [...new Set(rows.flatMap(({ ownerId }) => ownerId ?? []))];
  const where = { id: { in: ids } };
  const people =
    ids.length === 0 ? [] : await tx.person.findMany({ where, select: { id: true, name: true } });
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return rows.map((row) => ({ ...row, ownerName: names.get(row.ownerId ?? "") ?? null }));
}
