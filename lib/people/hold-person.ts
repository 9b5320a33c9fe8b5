import "server-only";
import type { Role } from "@/lib/kernel/actor";
import type { Tx } from "@/lib/infra/db";

interface HeldPerson {
  id: string;
  roles: Role[];
  locale: string;
  passwordHash: string | null;
  secondFactorAt: Date | null;
}

/**
 * Holds somebody's row while a door is opened to them; null for an erased account. A factor, password or role changed at
 * this moment waits for us or we for it: no session and no token slips past it.
 */
export async function holdPerson(tx: Tx, id: string): Promise<HeldPerson | null> {
  await tx.$queryRaw`SELECT 1 FROM "Person" WHERE "id" = ${id}::uuid FOR SHARE`;
  return tx.person.findFirst({
    where: { id, erasedAt: null },
    select: { id: true, roles: true, locale: true, passwordHash: true, secondFactorAt: true },
  });
}
