import "server-only";
import type { SignedIn } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";

/** Ends one of the person's own browser sessions; a copied cookie is dead with the next request. */
export async function endSession(person: SignedIn, sessionId: string): Promise<Outcome<null, "not_found">> {
  return asPerson(person, async (tx) => {
    const { count } = await tx.session.deleteMany({ where: { id: sessionId, personId: person.personId } });
    if (count === 0) return refused("not_found");
    await writeAudit(tx, person, "session.ended", { objectType: "session", objectId: sessionId });
    return done(null);
  });
}

/**
 * Takes away browser sessions and says how many of them were still open: one that was quiet for too long stays a while, so that
 * the sign-in page can say so, and nobody has it in a list.
 */
async function takeSessions(
  tx: Tx,
  which: { personId: string; id?: { not: string } },
  now: Date,
): Promise<number> {
  // The open ones alone are counted, by the very delete that ends them.
  const { count } = await tx.session.deleteMany({
    where: { ...which, endsAt: { gt: now }, endsLatestAt: { gt: now } },
  });
  await tx.session.deleteMany({ where: which });
  return count;
}

/** Ends every browser session of the person but the one they ask from. */
export async function endOtherSessions(person: SignedIn, sessionId: string, now: Date): Promise<number> {
  const { personId } = person;
  return asPerson(person, async (tx) => {
    // As whoever changes a factor does: first the person, then the browsers, so that two never wait for each other.
    await tx.$queryRaw`SELECT 1 FROM "Person" WHERE "id" = ${personId}::uuid FOR UPDATE`;
    const count = await takeSessions(tx, { personId, id: { not: sessionId } }, now);
    await writeAudit(tx, person, "session.ended_elsewhere", {
      objectType: "person",
      objectId: personId,
      facts: { count },
    });
    return count;
  });
}

/**
 * What changes how somebody proves who they are closes every door opened before: other browsers, programs, and
 * sign-ins that wait for their second step. Inside the caller's transaction, so that no door outlives the change.
 */
export async function endOtherDoors(
  tx: Tx,
  personId: string,
  keptSessionId: string | null,
  now: Date,
): Promise<{ sessions: number; tokens: number }> {
  // First of all: a second step taken just now either finds its sign-in gone, or its session goes with the others.
  await tx.pendingSignIn.deleteMany({ where: { personId } });
  const kept = keptSessionId === null ? {} : { id: { not: keptSessionId } };
  const sessions = await takeSessions(tx, { personId, ...kept }, now);
  const { count: tokens } = await tx.apiToken.updateMany({
    where: { personId, revokedAt: null },
    data: { revokedAt: now },
  });
  return { sessions, tokens };
}
