import "server-only";
import { addHours } from "@/lib/kernel/day";
import { asPerson, openDb, type Tx } from "@/lib/infra/db";
import { emptyMails } from "@/lib/infra/mailer";
import { systemActor } from "@/lib/infra/session";

const KEPT_ANSWER_HOURS = 24;
const KEPT_SECRET_HOURS = 24;
/** How long the sign-in page can still say that it was quiet for too long. */
const KEPT_IDLE_HOURS = 12;

/** Deletes what has ended and nobody needs: sessions, sign-in links, half sign-ins, counters, kept answers, words of old mails. Safe to repeat. */
export async function sweepLeftovers(now: Date): Promise<Record<string, number>> {
  const db = openDb();
  const sessions = await db.session.deleteMany({
    where: { OR: [{ endsAt: { lte: addHours(now, -KEPT_IDLE_HOURS) } }, { endsLatestAt: { lte: now } }] },
  });
  const links = await db.signInLink.deleteMany({ where: { expiresAt: { lte: now } } });
  const { held, apps } = await asPerson(systemActor("sweep"), (tx) => sweepFactors(tx, now));
  const limits = await db.rateLimit.deleteMany({ where: { expire: { lte: BigInt(now.getTime()) } } });
  const answers = await db.idempotencyKey.deleteMany({
    where: { createdAt: { lte: addHours(now, -KEPT_ANSWER_HOURS) } },
  });
  return {
    sessions: sessions.count,
    links: links.count,
    held,
    apps,
    limits: limits.count,
    answers: answers.count,
    mails: await emptyMails(),
  };
}

/** Sign-ins nobody finished, questions to passkeys nobody answered, and secrets shown to an app that never proved it has them. */
async function sweepFactors(tx: Tx, now: Date): Promise<{ held: number; apps: number }> {
  const held = await tx.pendingSignIn.deleteMany({ where: { expiresAt: { lte: now } } });
  const apps = await tx.authenticator.deleteMany({
    where: { confirmedAt: null, startedAt: { lte: addHours(now, -KEPT_SECRET_HOURS) } },
  });
  await tx.passkeyChallenge.deleteMany({ where: { expiresAt: { lte: now } } });
  return { held: held.count, apps: apps.count };
}
