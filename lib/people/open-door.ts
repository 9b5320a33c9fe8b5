import "server-only";
import { newToken } from "@/lib/kernel/ids";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";
import { sha256 } from "@/lib/infra/hash";
import { openSession } from "@/lib/infra/auth-session";
import { systemActor } from "@/lib/infra/session";
import { holdPerson } from "./hold-person";

const HELD_MINUTES = 5;

export type OpenedDoor =
  | { state: "open"; token: string; endsLatestAt: Date }
  /** The first step is proven and nothing is open yet: the token belongs into a cookie of its own. */
  | { state: "held"; token: string; heldUntil: Date };

interface Entry {
  /** What was proven: a link from a mail, or a password, by the hash it was compared with. */
  by: "link" | { passwordHash: string };
  userAgent: string | null;
  /** Where they wanted to go, kept while the second step is awaited. */
  next: string | null;
  token?: string;
}

/**
 * After a password or a link: the session, or for whoever signs in in two steps the wait for the second. Null when the
 * password was changed, or the account erased, while it was being compared.
 */
export async function openDoor(personId: string, entry: Entry, now: Date): Promise<OpenedDoor | null> {
  const system = systemActor("sign-in");
  const token = entry.token ?? newToken();
  return asPerson(system, async (tx) => {
    const person = await holdPerson(tx, personId);
    if (!person) return null;
    if (entry.by !== "link" && entry.by.passwordHash !== person.passwordHash) return null;
    if (person.secondFactorAt !== null) return hold(tx, personId, { ...entry, token }, now);
    await writeAudit(tx, system, "session.opened", { objectType: "person", objectId: personId });
    const linkAt = entry.by === "link" ? now : null;
    const { endsLatestAt } = await openSession(tx, person, entry.userAgent, { token, linkAt });
    return { state: "open", token, endsLatestAt };
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
