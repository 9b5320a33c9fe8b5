import "server-only";
import type { SignedIn } from "@/lib/kernel/actor";
import { openFor } from "@/lib/infra/auth-secret";
import { asPerson, openDb } from "@/lib/infra/db";
import { judgeOwner } from "./check-owner";
import { base32, keyAddress } from "./one-time-code";

/** The browsers somebody is signed in with at this moment, last used first. */
export function sessionsOf(person: SignedIn, now: Date) {
  return openDb().session.findMany({
    where: { personId: person.personId, endsAt: { gt: now }, endsLatestAt: { gt: now } },
    select: { id: true, userAgent: true, zone: true, createdAt: true, lastSeenAt: true },
    orderBy: { lastSeenAt: "desc" },
  });
}

/** Whether somebody can sign in by a password, or by links from mails alone. */
export async function hasPassword(person: SignedIn): Promise<boolean> {
  const where = { id: person.personId, passwordHash: { not: null } };
  return (await openDb().person.count({ where })) === 1;
}

/** Whether only a link from a mail can show that it is the owner who sits there, and none was used here just now. */
export async function owesLink(person: SignedIn, sessionId: string, now: Date): Promise<boolean> {
  const judged = await judgeOwner(openDb(), person, { passwordHash: null }, sessionId, now);
  return !judged.ok && judged.detail.way === "link";
}

/** The API tokens of somebody, newest first; their text is not kept. */
export function tokensOf(person: SignedIn) {
  return openDb().apiToken.findMany({
    where: { personId: person.personId, revokedAt: null },
    select: { id: true, name: true, scopes: true, createdAt: true, lastUsedAt: true },
    orderBy: { createdAt: "desc" },
  });
}

export type AuthenticatorState =
  | { state: "off" }
  /** Told to an app, not confirmed yet: what the app must be told, as a picture and by hand. */
  | { state: "started"; address: string; key: string }
  | { state: "on"; since: Date };

/** How far the authenticator app of somebody is. */
export async function authenticatorOf(person: SignedIn): Promise<AuthenticatorState> {
  const { personId, email } = person;
  const app = await asPerson(person, (tx) => tx.authenticator.findUnique({ where: { personId } }));
  if (!app) return { state: "off" };
  if (app.confirmedAt) return { state: "on", since: app.confirmedAt };
  const secret = openFor(personId, app.secretSealed);
  return { state: "started", address: keyAddress(email, secret), key: base32(secret) };
}

/** The passkeys of somebody, newest first. */
export function passkeysOf(person: SignedIn) {
  return asPerson(person, (tx) =>
    tx.passkey.findMany({
      where: { personId: person.personId },
      select: { id: true, name: true, createdAt: true, lastUsedAt: true },
      orderBy: { createdAt: "desc" },
    }),
  );
}

/** How many recovery codes somebody has left. */
export function countRecoveryCodes(person: SignedIn): Promise<number> {
  const where = { personId: person.personId, usedAt: null };
  return asPerson(person, (tx) => tx.recoveryCode.count({ where }));
}

/** The newest mails of the local mailbox: demo only, the doors check. */
export function mailbox(to: string | null) {
  return openDb().outboxMail.findMany({
    where: to ? { to } : {},
    orderBy: { createdAt: "desc" },
    take: 100,
  });
}
