import "server-only";
import type { System } from "@/lib/kernel/actor";
import { addHours } from "@/lib/kernel/day";
import { asPerson } from "@/lib/infra/db";
import { removeFile } from "@/lib/infra/record-store";

const WAITS_HOURS = 48;
const AT_ONCE = 200;

/** Removes originals no invoice has named in two days: the row first, so that nobody is shown a file without bytes. */
export async function sweepBillFiles(system: System, now: Date): Promise<number> {
  const where = { bill: null, uploadedAt: { lt: addHours(now, -WAITS_HOURS) } };
  const rows = await asPerson(system, (tx) =>
    tx.billFile.findMany({ where, select: { id: true }, take: AT_ONCE, orderBy: { uploadedAt: "asc" } }),
  );
  let swept = 0;
  for (const { id } of rows) {
    const { count } = await asPerson(system, (tx) =>
      tx.billFile.deleteMany({ where: { AND: [{ id }, where] } }),
    );
    if (count === 1) await removeFile(id);
    swept += count;
  }
  return swept;
}
