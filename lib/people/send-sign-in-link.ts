import "server-only";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { queueSignInLink } from "@/lib/infra/auth";
import { openDb } from "@/lib/infra/db";
import { spend } from "@/lib/infra/rate-limit";
import { homeOf, safeNext } from "./person";

/**
 * Mails a link to an account's owner; five mails a quarter of an hour. The answer says nothing about whether there is an
 * account: addresses without one are counted too.
 */
export async function sendSignInLink(email: string, next: string | null): Promise<Outcome<null, "too_many">> {
  const retryAfter = await spend("mail_link", email);
  if (retryAfter) return refused("too_many", { retryAfter });
  const person = await openDb().person.findUnique({ where: { email } });
  if (!person || person.erasedAt) return done(null);
  const { roles, locale } = person;
  await queueSignInLink({ email, locale }, safeNext(next, homeOf(roles, locale)));
  return done(null);
}
