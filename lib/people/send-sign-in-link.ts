import "server-only";
import { queueSignInLink } from "@/lib/infra/auth";
import { openDb } from "@/lib/infra/db";
import { spend } from "@/lib/infra/rate-limit";
import { homeOf, safeNext } from "./person";

/** Mails a link to an account's owner. Says nothing about whether there is one; five mails a quarter of an hour. */
export async function sendSignInLink(email: string, next: string | null): Promise<void> {
  if (await spend("mail_link", email)) return;
  const person = await openDb().person.findUnique({ where: { email } });
  if (!person || person.erasedAt) return;
  const { roles, locale } = person;
  await queueSignInLink({ email, locale }, safeNext(next, homeOf(roles, locale)));
}
