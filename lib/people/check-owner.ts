import "server-only";
import { addMinutes } from "@/lib/kernel/day";
import type { SignedIn } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { openDb, type Tx } from "@/lib/infra/db";
import { checkPassword } from "./check-password";
import type { FromBrowser } from "./settle-factor";

/** How long a proof is good for changing the factors themselves. */
const FRESH_MINUTES = 5;

/**
 * Before a first or another factor is added: is it the owner who sits there? Who has a factor has proven it just now; who
 * has none yet proves the password again, where they have one.
 */
export async function checkOwner(
  person: SignedIn,
  password: string,
  from: FromBrowser,
  now: Date,
): Promise<Outcome<null, "step_up_required" | "wrong_password" | "too_many">> {
  const { secondFactorAt, passwordHash } = await openDb().person.findUniqueOrThrow({
    where: { id: person.personId },
    select: { secondFactorAt: true, passwordHash: true },
  });
  if (secondFactorAt !== null)
    return (await isFresh(openDb(), person, from.sessionId, now)) ? done(null) : refused("step_up_required");
  if (passwordHash === null) return done(null);
  const proven = await checkPassword(person.email, password, from.address);
  return proven.ok ? done(null) : { ...proven, detail: { ...proven.detail, path: "password" } };
}

/** Whether the second factor was proven in this browser a moment ago. */
export async function isFresh(
  db: Pick<Tx, "session">,
  person: SignedIn,
  sessionId: string,
  now: Date,
): Promise<boolean> {
  const since = addMinutes(now, -FRESH_MINUTES);
  const where = { id: sessionId, personId: person.personId, mfaAt: { gt: since } };
  return (await db.session.count({ where })) === 1;
}
