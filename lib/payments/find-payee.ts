import "server-only";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import type { Tx } from "@/lib/infra/db";
import { payeeOfRelease, supplierKey } from "./payee";
import type { Releasable } from "./release";

type Payee = Pick<Releasable, "payee" | "payeeKey">;

/**
 * Who a release goes to. A name somebody typed that is a supplier's means that supplier and its account, so that nobody can write
 * down another account beside it; of several with one name the town says which.
 */
export async function findPayee(
  tx: Tx,
  group: Payee,
  typed: string | undefined,
): Promise<Outcome<Payee, "payee_missing" | "payee_ambiguous">> {
  const named = payeeOfRelease(group, typed);
  if (!named) return refused("payee_missing", { path: "payee" });
  if (group.payeeKey) return done(named);
  const [supplier, another] = await tx.$queryRaw<{ id: string; name: string }[]>`
    SELECT id, name FROM "Supplier"
     WHERE lower(${named.payee}) IN (lower(btrim(name)), lower(btrim(name) || ', ' || btrim(city))) LIMIT 2`;
  if (another) return refused("payee_ambiguous", { path: "payee" });
  return done(supplier ? { payee: supplier.name, payeeKey: supplierKey(supplier.id) } : named);
}
