import "server-only";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { openDb } from "@/lib/infra/db";
import { passwordFits } from "@/lib/infra/password";
import { blockedFor, countFailure, forgive } from "@/lib/infra/rate-limit";
import type { Role } from "@/lib/kernel/actor";

export interface KnownPerson {
  id: string;
  roles: Role[];
  locale: string;
}

/**
 * Proves an address and a password. Unknown address, wrong password and no password set are the same refusal after
 * the same work; ten failures on one account, or a hundred from one address, make everybody wait.
 */
export async function checkPassword(
  email: string,
  password: string,
  fromAddress: string,
): Promise<Outcome<KnownPerson, "wrong_password" | "too_many">> {
  const accountWait = await blockedFor("signin_account", email);
  const addressWait = await blockedFor("signin_address", fromAddress);
  const retryAfter = accountWait ?? addressWait;
  if (retryAfter) return refused("too_many", { retryAfter });
  const person = await openDb().person.findUnique({ where: { email } });
  const fits = await passwordFits(person?.passwordHash ?? null, password);
  if (!person || !fits || person.erasedAt) {
    await countFailure("signin_account", email);
    await countFailure("signin_address", fromAddress);
    return refused("wrong_password");
  }
  await forgive("signin_account", email);
  return done({ id: person.id, roles: person.roles, locale: person.locale });
}
