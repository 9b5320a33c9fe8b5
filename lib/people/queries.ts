import "server-only";
import type { SignedIn } from "@/lib/kernel/actor";
import { openDb } from "@/lib/infra/db";

/** The browsers somebody is signed in with, newest first. */
export function sessionsOf(person: SignedIn) {
  return openDb().session.findMany({
    where: { personId: person.personId },
    select: { id: true, userAgent: true, createdAt: true, lastSeenAt: true },
    orderBy: { lastSeenAt: "desc" },
  });
}

/** Whether somebody can sign in by a password, or by links from mails alone. */
export async function hasPassword(person: SignedIn): Promise<boolean> {
  const where = { id: person.personId, passwordHash: { not: null } };
  return (await openDb().person.count({ where })) === 1;
}

/** The API tokens of somebody, newest first; their text is not kept. */
export function tokensOf(person: SignedIn) {
  return openDb().apiToken.findMany({
    where: { personId: person.personId, revokedAt: null },
    select: { id: true, name: true, scopes: true, createdAt: true, lastUsedAt: true },
    orderBy: { createdAt: "desc" },
  });
}

/** The newest mails of the local mailbox: demo only, the doors check. */
export function mailbox(to: string | null) {
  return openDb().outboxMail.findMany({
    where: to ? { to } : {},
    orderBy: { createdAt: "desc" },
    take: 100,
  });
}
