import "server-only";
import { addMinutes } from "@/lib/kernel/day";
import type { SignedIn } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { openDb, type Tx } from "@/lib/infra/db";
import { checkPassword } from "./check-password";
import { type FromBrowser, lockFactors } from "./settle-factor";

/** How long a proof is good for changing the ways to sign in. */
const FRESH_MINUTES = 5;

/** What was compared outside of a transaction, because that takes long; inside it is looked at again. */
export interface OwnerProof {
  /** The hash the typed password fitted; null when none was asked for. */
  passwordHash: string | null;
}

type Unproven = "step_up_required" | "password_changed";
type OwnersDb = Pick<Tx, "person" | "session">;

/**
 * Before a factor is added: is it the owner who sits there? Who has a factor has proven it just now; who has none yet
 * proves the password again; who has neither has just used a link from a mail.
 */
export async function checkOwner(
  person: SignedIn,
  password: string,
  from: FromBrowser,
  now: Date,
): Promise<Outcome<OwnerProof, Unproven | "wrong_password" | "too_many">> {
  const { secondFactorAt, passwordHash } = await accountOf(openDb(), person);
  let proof: OwnerProof = { passwordHash: null };
  if (secondFactorAt === null && passwordHash !== null) {
    const proven = await checkPassword(person.email, password, from.address);
    if (!proven.ok) return { ...proven, detail: { ...proven.detail, path: "password" } };
    proof = { passwordHash: proven.value.passwordHash };
  }
  const judged = await judgeOwner(openDb(), person, proof, from.sessionId, now);
  return judged.ok ? done(proof) : judged;
}

/**
 * The same inside the transaction of the change, with the rows of the person and of the browser held: what an
 * administrator or another browser has taken away meanwhile proves nothing any more.
 */
export async function holdOwner(
  tx: Tx,
  person: SignedIn,
  proof: OwnerProof,
  sessionId: string,
  now: Date,
): Promise<Outcome<null, Unproven>> {
  await lockFactors(tx, person.personId, sessionId);
  return judgeOwner(tx, person, proof, sessionId, now);
}

/** `way: "link"` with the refusal: only a link from a mail can prove this owner. */
export async function judgeOwner(
  db: OwnersDb,
  person: SignedIn,
  proof: OwnerProof,
  sessionId: string,
  now: Date,
): Promise<Outcome<null, Unproven>> {
  const { secondFactorAt, passwordHash } = await accountOf(db, person);
  const own = { id: sessionId, personId: person.personId };
  if ((await db.session.count({ where: own })) === 0) return refused("step_up_required");
  if (secondFactorAt !== null)
    return (await isFresh(db, person, sessionId, now)) ? done(null) : refused("step_up_required");
  if (passwordHash !== null)
    return passwordHash === proof.passwordHash ? done(null) : refused("password_changed");
  const byLink = { ...own, linkAt: { gt: addMinutes(now, -FRESH_MINUTES) } };
  return (await db.session.count({ where: byLink })) === 1
    ? done(null)
    : refused("step_up_required", { way: "link" });
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

function accountOf(db: Pick<Tx, "person">, { personId }: SignedIn) {
  return db.person.findUniqueOrThrow({
    where: { id: personId },
    select: { secondFactorAt: true, passwordHash: true },
  });
}
