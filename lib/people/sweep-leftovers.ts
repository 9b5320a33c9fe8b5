import "server-only";
import { addHours } from "@/lib/kernel/day";
import { openDb } from "@/lib/infra/db";

const KEPT_ANSWER_HOURS = 24;

/** Deletes what has ended and nobody needs: sessions, sign-in links, counters, kept answers. Safe to repeat. */
export async function sweepLeftovers(now: Date): Promise<Record<string, number>> {
  const db = openDb();
  const sessions = await db.session.deleteMany({
    where: { OR: [{ endsAt: { lte: now } }, { endsLatestAt: { lte: now } }] },
  });
  const links = await db.signInLink.deleteMany({ where: { expiresAt: { lte: now } } });
  const limits = await db.rateLimit.deleteMany({ where: { expire: { lte: BigInt(now.getTime()) } } });
  const answers = await db.idempotencyKey.deleteMany({
    where: { createdAt: { lte: addHours(now, -KEPT_ANSWER_HOURS) } },
  });
  return { sessions: sessions.count, links: links.count, limits: limits.count, answers: answers.count };
}
