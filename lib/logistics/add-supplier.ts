import "server-only";
import type { Admin } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { AddSupplierForm } from "./supplier-form";

/** Writes down who works for the operator. One name in one trade and city is one supplier, also for two who write it at once. */
export async function addSupplier(
  admin: Admin,
  form: AddSupplierForm,
  now: Date,
): Promise<Outcome<{ id: string }, "supplier_exists">> {
  return asPerson(admin, async (tx) => {
    await lockNames(tx);
    if (await isKnown(tx, form, null)) return refused("supplier_exists", { path: "name" });
    const id = newId(now.getTime());
    await tx.supplier.create({ data: { id, ...form, changedAt: now } });
    const facts = { kind: form.kind, terms: form.termsAcceptedOn !== null };
    await writeAudit(tx, admin, "supplier.added", { objectType: "supplier", objectId: id, facts });
    return done({ id });
  });
}

/** Names are looked at by one after the other. */
export async function lockNames(tx: Tx): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended('suppliers', 0))::text`;
}

/** Whether another supplier in business has this name, trade and city. */
export async function isKnown(
  tx: Tx,
  { kind, country, city, name }: Pick<AddSupplierForm, "kind" | "country" | "city" | "name">,
  own: string | null,
): Promise<boolean> {
  const same = { equals: name, mode: "insensitive" } as const;
  const found = await tx.supplier.findFirst({
    where: { kind, country, city, name: same, retiredAt: null, ...(own ? { id: { not: own } } : {}) },
    select: { id: true },
  });
  return found !== null;
}
