import type { SignedIn } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { openFor } from "@/lib/infra/auth-secret";
import { asPerson, openDb } from "@/lib/infra/db";
import { sha256 } from "@/lib/infra/hash";
import { openSession } from "@/lib/infra/auth-session";
import { confirmAuthenticator } from "@/lib/people/confirm-authenticator";
import { codeOf, stepAt } from "@/lib/people/one-time-code";
import { startAuthenticator } from "@/lib/people/start-authenticator";
import { valueOf } from "./outcomes";
import { testSystem } from "./people";

/** A browser somebody is signed in with, opened by a link from a mail just now unless the test says otherwise. */
export async function openBrowser(
  person: SignedIn,
  mfaAt: Date | null = null,
  linkAt: Date | null = new Date(),
) {
  const row = await openDb().person.findUniqueOrThrow({ where: { id: person.personId } });
  const { token } = await asPerson(testSystem, (tx) => openSession(tx, row, "vitest", { mfaAt, linkAt }));
  const session = await openDb().session.findUniqueOrThrow({ where: { tokenHash: sha256(token) } });
  return { token, sessionId: session.id, address: newId() };
}

/** What the app of somebody would show at this moment. */
export async function codeFor(personId: string, at: Date): Promise<string> {
  const app = await asPerson(testSystem, (tx) => tx.authenticator.findUniqueOrThrow({ where: { personId } }));
  return codeOf(openFor(personId, app.secretSealed), stepAt(at));
}

/** Switches an authenticator app on, from a browser of its own; `at` is when, and its code is used up by that. */
export async function switchOnApp(person: SignedIn, at: Date, password = "") {
  const browser = await openBrowser(person);
  valueOf(await startAuthenticator(person, at));
  const code = await codeFor(person.personId, at);
  const { codes } = valueOf(await confirmAuthenticator(person, { code, password }, browser, at));
  return { codes, browser };
}
