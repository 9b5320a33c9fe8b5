import "server-only";
import type { Tx } from "@/lib/infra/db";
import type { CompanionFacts } from "./invitation-view";

interface Invited {
  personId: string | null;
  revokedAt: Date | null;
}

/**
 * Whoever holds a door into a case and was let in without an invitation, or after theirs was over: the patient must know
 * of everybody who can read it. A door that closed is told where no invitation tells of it.
 */
export async function readDoors(
  tx: Tx,
  caseId: string,
  invitations: readonly Invited[],
  now: Date,
): Promise<CompanionFacts[]> {
  const doors = await tx.caseAccess.findMany({
    where: { caseId, personId: { not: null }, NOT: { scopes: { has: "owner" } } },
    orderBy: { grantedAt: "asc" },
  });
  const ended = doors.map((door) => ({ ...door, revokedAt: endOf(door, now) }));
  const untold = ended.filter(
    (door) =>
      !invitations.some(
        ({ personId, revokedAt }) =>
          personId === door.personId && (revokedAt === null || door.revokedAt !== null),
      ),
  );
  const ids = untold.flatMap(({ personId }) => personId ?? []);
  const people = await tx.person.findMany({
    where: { id: { in: ids } },
    select: { id: true, name: true, email: true },
  });
  return untold.flatMap(({ id, personId, scopes, grantedAt, expiresAt, revokedAt }) => {
    const person = people.find((one) => one.id === personId);
    if (!person) return [];
    const { name, email } = person;
    return [{ id, name, email, scopes, invitedAt: grantedAt, acceptedAt: grantedAt, expiresAt, revokedAt }];
  });
}

/** When a door closed; null while it is open. */
function endOf({ revokedAt, expiresAt }: { revokedAt: Date | null; expiresAt: Date | null }, now: Date) {
  return revokedAt ?? (expiresAt !== null && expiresAt <= now ? expiresAt : null);
}
