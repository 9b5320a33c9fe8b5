import "server-only";
import { newToken } from "@/lib/kernel/ids";
import type { Role } from "@/lib/kernel/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";
import { sha256 } from "@/lib/infra/hash";
import { openSession, systemActor } from "@/lib/infra/session";

const HELD_MINUTES = 5;

export type OpenedDoor =
  | { state: "open"; token: string; endsLatestAt: Date }
  /** The first step is proven and nothing is open yet: the token belongs into a cookie of its own. */
  | { state: "held"; token: string; heldUntil: Date };

interface Entry {
  userAgent: string | null;
  /** Where they wanted to go, kept while the second step is awaited. */
  next: string | null;
  token?: string;
}

/** After a password or a link: the session, or for whoever signs in in two steps the wait for the second. */
export async function openDoor(personId: string, entry: Entry, now: Date): Promise<OpenedDoor> {
  const system = systemActor("sign-in");
  const token = entry.token ?? newToken();
  return asPerson(system, async (tx) => {
    const person = await lockedPerson(tx, personId);
    if (person.secondFactorAt !== null) return hold(tx, personId, { ...entry, token }, now);
    await writeAudit(tx, system, "session.opened", { objectType: "person", objectId: personId });
    const { endsLatestAt } = await openSession(tx, person, entry.userAgent, { token });
    return { state: "open", token, endsLatestAt };
  });
}

/** A factor confirmed at this moment waits for us or we for it: no session slips past it. */
async function lockedPerson(
  tx: Tx,
  id: string,
): Promise<{ id: string; roles: Role[]; secondFactorAt: Date | null }> {
  await tx.$queryRaw`SELECT 1 FROM "Person" WHERE "id" = ${id}::uuid FOR SHARE`;
  return tx.person.findUniqueOrThrow({
    where: { id },
    select: { id: true, roles: true, secondFactorAt: true },
  });
}

async function hold(
  tx: Tx,
  personId: string,
  { token, next }: { token: string; next: string | null },
  now: Date,
): Promise<OpenedDoor> {
  const heldUntil = new Date(now.getTime() + HELD_MINUTES * 60_000);
  await tx.pendingSignIn.create({
    data: { tokenHash: sha256(token), personId, next, expiresAt: heldUntil },
  });
  return { state: "held", token, heldUntil };
}
