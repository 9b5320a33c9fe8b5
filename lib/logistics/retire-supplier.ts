import "server-only";
import type { Admin } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { within } from "@/lib/audit/change-setting";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import type { RetireForm } from "./supplier-form";

type Refusal = "not_found" | "already_retired" | "stale_settings";

/**
 * From now on neither the supplier nor its people are offered to anybody; the database lets its people go with it. What is
 * held and booked stays, and the answer says how much that is.
 */
export async function retireSupplier(
  admin: Admin,
  id: string,
  { seenAt }: RetireForm,
  now: Date,
): Promise<Outcome<{ staying: number }, Refusal>> {
  return asPerson(admin, async (tx) => {
    const found = await tx.supplier.findUnique({ where: { id }, select: { retiredAt: true } });
    if (!found) return refused("not_found");
    if (found.retiredAt) return refused("already_retired");
    const { count } = await tx.supplier.updateMany({
      where: { id, retiredAt: null, ...(seenAt ? { changedAt: within(seenAt) } : {}) },
      data: { retiredAt: now, changedAt: now },
    });
    if (count === 0) return refused("stale_settings");
    const staying = await tx.claim.count({
      where: { resource: { supplierId: id }, state: { in: ["held", "booked"] }, endsAt: { gt: now } },
    });
    const facts = { staying };
    await writeAudit(tx, admin, "supplier.retired", { objectType: "supplier", objectId: id, facts });
    return done({ staying });
  });
}
