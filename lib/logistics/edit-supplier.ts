import "server-only";
import type { Admin } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { within } from "@/lib/audit/change-setting";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { isKnown, lockNames } from "./add-supplier";
import type { SupplierKind } from "./supplier";
import type { EditSupplierForm } from "./supplier-form";

type Refusal = "not_found" | "supplier_exists" | "stale_settings";

/** Changes what is known of a supplier, unless somebody else has since this administrator looked. */
export async function editSupplier(
  admin: Admin,
  id: string,
  { seenAt, ...facts }: EditSupplierForm,
  now: Date,
): Promise<Outcome<null, Refusal>> {
  return asPerson(admin, async (tx) => {
    await lockNames(tx);
    const found = await tx.supplier.findUnique({ where: { id }, select: { kind: true, retiredAt: true } });
    if (!found) return refused("not_found");
    const kind = found.kind as SupplierKind;
    if (found.retiredAt === null && (await isKnown(tx, { ...facts, kind }, id)))
      return refused("supplier_exists", { path: "name" });
    if (seenAt === null) return refused("stale_settings");
    const { count } = await tx.supplier.updateMany({
      where: { id, changedAt: within(seenAt) },
      data: { ...facts, changedAt: now },
    });
    if (count === 0) return refused("stale_settings");
    const said = { terms: facts.termsAcceptedOn !== null };
    await writeAudit(tx, admin, "supplier.edited", { objectType: "supplier", objectId: id, facts: said });
    return done(null);
  });
}
