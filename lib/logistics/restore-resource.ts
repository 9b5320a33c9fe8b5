import "server-only";
import type { Admin } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { claimSupplier } from "./add-resource";

/** A driver or an interpreter may be asked again; never while their supplier is retired. */
export async function restoreResource(
  admin: Admin,
  id: string,
  now: Date,
): Promise<Outcome<null, "not_found" | "not_retired" | "already_retired">> {
  return asPerson(admin, async (tx) => {
    const found = await tx.resource.findUnique({ where: { id }, select: { supplierId: true } });
    const supplier = found && (await claimSupplier(tx, found.supplierId));
    if (!supplier) return refused("not_found");
    if (supplier.retiredAt) return refused("already_retired");
    const { count } = await tx.resource.updateMany({
      where: { id, active: false },
      data: { active: true, changedAt: now },
    });
    if (count === 0) return refused("not_retired");
    await writeAudit(tx, admin, "resource.restored", { objectType: "resource", objectId: id });
    return done(null);
  });
}
