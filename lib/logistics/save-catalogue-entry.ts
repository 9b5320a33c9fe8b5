import "server-only";
import type { Admin } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { CatalogueServiceForm } from "./catalogue-form";
import { PROVIDERS } from "./supplier";

/**
 * Says what a service costs, who provides it and what comes back of it, for estimates drafted from now on. Nothing that was
 * written before changes. Of two who save over the same version one is told to look again.
 */
export async function saveCatalogueEntry(
  admin: Admin,
  { seenVersion, supplierId, ...form }: CatalogueServiceForm,
  now: Date,
): Promise<Outcome<{ version: number }, "stale_settings" | "invalid_supplier">> {
  return asPerson(admin, async (tx) => {
    const { kind, offer, refundRule, prices } = form;
    if (supplierId && !(await mayProvide(tx, supplierId, PROVIDERS[kind])))
      return refused("invalid_supplier", { path: "supplierId" });
    const { _max } = await tx.catalogueService.aggregate({ where: { kind }, _max: { version: true } });
    if ((_max.version ?? 0) !== seenVersion) return refused("stale_settings");
    const [id, version] = [newId(now.getTime()), seenVersion + 1];
    const saved = { id, version, savedById: admin.personId, savedAt: now };
    const { count } = await tx.catalogueService.createMany({
      data: [{ ...form, ...saved, cause: form.cause ?? null, supplierId: supplierId ?? null }],
      skipDuplicates: true,
    });
    if (count === 0) return refused("stale_settings");
    const facts = { kind, version, offer, refundRule, prices: Object.keys(prices).length };
    await writeAudit(tx, admin, "catalogue.saved", { objectType: "catalogue", objectId: id, facts });
    return done({ version });
  });
}

async function mayProvide(tx: Tx, id: string, kind: string | null): Promise<boolean> {
  return kind !== null && (await tx.supplier.count({ where: { id, kind, retiredAt: null } })) > 0;
}
