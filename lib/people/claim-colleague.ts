import "server-only";
import type { Admin } from "@/lib/kernel/actor";
import type { Tx } from "@/lib/infra/db";
import type { StaffKind } from "./person";

interface Colleague {
  kind: StaffKind;
  email: string;
  locale: string;
}

/**
 * Holds the rows of an administrator and of a member of staff until the end of the transaction; null when there is no
 * such colleague, or when the administrator is none any more. Of two who take each other's rights at once the second waits
 * here and finds that they have nothing left to do it with: one administrator always stays.
 */
export async function claimColleague(tx: Tx, admin: Admin, personId: string): Promise<Colleague | null> {
  const ids = [admin.personId, personId];
  await tx.$queryRaw`SELECT 1 FROM "Person" WHERE "id" = ANY(${ids}::uuid[]) ORDER BY "id" FOR UPDATE`;
  if ((await tx.person.count({ where: { id: admin.personId, roles: { has: "admin" } } })) === 0) return null;
  const person = await tx.person.findFirst({
    where: { id: personId, erasedAt: null },
    select: { kind: true, email: true, locale: true },
  });
  if (!person || person.kind === "private") return null;
  const { kind, email, locale } = person;
  return { kind, email, locale };
}
