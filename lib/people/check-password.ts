import "server-only";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { openDb } from "@/lib/infra/db";
import { isDemo } from "@/lib/infra/env";
import { inTurn, isPasswordQueueFull, passwordFits } from "@/lib/infra/password";
import { blockedFor, forgive, isMarked, mark, spend } from "@/lib/infra/rate-limit";
import type { Role } from "@/lib/kernel/actor";

export interface KnownPerson {
  id: string;
  roles: Role[];
  locale: string;
  /** Whether signing in takes a second step. */
  hasFactor: boolean;
  /** What the password was compared with; what follows looks whether it still stands there. */
  passwordHash: string;
}

type Refusal = "wrong_password" | "too_many";

const QUEUE_SECONDS = 10;

/**
 * Proves an address and a password. Unknown address, wrong password, no password set and an address nobody has proven
 * by a link are the same refusal after the same work. Ten failures on one account from one address make that address wait; many from everywhere make only
 * those wait from where the account was never entered.
 */
export async function checkPassword(
  email: string,
  password: string,
  fromAddress: string,
): Promise<Outcome<KnownPerson, Refusal>> {
  const retryAfter = await waitOf(email, fromAddress);
  if (retryAfter) return refused("too_many", { retryAfter });
  if (isPasswordQueueFull()) return refused("too_many", { retryAfter: QUEUE_SECONDS });
  return inTurn(() => compare(email, password, fromAddress));
}

async function compare(
  email: string,
  password: string,
  fromAddress: string,
): Promise<Outcome<KnownPerson, Refusal>> {
  // Asked again when it is our turn: of a hundred guesses sent at once the eleventh is not compared.
  const retryAfter = await waitOf(email, fromAddress);
  if (retryAfter) return refused("too_many", { retryAfter });
  const person = await openDb().person.findUnique({ where: { email } });
  const fits = await passwordFits(person?.passwordHash ?? null, password);
  if (!person?.passwordHash || !fits || person.erasedAt || !isOwnAddress(person)) {
    await spend("signin_pair", email, fromAddress);
    await spend("signin_account", email);
    await spend("signin_address", fromAddress);
    return refused("wrong_password");
  }
  await forgive("signin_pair", email, fromAddress);
  await mark("signin_known", email, fromAddress);
  const { id, roles, locale, secondFactorAt, passwordHash } = person;
  return done({ id, roles, locale, passwordHash, hasFactor: secondFactorAt !== null });
}

/** Anybody can type somebody else's address into the form for accounts: only a link from a mail proves it. */
function isOwnAddress({ emailVerifiedAt }: { emailVerifiedAt: Date | null }): boolean {
  return emailVerifiedAt !== null || isDemo();
}

async function waitOf(email: string, fromAddress: string): Promise<number | null> {
  const ownWait = await blockedFor("signin_pair", email, fromAddress);
  if (ownWait || (await isMarked("signin_known", email, fromAddress))) return ownWait;
  return (await blockedFor("signin_account", email)) ?? (await blockedFor("signin_address", fromAddress));
}
