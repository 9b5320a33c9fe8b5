import "server-only";
import type { Admin } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { isKnown, lockNames } from "./add-supplier";
import type { SupplierKind } from "./supplier";

/** A supplier is in business again. Its people come back one by one: who still works there is for a person to say. */
export async function restoreSupplier(
  admin: Admin,
  id: string,
  now: Date,
): Promise<Outcome<null, "not_found" | "not_retired" | "supplier_exists">> {
  return asPerson(admin, async (tx) => {
    await lockNames(tx);
    const found = await tx.supplier.findUnique({ where: { id } });
    if (!found) return refused("not_found");
    if (await isKnown(tx, { ...found, kind: found.kind as SupplierKind }, id))
      return refused("supplier_exists");
    const { count } = await tx.supplier.updateMany({
      where: { id, retiredAt: { not: null } },
      data: { retiredAt: null, changedAt: now },
    });
    if (count === 0) return refused("not_retired");
    await writeAudit(tx, admin, "supplier.restored", { objectType: "supplier", objectId: id });
    return done(null);
  });
}
