import "server-only";
import type { Admin, Role } from "@/lib/kernel/actor";
import type { Tx } from "@/lib/infra/db";
import type { PersonKind } from "@/lib/infra/generated/enums";
import type { StaffKind } from "./person";

interface Claimed {
  kind: PersonKind;
  email: string;
  locale: string;
  roles: Role[];
}

/**
 * Holds the rows of an administrator and of somebody else until the end of the transaction; null when there is no such
 * person, or when the administrator is none any more. Of two who take each other's rights at once the second waits here
 * and finds that they have nothing left to do it with: one administrator always stays.
 */
async function claim(tx: Tx, admin: Admin, personId: string): Promise<Claimed | null> {
  const ids = [admin.personId, personId];
  await tx.$queryRaw`SELECT 1 FROM "Person" WHERE "id" = ANY(${ids}::uuid[]) ORDER BY "id" FOR UPDATE`;
  if ((await tx.person.count({ where: { id: admin.personId, roles: { has: "admin" } } })) === 0) return null;
  return tx.person.findFirst({
    where: { id: personId, erasedAt: null },
    select: { kind: true, email: true, locale: true, roles: true },
  });
}

/** A member of staff, held; null for a private person as for nobody. */
export async function claimColleague(
  tx: Tx,
  admin: Admin,
  personId: string,
): Promise<(Claimed & { kind: StaffKind }) | null> {
  const person = await claim(tx, admin, personId);
  if (!person || person.kind === "private") return null;
  return { ...person, kind: person.kind };
}

/** A private person, held, by the exact address alone; null for staff as for nobody. */
export async function claimPatient(
  tx: Tx,
  admin: Admin,
  email: string,
): Promise<(Claimed & { id: string }) | null> {
  const found = await tx.person.findUnique({ where: { email }, select: { id: true } });
  if (!found) return null;
  const person = await claim(tx, admin, found.id);
  if (person?.kind !== "private" || person.email !== email) return null;
  return { ...person, id: found.id };
}
